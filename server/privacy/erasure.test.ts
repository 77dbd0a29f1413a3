import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../identity/password.ts';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer, TRACES } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { addPerson, PASSWORD } from '../testing/people.ts';
import { FAILURE_ADVICE, MENTIONS_MAX, type Mentions } from './erasure.rules.ts';
import { needlesOf } from './erasure.ts';
import { PRIVACY_FAILURES, type PrivacyKind, type PrivacyStatus } from './privacy.rules.ts';

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

type Named = { name: string; email: string };
const person = (as: Parameters<typeof addPerson>[1] = {}) => addPerson((text, values) => desk.sql(text, values), as);
const ops = () => desk.callerAs('ops').privacy;
const detail = (id: string) => desk.callerAs('ops').privacy.get({ id });

test.each([
  [{ email: 'Ada@Example.org', name: ' Ada  Quokka ' }, ['ada@example.org', 'ada  quokka']],
  [{ email: 'ada@example.org', name: 'Open' }, ['ada@example.org']],
  [{ email: null, name: '李伟' }, []],
  [{ email: null, name: 'Zoë Ünal' }, ['zoë ünal']],
])('of %j the erasure searches %j', (who, needles) => {
  expect(needlesOf(who)).toEqual(needles);
});

test.each(['Open', 'Access', 'Fields', 'Ebba'])('somebody named %s can be erased', async (name) => {
  const who = await person({ name });
  const incident = await desk
    .callerAs('support', `crm-${name.toLowerCase()}-0001`)
    .incidents.create({ user_id: who.id, category: 'account', title: 'x', description: 'x', priority: 'high' });
  await desk.callerAs('support').incidents.update({ id: incident.id, status: 'closed' });
  await approvedRequest(desk, who, 'access');
  await jobs.runDue();
  const id = await approvedRequest(desk, who, 'erasure');
  await jobs.runDue();
  expect(await detail(id)).toMatchObject({ status: 'completed', certificate: { remaining: 0 } });
});

describe('nothing of the person is left in the planner’s statistics', () => {
  const statistics = async () => {
    const rows = await desk.sql<{ held: string }>(
      "select row_to_json(s)::text as held from pg_stats s where schemaname = 'public'",
    );
    return rows.map(({ held }) => held).join('\n');
  };

  test('after an erasure, whatever ANALYZE had sampled before', async () => {
    const who = await liveCustomer(desk);
    const mark = who.id.slice(-12);
    await desk.sql('update incident set title = title || $2, description = description || $2 where user_id = $1', [
      who.id,
      mark,
    ]);
    const traces = [who.email, who.name, `${TRACES.details} ${mark}`, `${TRACES.title} 0${mark}`, mark];
    const other = await desk
      .callerAs(who)
      .privacy.own.create({ kind: 'rectification', details: `${TRACES.details} ${mark}` });
    await desk.callerAs('ops').privacy.deny({ id: other.id, reason: `${TRACES.details} ${mark}` });
    await desk.sql('analyze');
    const before = await statistics();
    for (const trace of traces.slice(0, 2)) expect(before).toContain(trace);
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed', certificate: { statistics: { found: 0 } } });
    const after = (await statistics()).toLowerCase();
    for (const trace of [...traces, guichetFolded(who.name)]) {
      // The id itself is a pseudonym that stays.
      expect(after.replaceAll(who.id, ''), trace).not.toContain(trace.toLowerCase());
    }
  });

  const guichetFolded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
});

