import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvedRequest, makeDue } from '../testing/approved-request.ts';
import { liveCustomer, TRACES } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { PASSWORD, type Person } from '../testing/people.ts';
import { unzip } from '../testing/unzip.ts';
import { isIntact, type Json } from './canonical-json.ts';
import type { PrivacyKind } from './privacy.rules.ts';

let desk: TestDesk;
let jobs: TestJobs;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
});
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

const approved = (person: Person, kind: PrivacyKind) => approvedRequest(desk, person, kind);

const detail = (id: string) => desk.callerAs('ops').privacy.get({ id });
const download = (id: string, who: Person | 'ops') => desk.fetch(`/v1/privacy/requests/${id}/archive`, {}, who);

const keptOf = (id: string) => desk.sql('select 1 from privacy_archive where request_id = $1', [id]);

describe('an access request', () => {
  test('is carried out by the desk: an archive with every fact, its events under the request_id of the approval', async () => {
    const person = await liveCustomer(desk, { locale: 'fr' });
    const id = await approved(person, 'access');
    await jobs.runDue();
    const request = await detail(id);
    expect(request).toMatchObject({ status: 'completed', progress: null, archive: { expired: false } });
    expect(
      request.history.slice(-2).map((event) => [event.action, event.actor_role, event.actor_id, event.request_id]),
    ).toEqual([
      ['privacy_request_process', 'system', null, 'approval-0001'],
      ['privacy_request_complete', 'system', null, 'approval-0001'],
    ]);
    expect(isIntact(request.certificate as { [name: string]: Json })).toBe(true);

    const answer = await download(id, person);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(request.certificate).toMatchObject({ kind: 'access', archive: { sha256 } });

    const files = await unzip(bytes);
    const read = (name: string) => JSON.parse(files.get(`${name}.json`) ?? 'null') as Record<string, unknown>[];
    expect(read('account')).toMatchObject([{ id: person.id, email: person.email, name: person.name, locale: 'fr' }]);
    expect(read('subscription')).toMatchObject([{ price_cents: 1290, currency: 'EUR' }]);
    expect(read('incidents')).toHaveLength(3);
    expect(read('incidents')[0]).toMatchObject({
      title: `${TRACES.title} 0`,
      assignee_id: 'agent',
      created_by_id: 'agent',
    });
    expect(read('privacy-requests')).toMatchObject([{ id, details: TRACES.details, requested_by_id: 'self' }]);
    const actions = read('audit-events').map((event) => event.action);
    for (const action of ['auth_login', 'support_dossier_read', 'support_incident_create', 'privacy_request_approve']) {
      expect(actions).toContain(action);
    }
    const everything = [...files.values()].join('\n');
    for (const agent of [desk.people.support, desk.people.ops]) {
      for (const trace of [agent.id, agent.email, agent.name]) expect(everything).not.toContain(trace);
    }
    expect(everything).not.toContain('argon2');
    const page = files.get('index.html') ?? '';
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('Vos données personnelles');
    expect(page).toContain(person.email);
    expect(page).toContain('Quokka &lt;script&gt;');
    expect(page).not.toContain('<script>');
  });

  test('gives its archive to its owner alone, and leaves an event of each download', async () => {
    const person = await liveCustomer(desk);
    const id = await approved(person, 'access');
    expect((await download(id, person)).status).toBe(404);
    await jobs.runDue();
    expect((await download(id, 'ops')).status).toBe(404);
    const other = await liveCustomer(desk);
    expect((await download(id, other)).status).toBe(404);
    expect((await desk.fetch(`/v1/privacy/requests/${id}/archive`)).status).toBe(401);
    expect((await (await download(id, person)).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    const events = await desk.sql(
      `select status, actor_id = $2 as own from audit_event where action = 'privacy_archive_download' and target_id = $1 order by id`,
      [id, person.id],
    );
    expect(events.filter((event) => event.status === 'success')).toEqual([{ status: 'success', own: true }]);
    expect(events).toHaveLength(3);
    const others = await desk.sql(
      `select target_id, subject_user_id from audit_event where action = 'privacy_archive_download' and actor_id = $1`,
      [other.id],
    );
    expect(others).toEqual([{ target_id: null, subject_user_id: null }]);
    const anonymous = await desk.sql(
      `select status, target_id from audit_event where action = 'privacy_archive_download' and actor_role = 'anonymous'`,
    );
    expect(anonymous).toEqual([{ status: 'denied', target_id: null }]);
  });

  test('asked for by HEAD has the same headers, and leaves no event', async () => {
    const person = await liveCustomer(desk);
    const id = await approved(person, 'access');
    await jobs.runDue();
    const ask = (method: string, who: Person | 'ops' = person) =>
      desk.fetch(
        `/v1/privacy/requests/${id}/archive`,
        { method, headers: { 'x-request-id': 'the-same-request' } },
        who,
      );
    const [head, get] = [await ask('HEAD'), await ask('GET')];
    expect([head.status, (await head.arrayBuffer()).byteLength]).toEqual([200, 0]);
    expect([...head.headers]).toEqual([...get.headers]);
    expect((await ask('HEAD', 'ops')).status).toBe(404);
    const events = await desk.sql(
      "select 1 from audit_event where action = 'privacy_archive_download' and target_id = $1",
      [id],
    );
    expect(events).toHaveLength(1);
  });

  test('expires: 410, and the bytes are gone', async () => {
    const person = await liveCustomer(desk);
    const id = await approved(person, 'access');
    await jobs.runDue();
    await desk.sql("update privacy_archive set expires_at = now() - interval '1 second' where request_id = $1", [id]);
    const answer = await download(id, person);
    expect([answer.status, (await answer.json()).error.code]).toEqual([410, 'archive_expired']);
    const [due] = await desk.sql<{ days: number }>(
      "select extract(epoch from run_at - now()) / 86400 as days from graphile_worker.jobs where key = 'privacy_archive_expire:' || $1",
      [id],
    );
    expect(Number(due?.days)).toBeCloseTo(14, 1);
    await desk.sql(
      "update graphile_worker._private_jobs set run_at = now() where key = 'privacy_archive_expire:' || $1",
      [id],
    );
    await jobs.runDue();
    expect(await desk.sql('select 1 from privacy_archive_chunk where archive_request_id = $1', [id])).toEqual([]);
    expect((await download(id, person)).status).toBe(410);
  });

  test('spans many batches and chunks', async () => {
    const person = await liveCustomer(desk);
    await desk.sql(
      `insert into incident (id, user_id, category, title, description, status, priority, created_at, updated_at, closed_at)
       select gen_random_uuid(), $1, 'account', 'Many ' || n, (select string_agg(gen_random_uuid()::text, ' ') from generate_series(1, 20 + n * 0)),
         'closed', 'low', now(), now(), now() from generate_series(1, 2300) n`,
      [person.id],
    );
    const id = await approved(person, 'access');
    await jobs.runDue();
    const [chunks] = await desk.sql<{ n: string }>(
      'select count(*) n from privacy_archive_chunk where archive_request_id = $1',
      [id],
    );
    expect(Number(chunks?.n)).toBeGreaterThan(1);
    const files = await unzip(Buffer.from(await (await download(id, person)).arrayBuffer()));
    expect(JSON.parse(files.get('incidents.json') ?? '')).toHaveLength(2303);
    expect(files.get('index.html')?.match(/Many \d+/g)).toHaveLength(2300);
  });

  test.each([
    ['the page', '"'],
    ['the files', '\u0001'],
  ])('fits its thread with the texts that grow most in %s', async (_, grown) => {
    const person = await liveCustomer(desk, { incidents: 0 });
    await desk.sql(
      `insert into incident (id, user_id, category, title, description, status, priority, created_at, updated_at, closed_at)
       select gen_random_uuid(), $1, 'account', 'Long ' || n, $2, 'closed', 'low', now(), now(), now() from generate_series(1, 300) n`,
      [person.id, `\u{1F600}${grown.repeat(9_999)}`],
    );
    const id = await approved(person, 'access');
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed' });
  });

  test('fails with a reason when nothing helps, and is tried again by ops', async () => {
    const person = await liveCustomer(desk);
    const id = await approved(person, 'access');
    const breaking = () => {
      throw new Error(`broken by the test, of ${person.email}`);
    };
    for (let attempt = 0; attempt < 6; attempt++) {
      await makeDue(desk, id);
      await jobs.runDue((mark) => mark === 'exporting' && breaking());
    }
    expect(await detail(id)).toMatchObject({ status: 'failed', reason: expect.stringContaining('our side') });
    const [job] = await desk.sql<{ last_error: string }>(
      "select last_error from graphile_worker._private_jobs where key = 'privacy_request:' || $1",
      [id],
    );
    expect(job?.last_error).toBe('Error');
    await desk.callerAs('ops').privacy.retry({ id });
    await jobs.runDue();
    const request = await detail(id);
    expect(request).toMatchObject({ status: 'completed', reason: null });
    expect(request.history.map(({ action }) => action.replace('privacy_request_', ''))).toEqual([
      'create',
      'approve',
      'process',
      'fail',
      'retry',
      'complete',
    ]);
  });

  test('leaves no copy behind when it fails once the copy was kept', async () => {
    const id = await approved(await liveCustomer(desk), 'access');
    await desk.sql("update graphile_worker._private_jobs set max_attempts = 1 where key = 'privacy_request:' || $1", [
      id,
    ]);
    await jobs.runDue((mark) => {
      if (mark === 'kept') throw new Error('broken by the test');
    });
    expect(await detail(id)).toMatchObject({ status: 'failed' });
    expect(await keptOf(id)).toEqual([]);
  });

  test('is answered with what is held now: a copy of an attempt more than an hour ago is made anew', async () => {
    const person = await liveCustomer(desk);
    const id = await approved(person, 'access');
    await jobs.runDue((mark) => {
      if (mark === 'kept') throw new Error('broken by the test');
    });
    expect(await keptOf(id)).toHaveLength(1);
    await desk.sql("update privacy_archive set created_at = now() - interval '61 minutes' where request_id = $1", [id]);
    await desk.callerAs('support').incidents.create({
      user_id: person.id,
      category: 'account',
      title: 'Opened during the outage',
      description: 'New',
    });
    await makeDue(desk, id);
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed' });
    const files = await unzip(Buffer.from(await (await download(id, person)).arrayBuffer()));
    expect(files.get('incidents.json')).toContain('Opened during the outage');
  });

  test('is given back when the desk stops, and done by the next', async () => {
    const person = await liveCustomer(desk);
    const id = await approved(person, 'access');
    const stopping = new AbortController();
    await jobs.runDue((mark) => mark === 'exporting' && stopping.abort(), stopping.signal);
    expect(await detail(id)).toMatchObject({ status: 'processing' });
    await makeDue(desk, id);
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed' });
  });
});

describe('an erasure', () => {
  test('leaves nothing, and proves it', async () => {
    const person = await liveCustomer(desk, { incidents: 4 });
    const other = await desk.callerAs(person).privacy.own.create({ kind: 'rectification', details: TRACES.details });
    const key = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'of-the-customer' },
    };
    await desk.fetch(
      '/v1/privacy/requests',
      { ...key, body: JSON.stringify({ kind: 'access', details: TRACES.details }) },
      person,
    );
    const login = await desk.callerAs(null).auth.login({ email: person.email, password: PASSWORD });
    const [before] = await desk.sql(
      'select count(*)::int n, md5(string_agg(a::text, $2 order by id)) sum from audit_event a where subject_user_id = $1',
      [person.id, ','],
    );
    const eventsBefore = Number(before?.n);
    const id = await approved(person, 'erasure');
    await jobs.runDue();

    const request = await detail(id);
    expect(request.status).toBe('completed');
    const certificate = request.certificate as { [name: string]: Json };
    expect(isIntact(certificate)).toBe(true);
    expect(isIntact({ ...certificate, erased: 0 })).toBe(false);
    expect(certificate).toMatchObject({
      kind: 'erasure',
      request_id: 'approval-0001',
      remaining: 0,
      tables: {
        app_user: {
          columns: {
            email: { how: 'null', erased: 1, remaining: 0 },
            name: { how: 'replace', erased: 1, remaining: 0 },
          },
        },
        incident: {
          rows: 4,
          columns: { title: { erased: 4, remaining: 0 }, description: { erased: 4, remaining: 0 } },
        },
        refresh_token: { columns: { token_hash: { how: 'delete', remaining: 0 } } },
        subscription: { columns: { price_cents: { how: 'keep', kept: 1 } } },
        audit_event: { mentions: 0 },
      },
    });
    const [user] = await desk.sql(
      'select name, email, password_hash, erased_at is not null as erased from app_user where id = $1',
      [person.id],
    );
    expect(user).toEqual({ name: 'Erased', email: null, password_hash: null, erased: true });
    const [incidents] = await desk.sql(
      "select count(*)::int n, count(*) filter (where status = 'closed')::int closed from incident where user_id = $1",
      [person.id],
    );
    expect(incidents).toEqual({ n: 4, closed: 4 });
    expect(await detail(other.id)).toMatchObject({ status: 'canceled', details: null });

    const [after] = await desk.sql(
      'select md5(string_agg(a::text, $2 order by id)) sum from (select * from audit_event where subject_user_id = $1 order by created_at, id limit $3) a',
      [person.id, ',', eventsBefore],
    );
    expect(after?.sum).toBe(before?.sum);

    const signIn = desk.callerAs(null).auth.login({ email: person.email, password: PASSWORD });
    await expect(signIn).rejects.toMatchObject({ errorCode: 'invalid_credentials' });
    const refresh = desk.callerAs(null).auth.refresh({ refresh_token: login.refresh_token });
    await expect(refresh).rejects.toMatchObject({ errorCode: 'unauthenticated' });
    expect((await desk.fetch('/v1/me', {}, person)).status).toBe(401);
    for (const query of [person.email, person.name]) {
      expect(await desk.callerAs('support').users.search({ query })).toMatchObject({ total: 0 });
    }
    expect((await desk.callerAs('support').dossier.get({ user_id: person.id })).user).toMatchObject({
      name: 'Erased',
      email: null,
      erased_at: expect.any(String),
    });
  });

  test('finds an incident opened since the approval, fails, and goes through once it is finished', async () => {
    const person = await liveCustomer(desk);
    const id = await approved(person, 'erasure');
    const incident = await desk.callerAs('support').incidents.create({
      user_id: person.id,
      category: 'account',
      title: 'New',
      description: 'New',
      priority: 'low',
    });
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'failed', reason: expect.stringContaining('Incidents') });
    await desk.callerAs('support').incidents.update({ id: incident.id, status: 'closed' });
    await desk.callerAs('ops').privacy.retry({ id });
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed' });
  });

  test('removes archives, and ends an access request that was approved', async () => {
    const person = await liveCustomer(desk);
    const archived = await approved(person, 'access');
    await jobs.runDue();
    const access = await approved(person, 'access');
    await desk.sql(
      "update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where key = 'privacy_request:' || $1",
      [access],
    );
    await approved(person, 'erasure');
    await jobs.runDue();
    expect(await desk.sql('select 1 from privacy_archive_chunk where archive_request_id = $1', [archived])).toEqual([]);
    await makeDue(desk, access);
    await jobs.runDue();
    expect(await detail(access)).toMatchObject({ status: 'denied', certificate: null });
  });
});
