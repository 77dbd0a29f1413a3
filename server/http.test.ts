import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from './testing/desk.ts';
import { expectError } from './testing/expect-error.ts';
import { PASSWORD } from './testing/people.ts';
import { openApiDocument } from './trpc/openapi.ts';
import { restRoutes } from './trpc/rest.ts';

type Content = Record<string, { schema: Record<string, unknown> }>;
type Operation = {
  operationId: string;
  tags: string[];
  parameters?: { in: string; name: string; required?: boolean }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};

let desk: TestDesk;
let incidentPath: string;

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const creation = (over: Record<string, unknown> = {}) => ({
  user_id: desk.people.user.id,
  category: 'account',
  title: 'Title',
  description: 'Words',
  ...over,
});

beforeAll(async () => {
  desk = await openTestDesk();
  const response = await desk.fetch('/v1/support/incidents', json('POST', creation()), 'support');
  incidentPath = `/v1/support/incidents/${(await response.json()).data.id}`;
});
afterAll(() => desk.close());

const tableCounts = () =>
  desk.sql(
    'select (select count(*) from incident) incidents, (select count(*) from audit_event) events, (select count(*) from privacy_request) requests',
  );

describe('answers', () => {
  test('carry data, meta and the request id that the caller sent', async () => {
    const response = await desk.fetch('/v1/me', { headers: { 'x-request-id': 'my-request.1' } }, 'user');
    expect(response.headers.get('x-request-id')).toBe('my-request.1');
    const body = await response.json();
    expect(body).toMatchObject({
      data: { user: { role: 'user' }, subscription: null },
      meta: { request_id: 'my-request.1' },
    });
  });

  test.each(['short', 'with space!', 'x'.repeat(129)])('replace the malformed request id %s', async (id) => {
    const response = await desk.fetch('/v1/me', { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  test('of lists tell about the page in meta', async () => {
    const response = await desk.fetch('/v1/support/incidents?limit=1', {}, 'support');
    const { data, meta } = await response.json();
    expect(data).toHaveLength(1);
    expect(meta).toMatchObject({ has_more: false, next_cursor: null, total: 1, total_capped: false });
  });

  test('of one incident carry its version as ETag, and If-Match refuses a stale write', async () => {
    const got = await desk.fetch(incidentPath, {}, 'support');
    const etag = got.headers.get('etag') ?? '';
    expect(etag).toBe('"1"');
    const patch = (headers: Record<string, string>, more = {}) => {
      const init = json('PATCH', { priority: 'high', ...more });
      return desk.fetch(incidentPath, { ...init, headers: { ...init.headers, ...headers } }, 'support');
    };
    const changed = await patch({ 'if-match': etag });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    const error = await expectError(await patch({ 'if-match': etag }), 409, 'incident_version_conflict');
    expect(error.details).toEqual({ expected: 1, actual: 2 });
    for (const odd of ['nonsense', '"01"', '"-1"', '"1.0"', '1'])
      await expectError(await patch({ 'if-match': odd }), 400, 'validation_failed');
    for (const version of ['02', true, null, '2.0'])
      await expectError(await patch({ 'if-match': '"2"' }, { version }), 400, 'validation_failed');
    await expectError(await patch({}, { version: '02' }), 400, 'validation_failed');
    await expectError(await patch({ 'if-match': '"1"' }, { version: 2 }), 400, 'validation_failed');
    expect((await patch({ 'if-match': '"2"' }, { version: 2 })).status).toBe(200);
  });
});

describe('bad input changes nothing', () => {
  const bodies: [string, Record<string, unknown>][] = [
    ['an unknown field', { surprise: 1 }],
    ['a wrong type', { title: 7 }],
    ['an empty title', { title: '   ' }],
    ['U+0000', { title: 'a\u0000b' }],
    ['201 characters of title', { title: 'x'.repeat(201) }],
    ['10,001 characters of description', { description: 'é'.repeat(10_001) }],
    ['a user id that is no id', { user_id: '42' }],
    ['a category that is none', { category: 'other' }],
    ['a null title', { title: null }],
    ['an array for a title', { title: ['x'] }],
  ];

  test.each(bodies)('%s', async (_name, over) => {
    const before = await tableCounts();
    const response = await desk.fetch('/v1/support/incidents', json('POST', creation(over)), 'support');
    const { details } = await expectError(response, 400, 'validation_failed');
    expect((details as { issues: { path: string }[] }).issues[0]?.path).toBe(Object.keys(over)[0]);
    expect(await tableCounts()).toEqual(before);
  });

  test('a lone surrogate', async () => {
    const body = JSON.stringify(creation()).replace('Title', '\\ud800');
    await expectError(
      await desk.fetch('/v1/support/incidents', json('POST', body), 'support'),
      400,
      'validation_failed',
    );
  });

  test.each(['{', '[]', '"text"', 'null', '{"a":1}{', '{"__proto__":{"x":1}}'])('the body %s', async (body) => {
    const before = await tableCounts();
    await expectError(
      await desk.fetch('/v1/support/incidents', json('POST', body), 'support'),
      400,
      'validation_failed',
    );
    expect(await tableCounts()).toEqual(before);
  });

  test('200 characters beyond the basic plane are 200 characters', async () => {
    const response = await desk.fetch(
      '/v1/support/incidents',
      json('POST', creation({ title: '🎉'.repeat(200) })),
      'support',
    );
    expect(response.status).toBe(201);
  });

  test('a wrong content type and an oversized body', async () => {
    const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' };
    await expectError(await desk.fetch('/v1/support/incidents', text, 'support'), 415, 'unsupported_media_type');
    const big = json('POST', creation({ description: 'x'.repeat(1024 * 1024) }));
    await expectError(await desk.fetch('/v1/support/incidents', big, 'support'), 413, 'payload_too_large');
  });

  test.each([
    'limit=-1',
    'limit=0',
    'limit=101',
    'limit=ten',
    'limit=1e1',
    'limit=007',
    'limit=-0',
    'limit=1&limit=2',
    'cursor=AAAA',
    'status=nope',
    'status=',
    'assignee_id=you',
    'user_id=1',
    'query=',
    'query=%00',
    'unknown=1',
  ])('the filter %s', async (filter) => {
    await expectError(await desk.fetch(`/v1/support/incidents?${filter}`, {}, 'support'), 400, 'validation_failed');
  });

  test('an id in the path that is no id, and one given twice', async () => {
    await expectError(await desk.fetch('/v1/support/incidents/1', {}, 'support'), 400, 'validation_failed');
    const twice = json('PATCH', { id: desk.people.user.id, title: 'x' });
    await expectError(await desk.fetch(incidentPath, twice, 'support'), 400, 'validation_failed');
    await expectError(await desk.fetch(incidentPath, json('PATCH', {}), 'support'), 400, 'validation_failed');
  });

  test('an address or a method that is not there', async () => {
    await expectError(await desk.fetch('/v1/nothing', {}, 'support'), 404, 'route_not_found');
  });

  test.each([
    ['DELETE', () => incidentPath, 'GET, HEAD, PATCH'],
    ['OPTIONS', () => incidentPath, 'GET, HEAD, PATCH'],
    ['BREW', () => '/v1/me', 'GET, HEAD'],
    ['GET', () => '/v1/auth/login', 'POST'],
    ['PUT', () => '/v1/openapi.json', 'GET, HEAD'],
    ['POST', () => '/v1/docs', 'GET, HEAD'],
    ['DELETE', () => `/v1/privacy/requests/${desk.people.user.id}/archive`, 'GET, HEAD'],
  ])('the method %s where an address takes others, which it names', async (method, path, allow) => {
    const response = await desk.fetch(path(), { method }, 'support');
    expect(response.headers.get('allow')).toBe(allow);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    await expectError(response, 405, 'method_not_allowed');
  });
});

describe('who is asking', () => {
  const me = (authorization: string) => desk.fetch('/v1/me', { headers: { authorization } });

  test('nobody, a forged and a tampered token', async () => {
    await expectError(await desk.fetch('/v1/me'), 401, 'unauthenticated');
    await expectError(await me('Bearer nonsense'), 401, 'unauthenticated');
    await expectError(await me('Basic dXNlcjpwYXNz'), 401, 'unauthenticated');
    const token = await desk.tokenOf('ops');
    expect([(await me(`Bearer ${token}`)).status, (await me(`bearer  ${token}`)).status]).toEqual([200, 200]);
    for (const more of [`Bearer ${token} x`, `Bearer ${token},`, `Bearer x ${token}`, `Bearer`, token])
      await expectError(await me(more), 401, 'unauthenticated');
    const [head, , signature] = token.split('.');
    const payload = Buffer.from(
      JSON.stringify({ sub: desk.people.ops.id, iss: 'guichet', aud: 'guichet', exp: 9e9 }),
    ).toString('base64url');
    await expectError(await me(`Bearer ${head}.${payload}.${signature}`), 401, 'unauthenticated');
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`;
    await expectError(await me(`Bearer ${none}`), 401, 'unauthenticated');
  });

  test('an expired token, and one of somebody erased', async () => {
    const old = await desk.tokenOf('user', { now: new Date(Date.now() - 16 * 60 * 1000) });
    await expectError(await me(`Bearer ${old}`), 401, 'token_expired');
    const nobody = '01890000-0000-7000-8000-000000000000';
    const gone = await desk.desk.accessTokens.issue({ userId: nobody, familyId: nobody }, new Date());
    await expectError(await me(`Bearer ${gone}`), 401, 'unauthenticated');
  });

  test('a role that may not is refused, and the refusal kept', async () => {
    const response = await desk.fetch(
      '/v1/support/incidents',
      { ...json('POST', creation()), headers: { 'content-type': 'application/json', 'x-request-id': 'refused-1' } },
      'user',
    );
    await expectError(response, 403, 'insufficient_role');
    expect(
      await desk.sql('select action, status, actor_role from audit_event where request_id = $1', ['refused-1']),
    ).toEqual([{ action: 'support_incident_create', status: 'denied', actor_role: 'user' }]);
  });

  test('a form of another site is refused', async () => {
    const init = json('POST', { email: 'a@b.example', password: 'x' });
    const from = (headers: Record<string, string>) =>
      desk.fetch('http://desk.example/v1/auth/login', {
        ...init,
        headers: { ...init.headers, host: 'desk.example', ...headers },
      });
    await expectError(await from({ origin: 'https://evil.example' }), 403, 'cross_origin');
    await expectError(await from({ origin: 'null' }), 403, 'cross_origin');
    await expectError(await from({ 'sec-fetch-site': 'cross-site' }), 403, 'cross_origin');
    await expectError(await from({ origin: 'http://desk.example' }), 401, 'invalid_credentials');
  });
});

describe('Idempotency-Key', () => {
  const create = (key: string, body: unknown, who: 'support' | 'ops' = 'support') => {
    const init = json('POST', body);
    return desk.fetch('/v1/support/incidents', { ...init, headers: { ...init.headers, 'idempotency-key': key } }, who);
  };

  test('a repeat gets the first answer and makes nothing', async () => {
    const first = await create('key-1', creation());
    const again = await create('key-1', creation());
    expect([first.status, again.status]).toEqual([201, 201]);
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    const { data } = await first.json();
    expect((await again.json()).data).toEqual(data);
    const events = await desk.sql(
      "select 1 from audit_event where target_id = $1 and action = 'support_incident_create'",
      [data.id],
    );
    expect(events).toHaveLength(1);
  });

  test('the key of another body is refused, of another agent is another key', async () => {
    await create('key-2', creation());
    await expectError(await create('key-2', creation({ title: 'Other' })), 422, 'idempotency_key_reused');
    expect((await create('key-2', creation(), 'ops')).headers.get('idempotency-replayed')).toBeNull();
  });

  test('many at once make one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => create('key-3', creation({ title: 'Once only' }))),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    expect(await desk.sql("select 1 from incident where title = 'Once only'")).toHaveLength(1);
  });

  test('a failed creation leaves its key free', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000';
    await expectError(await create('key-4', creation({ user_id: nobody })), 404, 'user_not_found');
    await expectError(await create('key-4', creation({ user_id: nobody })), 404, 'user_not_found');
    await expectError(await create('é', creation()), 400, 'validation_failed');
    await expectError(await create('x'.repeat(256), creation()), 400, 'validation_failed');
  });
});

describe('tRPC', () => {
  test('gives the same codes', async () => {
    const response = await desk.fetch(
      `/trpc/incidents.get?input=${encodeURIComponent('{"id":"nope"}')}`,
      {},
      'support',
    );
    const { error } = await response.json();
    expect(response.status).toBe(400);
    expect(error.data).toMatchObject({ code: 'validation_failed', request_id: response.headers.get('x-request-id') });
    expect(JSON.stringify(error)).not.toContain('stack');
  });

  const many = (calls: number, comma: string) => `/trpc/${Array(calls).fill('me.get').join(comma)}?batch=1`;

  test.each([',', '%2C', '%2c'])('takes 20 calls in a batch joined by %s, and runs none of 21', async (comma) => {
    const full = await desk.fetch(many(20, comma), {}, 'support');
    expect([full.status, (await full.json()).length]).toEqual([200, 20]);
    for (const calls of [21, 100, 1_150]) {
      const response = await desk.fetch(many(calls, comma), {}, 'support');
      const { error } = await response.json();
      expect([response.status, error.data.code]).toEqual([400, 'validation_failed']);
      expect(error.data.details.issues).toEqual([{ path: '', message: 'is a batch of more than 20' }]);
    }
  });

  test('a mutation sent 30 times by encoded commas opens no incident', async () => {
    const before = await tableCounts();
    const path = `/trpc/${Array(30).fill('incidents.create').join('%2C')}?batch=1`;
    const inputs = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [index, creation()]));
    expect((await desk.fetch(path, json('POST', inputs), 'support')).status).toBe(400);
    expect(await tableCounts()).toEqual(before);
  });

  test.each([
    ['/trpc/incidents.nothing', 404, 'route_not_found'],
    ['/trpc/incidents.get?input={', 400, 'validation_failed'],
  ])('%s', async (path, status, code) => {
    const response = await desk.fetch(path, {}, 'support');
    const body = await response.json();
    expect([response.status, body.error.data.code]).toEqual([status, code]);
  });
});

describe('tRPC tells which request', () => {
  test.each([
    ['POST', '/trpc/auth.login', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['POST', '/trpc/auth.login', {}, 415, 'unsupported_media_type'],
    ['OPTIONS', '/trpc/me.get', {}, 415, 'unsupported_media_type'],
    ['GET', '/trpc/%ff', {}, 400, 'validation_failed'],
    ['GET', '/trpc/me.get', { accept: 'application/jsonl' }, 400, 'validation_failed'],
  ])('%s %s %j could not be read of', async (method, path, headers, status, code) => {
    const response = await desk.fetch(path, { method, headers });
    const requestId = response.headers.get('x-request-id');
    const { error } = await response.json();
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/json']);
    expect(error.data).toMatchObject({ code, request_id: requestId });
  });
});

describe('documents', () => {
  test('OpenAPI 3.1 names every REST route', async () => {
    const document = await (await desk.fetch('/v1/openapi.json')).json();
    expect(document.openapi).toMatch(/^3\.1/);
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = restRoutes().map(({ method, path }) => `${method} ${path}`);
    expect(documented.sort()).toEqual([...routes, 'GET /privacy/requests/{id}/archive'].sort());
    expect(
      document.paths['/support/incidents'].get.responses['200'].content['application/json'].schema.properties.data.type,
    ).toBe('array');
  });

  test('OpenAPI holds together: what it refers to is there, and each operation tells its parameters and its failures', () => {
    const document = openApiDocument('0') as unknown as {
      paths: Record<string, Record<string, Operation>>;
      tags: { name: string }[];
      components: Record<string, Record<string, unknown>>;
    };
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, index) => !id || ids.indexOf(id) !== index)).toEqual([]);
    expect([...new Set(operations.flatMap(({ tags }) => tags))].sort()).toEqual(
      document.tags.map(({ name }) => name).sort(),
    );
    for (const { path, parameters = [], responses, requestBody } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name, required }) => [name, required])).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true]),
      );
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(names).size).toBe(names.length);
      if (requestBody) expect(requestBody.content['application/json']?.schema).toMatchObject({ type: 'object' });
      const [good = '', ...others] = Object.keys(responses).filter((status) => status.startsWith('2'));
      expect([others, responses[good]?.content]).toEqual([[], expect.anything()]);
      const failures = Object.entries(responses).filter(([status]) => !status.startsWith('2'));
      expect(failures.length).toBeGreaterThan(0);
      for (const [, failure] of failures)
        expect(failure.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Error' });
    }
    for (const [, kind = '', name = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g))
      expect(document.components[kind]).toHaveProperty(name);
  });

  test('the page to read it is served with its script', async () => {
    expect((await desk.fetch('/v1/docs')).headers.get('content-type')).toContain('text/html');
    expect((await desk.fetch('/v1/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});

test('health and readiness', async () => {
  expect((await desk.fetch('/healthz')).status).toBe(200);
  expect(await (await desk.fetch('/readyz')).json()).toEqual({ status: 'ready' });
  for (const path of ['/healthz', '/readyz']) {
    expect((await desk.fetch(path)).headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    const own = await desk.fetch(path, { headers: { 'x-request-id': 'my-probe.1' } });
    expect(own.headers.get('x-request-id')).toBe('my-probe.1');
  }
});

test('signing in by form sets a cookie that signing out revokes', async () => {
  const sessions = await import('./identity/web-session.ts');
  const web = sessions.webSessions(desk.desk, { secret: 'another secret of tests, long enough', secure: false });
  const context = { requestId: 'web-session-1', address: '127.0.0.1', route: '/login', actor: null };
  const form = (password: string) =>
    new Request('http://desk.example/login', {
      method: 'POST',
      body: new URLSearchParams({ email: desk.people.support.email.toUpperCase(), password }),
    });
  await expect(web.signIn(form('wrong'), context)).rejects.toMatchObject({ errorCode: 'invalid_credentials' });
  const headers = await web.signIn(form(PASSWORD), context);
  const setCookie = headers.get('set-cookie') ?? '';
  expect(setCookie).toMatch(/HttpOnly; SameSite=Lax$/);
  const cookie = setCookie.split(';')[0] ?? '';
  const actor = await web.actor(desk.orm.em.fork(), cookie);
  expect(actor).toMatchObject({ id: desk.people.support.id, role: 'support' });
  const signedOut = await web.signOut({ ...context, actor });
  expect(signedOut.get('set-cookie')).toContain('Max-Age=0');
  expect(signedOut.get('clear-site-data')).toBe('"cache", "storage"');
  expect(await web.actor(desk.orm.em.fork(), cookie)).toBeNull();
  expect(await web.actor(desk.orm.em.fork(), `${cookie}x`)).toBeNull();
  const kept = await desk.sql(
    "select action, status from audit_event where request_id = 'web-session-1' order by created_at, id",
  );
  expect(kept).toEqual([
    { action: 'auth_login', status: 'denied' },
    { action: 'auth_login', status: 'success' },
    { action: 'auth_logout', status: 'success' },
  ]);
});