describe('texts of other people that name the person', () => {
  const named = async () => {
    const suffix = crypto.randomUUID().slice(0, 8).replace(/[0-9]/g, 'q');
    const who = await person({ name: `Zyxmarker Qwobble${suffix}`, email: `zyx.${suffix}@traces.example` });
    return { who, suffix };
  };
  const incidentOf = async (title: string, description: string, requestId?: string) => {
    const other = await person();
    const input = { user_id: other.id, category: 'account', title, description, priority: 'low' } as const;
    return desk.callerAs('support', requestId).incidents.create(input);
  };

  test.each([
    ['the e-mail', (who: Named) => `Their mother (${who.email.toUpperCase()}) called`],
    ['the name', (who: Named) => `called by ${who.name.toUpperCase()}, twice`],
    ['the name the other way round', (who: Named) => `from ${who.name.split(' ').reverse().join(', ')}.`],
    ['the name over two lines', (who: Named) => who.name.replace(' ', '\n')],
  ])('with %s stop the erasure until operations decide, without showing any text', async (_, text) => {
    const { who } = await named();
    const incident = await incidentOf('A title', text(who));
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    const stopped = await detail(id);
    expect(stopped).toMatchObject({
      status: 'failed',
      reason: PRIVACY_FAILURES.mentions_found,
      mentions: { found: [{ table: 'incident', id: incident.id, field: 'description' }], more: false, kept: null },
    });
    expect(JSON.stringify(stopped.mentions)).not.toMatch(/zyx/i);
    expect((await desk.sql('select name from app_user where id = $1', [who.id]))[0]).toEqual({ name: who.name });

    await ops().retry({ id });
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'failed' });

    await ops().retry({ id, keep_mentions: 'rights_of_others' });
    await jobs.runDue();
    const found = [{ table: 'incident', id: incident.id, field: 'description' }];
    expect(await detail(id)).toMatchObject({
      status: 'completed',
      certificate: {
        remaining: 0,
        texts_of_others: { found, kept: { ground: 'rights_of_others', by: desk.people.ops.id } },
      },
    });
  });

  test('that are edited meanwhile stop it no longer', async () => {
    const { who } = await named();
    const incident = await incidentOf(`${who.name} called`, 'x');
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'failed' });
    await desk.callerAs('support').incidents.update({ id: incident.id, title: 'Somebody called' });
    await ops().retry({ id });
    await jobs.runDue();
    // The first answer to the form that made the incident is kept for a day only where a key was sent.
    expect(await detail(id)).toMatchObject({ status: 'completed', certificate: { texts_of_others: { found: [] } } });
  });

  test('that came after the decision want one of their own', async () => {
    const { who } = await named();
    await incidentOf(who.name, 'x');
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    const second = await incidentOf('x', who.email);
    await ops().retry({ id, keep_mentions: 'other_person' });
    await jobs.runDue();
    const stopped = await detail(id);
    expect(stopped).toMatchObject({ status: 'failed', mentions: { kept: null } });
    expect(stopped.mentions?.found).toContainEqual({ table: 'incident', id: second.id, field: 'description' });
  });

  test('are found in requests, kept answers and ids that callers chose as well', async () => {
    const { who } = await named();
    const other = await person();
    const asked = await desk.callerAs(other).privacy.own.create({ kind: 'access', details: `As ${who.name} did` });
    await desk
      .callerAs('support')
      .privacy.deny({ id: asked.id, reason: 'x' })
      .catch(() => {});
    const { errorCode } = await desk
      .callerAs('ops', `${who.name.replace(' ', '.')}-1980`)
      .privacy.deny({ id: asked.id, reason: `See ${who.email}` })
      .then(() => ({ errorCode: null }));
    expect(errorCode).toBeNull();
    await desk.sql(
      `insert into idempotency_key (actor_id, key, fingerprint, subject_user_id, status, body, created_at, expires_at)
       values ($1, 'a key', 'x', $2, 201, $3::json, now(), now() + interval '1 day')`,
      [desk.people.support.id, other.id, JSON.stringify({ title: who.name })],
    );
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    const { mentions } = await detail(id);
    expect(mentions?.found.map(({ table, field }) => `${table}.${field}`).sort()).toEqual([
      'audit_event.request_id',
      'idempotency_key.body',
      'privacy_request.details',
      'privacy_request.reason',
    ]);
  });

  test('are listed up to a bound', async () => {
    const { who } = await named();
    const other = await person();
    await desk.sql(
      `insert into incident (id, user_id, category, title, description, status, priority, version, created_at, updated_at)
       select gen_random_uuid(), $1, 'account', $2, 'x', 'open', 'low', 1, now(), now() from generate_series(1, 70)`,
      [other.id, who.name],
    );
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    const { mentions } = await detail(id);
    expect([mentions?.found.length, mentions?.more]).toEqual([MENTIONS_MAX, true]);
    // A decision covers what was listed: the other twenty stop it again, and want their own.
    await ops().retry({ id, keep_mentions: 'legal_claims' });
    await jobs.runDue();
    const second = await detail(id);
    expect(second).toMatchObject({ status: 'failed', mentions: { more: false, kept: null } });
    expect(second.mentions?.found).toHaveLength(20);
    expect(second.mentions?.decisions).toMatchObject([{ ground: 'legal_claims', found: { length: MENTIONS_MAX } }]);
    await incidentOf(who.name, 'found later');
    await ops().retry({ id, keep_mentions: 'other_person' });
    await jobs.runDue();
    expect((await detail(id)).mentions?.found).toHaveLength(1);
    await ops().retry({ id, keep_mentions: 'legal_obligation' });
    await jobs.runDue();
    const { status, certificate } = await detail(id);
    expect(status).toBe('completed');
    const texts = certificate?.texts_of_others as Mentions;
    expect(texts.decisions?.map(({ ground, found }) => [ground, found.length])).toEqual([
      ['legal_claims', MENTIONS_MAX],
      ['other_person', 20],
      ['legal_obligation', 1],
    ]);
    expect([texts.found.length, texts.kept?.ground]).toEqual([71, 'legal_obligation']);
  });

  test('that only look alike stop nothing', async () => {
    const { who, suffix } = await named();
    await incidentOf(`Zyxmarker and Qwobble${suffix}`, `${who.email}nope not.${who.email} Zyxmarkers Qwobble${suffix}`);
    await incidentOf('x', 'x', crypto.randomUUID());
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed', certificate: { texts_of_others: { found: [] } } });
  });

  test('cannot be kept where none were found', async () => {
    const who = await person();
    const id = await approvedRequest(desk, who, 'erasure');
    await desk.sql("update privacy_request set status = 'failed' where id = $1", [id]);
    await expect(ops().retry({ id, keep_mentions: 'legal_claims' })).rejects.toMatchObject({
      errorCode: 'validation_failed',
    });
    await desk.sql("update privacy_request set status = 'approved' where id = $1", [id]);
    await jobs.runDue();
  });
});

