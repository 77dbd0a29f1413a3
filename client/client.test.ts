import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../server/testing/desk.ts';
import { PASSWORD } from '../server/testing/people.ts';
import type * as Package from './index.ts';

const ROOT = join(import.meta.dirname, '..');

/** A project of its own, which has installed the tarball and what the tarball asks for. */
let project: string;
let installed: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'guichet-client-test-'));
  installed = join(project, 'node_modules/guichet-client');
  execFileSync(process.execPath, ['scripts/pack-client.ts', project], { cwd: ROOT, stdio: 'pipe' });
  mkdirSync(installed, { recursive: true });
  const [tarball = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', join(project, tarball), '--strip-components=1', '-C', installed]);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  for (const name of Object.keys(manifest().dependencies)) {
    mkdirSync(join(project, 'node_modules', name, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  }
}, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

const manifest = () => JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));

test('the package holds the client and nothing of the server', () => {
  const files = readdirSync(installed).sort();
  expect(files.filter((name) => name !== 'LICENSE')).toEqual([
    'README.md',
    'calls.d.ts',
    'contract.d.ts',
    'index.d.ts',
    'index.js',
    'package.json',
    'router.d.ts',
  ]);
  for (const file of files) {
    const text = readFileSync(join(installed, file), 'utf8');
    expect(text).not.toMatch(/server\/|mikro|kysely|\bpg\b|\bzod\b|\.\.\//i);
  }
  expect(manifest().version).toBe(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version);
});

describe('types', () => {
  const compile = (file: string, source: string, options: Record<string, unknown> = {}) => {
    writeFileSync(join(project, file), source);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], types: [], module: 'nodenext' },
      ...options,
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
    const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['--pretty', 'false'], { cwd: project });
    return String(stdout);
  };

  const good = `
    import { createGuichetClient, isGuichetError, type Procedures } from 'guichet-client';
    const guichet = createGuichetClient({ url: 'https://desk.example', token: async () => 'token', fetch });
    const { items, total } = await guichet.incidents.list.query({ status: ['open'], limit: 3 });
    const page: [number, ('low' | 'medium' | 'high')[]] = [total, items.map(({ priority }) => priority)];
    const given = { user_id: 'id', category: 'account', title: 'Title', description: 'Words' } as const;
    const { version } = await guichet.incidents.create.mutate(given, { signal: AbortSignal.timeout(1000) });
    const me: Procedures['me']['get']['output'] = await guichet.me.get.query();
    const lists = await Promise.all([guichet.incidents.list.query(), guichet.users.search.query(), guichet.audit.list.query()]);
    const totals: number[] = lists.map(({ total }) => total);
    await guichet.privacy.own.list.query().catch((error: unknown) => {
      if (isGuichetError(error) && error.data.code === 'rate_limited') return error.data.details;
      throw error;
    });
    export const all: [typeof page, number[], number, string | null] = [page, totals, version, me.user.email];
  `;

  test.each([
    { skipLibCheck: false },
    { skipLibCheck: true, module: 'esnext', moduleResolution: 'bundler', exactOptionalPropertyTypes: true },
  ])('of a right program hold with %j', (options) => {
    expect(compile('good.ts', good, options)).toBe('');
  });

  test('of a wrong program are told', () => {
    const faults = compile(
      'bad.ts',
      `import { createGuichetClient } from 'guichet-client';
       const { incidents } = createGuichetClient({ url: 'https://desk.example' });
       await incidents.create.mutate({ user_id: 'id', category: 'other', title: 'Title', description: 'Words' });
       await incidents.create.mutate({ user_id: 'id', category: 'account', title: 'Title' });
       await incidents.list.query({ limit: true });
       await incidents.list.mutate({});
       (await incidents.list.query({})).items[0]?.severity;`,
    );
    expect(faults.match(/^bad\.ts\(\d+/gm)).toEqual(['bad.ts(3', 'bad.ts(4', 'bad.ts(5', 'bad.ts(6', 'bad.ts(7']);
    expect(faults).toContain(`Type '"other"' is not assignable to type '"account" | "content" | "subscription"'`);
    expect(faults).toContain(`Property 'description' is missing`);
  });

  test('of the router serve the tools of tRPC', () => {
    const source = `
      import { createTRPCClient } from '@trpc/client';
      import type { inferRouterOutputs } from '@trpc/server';
      import type { GuichetRouter } from 'guichet-client/router';
      export const asOf = (dossier: inferRouterOutputs<GuichetRouter>['dossier']['get']): string => dossier.as_of;
      export const total: number = (await createTRPCClient<GuichetRouter>({ links: [] }).incidents.list.query({})).total;
    `;
    expect(compile('router.ts', source, { skipLibCheck: true })).toBe('');
  });
});

