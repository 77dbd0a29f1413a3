import type { ActionFunctionArgs, ServerBuild } from '@remix-run/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from './desk.ts';
import type { WebSessions } from './identity/web-session.ts';
import { remixPages } from './remix.ts';
import { openTestDesk, type TestDesk } from './testing/desk.ts';

/** The least that Remix takes for an app: one address whose action signs out. */
const BUILD = {
  entry: { module: { default: () => new Response() } },
  routes: {
    'routes/logout': {
      id: 'routes/logout',
      path: 'logout',
      module: {
        action: async ({ context, request }: ActionFunctionArgs) =>
          new Response(null, { headers: await context.signOut(request) }),
      },
    },
  },
  assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '' },
  publicPath: '/',
  assetsBuildDirectory: '',
  future: {},
  isSpaMode: false,
} as unknown as ServerBuild;

const context = () => ({ requestId: 'signs-out-0001', address: '127.0.0.1', route: '/logout', actor: null });
const PAGE = { template: '/logout', methods: ['POST'], inDesk: false };

let desk: TestDesk;
let failing: unknown;
beforeAll(async () => {
  const signOut = () => Promise.reject(failing);
  desk = await openTestDesk({
    pages: (sessions) => {
      const failingSessions: WebSessions = { ...sessions, signOut };
      const web = { build: BUILD, mode: 'production' } as const;
      // The desk of the pages is asked for nothing here.
      const pages = remixPages({} as Desk, failingSessions, web, undefined);
      return (request, _context, nonce) =>
        pages(new Request('http://desk.example/logout', { method: request.method }), context(), nonce, PAGE);
    },
  });
});
afterAll(() => desk.close());

test.each([
  [Object.assign(new Error('away'), { code: 'ETIMEDOUT' }), 503, 'service_unavailable', '5'],
  [new Error('broken'), 500, 'internal_error', null],
])('signing out that fails with %s is answered by the error table', async (error, status, code, retryAfter) => {
  failing = error;
  const answer = await desk.fetch('/login', { method: 'POST' });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
  expect((await answer.json()).error).toMatchObject({ code, request_id: 'signs-out-0001' });
});

test('a page that answers 503 says when to ask again', async () => {
  const away = await openTestDesk({ pages: () => async () => new Response('away', { status: 503 }) });
  try {
    expect((await away.fetch('/login')).headers.get('retry-after')).toBe('5');
  } finally {
    await away.close();
  }
});