describe('an erasure that fails', () => {
  const lastAttempt = async (id: string) => {
    await desk.sql(
      "update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now() where key = 'privacy_request:' || $1",
      [id],
    );
    await jobs.runDue();
  };
  const broken = async (make: string, mend: string, who?: Awaited<ReturnType<typeof person>>) => {
    const erased = who ?? (await person());
    const id = await approvedRequest(desk, erased, 'erasure');
    await desk.sql(make);
    try {
      await lastAttempt(id);
      return { id, failed: await detail(id) };
    } finally {
      await desk.sql(mend);
      await desk.callerAs('ops').privacy.retry({ id });
      await jobs.runDue();
      expect(await detail(id)).toMatchObject({ status: 'completed', failure: null });
    }
  };

  test('says which table and constraint refused, and what to do', async () => {
    const { failed } = await broken(
      "alter table incident add constraint no_erasing check (title <> 'Erased') not valid",
      'alter table incident drop constraint no_erasing',
      await liveCustomer(desk),
    );
    expect(failed).toMatchObject({
      status: 'failed',
      reason: PRIVACY_FAILURES.gave_up,
      failure: { class: 'constraint', sqlstate: '23514', table: 'incident', constraint: 'no_erasing' },
    });
    expect(failed.failure?.advice).toBe(FAILURE_ADVICE.constraint);
  });

  test('says which table is gone, even where PostgreSQL names none', async () => {
    const { failed } = await broken(
      'alter table session rename to session_elsewhere',
      'alter table session_elsewhere rename to session',
    );
    expect(failed.failure).toMatchObject({ class: 'schema', sqlstate: '42P01', table: 'session' });
  });

  test('says in which column something was left', async () => {
    const who = await person({ email: `kept.${crypto.randomUUID()}@test.example` });
    const { failed } = await broken(
      `create function keep_mail() returns trigger language plpgsql as 'begin new.email = old.email; return new; end';
       create trigger keep_mail before update on app_user for each row execute function keep_mail()`,
      'drop function keep_mail cascade',
      who,
    );
    expect(failed.failure).toMatchObject({ class: 'left_over', table: 'app_user', column: 'email' });
    expect(JSON.stringify(failed.failure)).not.toContain(who.email);
  });
});

