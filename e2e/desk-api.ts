import type { APIRequestContext } from '@playwright/test';
import { DEMO_PASSWORD, type DemoRole, demoEmail } from './fixtures.ts';

/** The REST API as an internal tool uses it, signed in as a person who has the demo's password. */
export async function deskApi(request: APIRequestContext, who: DemoRole | { email: string }) {
  const email = typeof who === 'string' ? demoEmail(who) : who.email;
  const signedIn = await request.post('/v1/auth/login', { data: { email, password: DEMO_PASSWORD } });
  const { data } = (await signedIn.json()) as { data: { access_token: string } };
  const headers = { authorization: `Bearer ${data.access_token}` };
  return {
    get: (path: string) => request.get(`/v1${path}`, { headers }),
    post: (path: string, body: Record<string, unknown>) => request.post(`/v1${path}`, { headers, data: body }),
    patch: (path: string, body: Record<string, unknown>) => request.patch(`/v1${path}`, { headers, data: body }),
  };
}

type Asked = { id: string; user_id: string; version: number };

/** A fresh privacy request, asked on behalf of a customer of the demo who has none of this kind open. */
export async function freshPrivacyRequest(
  request: APIRequestContext,
  kind: 'access' | 'erasure' | 'rectification',
  details: string,
): Promise<Asked> {
  const api = await deskApi(request, 'support');
  const found = await api.get('/support/users?query=an&limit=100');
  const { data: people } = (await found.json()) as { data: { id: string; role: string; open_incidents: number }[] };
  // Tests run at once: each begins somewhere else in the list.
  const from = Math.floor(Math.random() * people.length);
  const candidates = [...people.slice(from), ...people.slice(0, from)].filter(
    ({ role, open_incidents: open }) => role === 'user' && open === 0,
  );
  for (const { id } of candidates) {
    const asked = await api.post('/support/privacy-requests', { user_id: id, kind, details });
    if (asked.status() === 201) return ((await asked.json()) as { data: Asked }).data;
  }
  throw new Error('every customer that was found has such a request open');
}

/** A certificate as the desk made it, for an erasure carried out just now: of this customer, or of one of the demo. */
export async function freshErasure(request: APIRequestContext, customerId?: string) {
  const { id } = customerId
    ? await erasureOf(request, customerId)
    : await freshPrivacyRequest(request, 'erasure', 'Erase everything.');
  const api = await deskApi(request, 'ops');
  await api.post(`/support/privacy-requests/${id}/verify_identity`, { means: 'document' });
  await api.post(`/support/privacy-requests/${id}/approve`, {});
  for (let attempt = 0; attempt < 60; attempt++) {
    const read = await api.get(`/support/privacy-requests/${id}`);
    const { data } = (await read.json()) as { data: { status: string; certificate: Record<string, unknown> | null } };
    if (data.status === 'failed') throw new Error('the erasure failed');
    if (data.certificate) return { id, certificate: data.certificate };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the erasure did not end');
}

async function erasureOf(request: APIRequestContext, user_id: string): Promise<Asked> {
  const asked = await (await deskApi(request, 'support')).post('/support/privacy-requests', {
    user_id,
    kind: 'erasure',
  });
  return ((await asked.json()) as { data: Asked }).data;
}