describe('calls', () => {
  let desk: TestDesk;
  let url: string;
  let close: () => Promise<void>;
  let guichet: typeof Package;

  beforeAll(async () => {
    guichet = await import(/* @vite-ignore */ pathToFileURL(join(installed, 'index.js')).href);
    desk = await openTestDesk();
    const server = serve({
      port: 0,
      hostname: '127.0.0.1',
      async fetch(request) {
        const { pathname, search } = new URL(request.url);
        const body = request.method === 'GET' ? null : await request.text();
        return desk.fetch(pathname + search, { method: request.method, headers: request.headers, body });
      },
    });
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => new Promise((resolve) => server.close(() => resolve()));
  });
  afterAll(async () => {
    await close();
    await desk.close();
  });

  const given = () => ({
    user_id: desk.people.user.id,
    category: 'account' as const,
    title: 'Title',
    description: 'Words',
  });

  test('go from signing in to a changed incident', async () => {
    const { email } = desk.people.support;
    const anonymous = guichet.createGuichetClient({ url: `${url}/` });
    const { access_token } = await anonymous.auth.login.mutate({ email, password: PASSWORD });
    const client = guichet.createGuichetClient({ url, token: async () => access_token });
    const { id, version } = await client.incidents.create.mutate(given());
    expect((await client.incidents.list.query()).items).toMatchObject([{ id, priority: 'medium' }]);
    expect(await client.incidents.update.mutate({ id, version, status: 'resolved' })).toMatchObject({ version: 2 });
    expect((await client.me.get.query()).user.email).toBe(email);
  });

  test('reject with the code, the details and the request of the desk', async () => {
    const token = await desk.tokenOf('support');
    const client = guichet.createGuichetClient({ url, token, requestId: () => 'a-request-of-the-tool' });
    const { id } = await client.incidents.create.mutate(given());
    const stale = client.incidents.update.mutate({ id, version: 9, priority: 'high' });
    const failure = await stale.catch((error: unknown) => error);
    if (!guichet.isGuichetError(failure)) throw failure;
    expect(failure.data).toMatchObject({
      code: 'incident_version_conflict',
      details: { expected: 9, actual: 1 },
      request_id: 'a-request-of-the-tool',
    });
  });

  test.each([
    ['unauthenticated', 'Title'],
    ['payload_too_large', 'x'.repeat(2 ** 20)],
  ])('reject with %s', async (code, title) => {
    const client = guichet.createGuichetClient({ url });
    await expect(client.incidents.create.mutate({ ...given(), title })).rejects.toMatchObject({ data: { code } });
  });

  test('more than one batch may be made at once', async () => {
    const token = await desk.tokenOf('support');
    let requests = 0;
    const counting: typeof fetch = (...request) => {
      requests++;
      return fetch(...request);
    };
    const client = guichet.createGuichetClient({ url, token, fetch: counting });
    const answers = await Promise.all(Array.from({ length: 45 }, () => client.me.get.query()));
    expect([answers.length, requests]).toEqual([45, 3]);
  });

  test('without an answer of the desk reject with no GuichetError', async () => {
    const client = guichet.createGuichetClient({ url: 'http://127.0.0.1:9' });
    const failure = await client.me.get.query().catch((error: unknown) => error);
    expect([failure instanceof Error, guichet.isGuichetError(failure)]).toEqual([true, false]);
  });
});