describe('what else the person had asked for ends with the account', () => {
  const begun: [PrivacyKind, PrivacyStatus, PrivacyStatus, string[]][] = [
    ['rectification', 'requested', 'canceled', ['cancel']],
    ['rectification', 'identity_check', 'canceled', ['cancel']],
    ['rectification', 'approved', 'denied', ['process', 'fail', 'deny']],
    ['access', 'processing', 'denied', ['fail', 'deny']],
    ['access', 'failed', 'denied', ['deny']],
  ];

  test.each(begun)('a request for %s that is %s is then %s', async (kind, status, ended, steps) => {
    const who = await person();
    const other = await desk.callerAs(who).privacy.own.create({ kind, details: 'My old name.' });
    await desk.sql('update privacy_request set status = $2 where id = $1', [other.id, status]);
    const id = await approvedRequest(desk, who, 'erasure');
    await jobs.runDue();
    expect(await detail(id)).toMatchObject({ status: 'completed' });
    const request = await detail(other.id);
    expect(request).toMatchObject({ status: ended, details: null, reason: null, allowed_acts: [] });
    const moves = request.history.filter((event) => event.actor_role === 'system');
    expect(moves.map((event) => event.action)).toEqual(steps.map((step) => `privacy_request_${step}`));
    expect(moves.every((event) => event.details.reason === 'account_erased')).toBe(true);
  });
});

test('a refresh of a sign-in and an erasure do not wait for each other', async () => {
  const passwordHash = await hashPassword(PASSWORD);
  for (let round = 0; round < 3; round++) {
    const who = await person({ passwordHash });
    const { refresh_token } = await desk.callerAs(null).auth.login({ email: who.email, password: PASSWORD });
    await approvedRequest(desk, who, 'erasure');
    let refreshed: Promise<unknown> = Promise.resolve();
    await jobs.runDue((mark) => {
      if (mark === 'erasing') {
        refreshed = desk
          .callerAs(null)
          .auth.refresh({ refresh_token })
          .catch((error: unknown) => error);
      }
    });
    expect(await refreshed).toMatchObject({ errorCode: 'unauthenticated' });
  }
});

describe('the preview of an erasure', () => {
  test('tells what the certificate then says, table by table, and the articles of what is kept', async () => {
    const who = await liveCustomer(desk);
    const { id } = await desk.callerAs(who).privacy.own.create({ kind: 'erasure', details: 'All of it' });
    const seen = await desk.callerAs('support').privacy.erasurePreview({ id });
    expect(JSON.stringify(seen)).not.toContain(who.name);
    const table = (name: string) => seen.tables.find((one) => one.table === name);
    expect(table('subscription')).toMatchObject({ values_erased: 0, articles: ['17(3)(b)', 'Rec. 26'] });
    expect(table('incident')).toMatchObject({ articles: ['89(1)', 'Rec. 26'] });
    expect(table('audit_event')).toMatchObject({ values_erased: 0, articles: ['17(3)(b)', '17(3)(e)', '5(2)'] });
    expect(table('session')).toMatchObject({ rows_kept: 0, articles: [] });

    await desk.callerAs('support').privacy.verifyIdentity({ id, means: 'document' });
    await ops().approve({ id });
    await jobs.runDue();
    const { certificate, status } = await detail(id);
    expect(status).toBe('completed');
    const tables = certificate?.tables as Record<
      string,
      { rows: number; columns: Record<string, { erased?: number }> }
    >;
    for (const { table: name, values_erased, rows } of seen.tables) {
      const erased = Object.values(tables[name]?.columns ?? {}).reduce((sum, column) => sum + (column.erased ?? 0), 0);
      // Acts since the preview are events of their own.
      if (name === 'audit_event') expect(tables[name]?.rows).toBeGreaterThan(rows);
      else expect([name, erased, tables[name]?.rows]).toEqual([name, values_erased, rows]);
    }
  });

  test('is of erasures alone', async () => {
    const who = await person();
    const { id } = await desk.callerAs(who).privacy.own.create({ kind: 'access' });
    const refused = { errorCode: 'privacy_request_not_found' };
    await expect(ops().erasurePreview({ id })).rejects.toMatchObject(refused);
    await expect(ops().erasurePreview({ id: crypto.randomUUID() })).rejects.toMatchObject(refused);
  });
});
