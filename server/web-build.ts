import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import { type FindPage, pageFinder } from './page-routes.ts';

/** The web app as the process serves it: built, or by Vite with live reload. */
export type WebBuild = {
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** Tells pages by their path, as the build has them now. */
  findPage: FindPage;
  mode: 'production' | 'development';
  /** The folder of built assets; null where Vite serves them. */
  assets: string | null;
  /** Stands before the desk's own chain. */
  middleware(request: IncomingMessage, response: ServerResponse, next: () => void): void;
  close(): Promise<void>;
};

/** @throws Error when the built app is missing */
export async function loadWebBuild(project: string, { live }: { live: boolean }): Promise<WebBuild> {
  return live ? liveBuild() : builtApp(project);
}

async function builtApp(project: string): Promise<WebBuild> {
  const entry = join(project, 'build/server/index.js');
  if (!existsSync(entry)) throw new Error('The web app is not built: run npm run build first');
  const build = (await import(entry)) as ServerBuild;
  return {
    build,
    findPage: pageFinder(build.routes),
    mode: 'production',
    assets: join(project, 'build/client'),
    middleware: (_request, _response, next) => next(),
    close: async () => {},
  };
}

async function liveBuild(): Promise<WebBuild> {
  const { createServer } = await import('vite');
  const ours = new Set(process.listeners('SIGTERM'));
  const vite = await createServer({ configFile: 'remix.config.js', server: { middlewareMode: true } });
  // Vite would exit at once on SIGTERM, before the database has stopped.
  for (const listener of process.listeners('SIGTERM')) {
    if (!ours.has(listener)) process.removeListener('SIGTERM', listener);
  }
  let latest: ServerBuild | undefined;
  let find: FindPage;
  const build = async () => {
    const now = (await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild;
    if (now !== latest) find = pageFinder(now.routes);
    latest = now;
    return now;
  };
  await build();
  return {
    build,
    findPage: (path) => find(path),
    mode: 'development',
    assets: null,
    middleware: (request, response, next) => vite.middlewares(request, response, next),
    close: () => vite.close(),
  };
}
