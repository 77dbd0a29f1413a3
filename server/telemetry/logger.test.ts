import { UniqueConstraintViolationException } from '@mikro-orm/core';
import pg from 'pg';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { runInRequest } from '../request-context.ts';
import { accessLog, createLogger, logError } from './logger.ts';

let written: string;
const log = createLogger({
  write: (line) => {
    written += line;
  },
});
const line = () => JSON.parse(written) as Record<string, unknown>;

beforeEach(() => {
  written = '';
});

const request = {
  requestId: 'request-1',
  address: '192.0.2.1',
  route: '/v1/support/incidents/{id}',
  actor: { id: 'agent-1', role: 'support', name: 'Ada Lovelace' },
  action: 'support_incident_close',
  outcome: 'success',
  incidentId: 'incident-1',
} as const;

describe('the access log', () => {
  const access = { method: 'PATCH', route: request.route, status: 200, duration_ms: 12.3456 };

  it('tells who did what, and no name or address', () => {
    runInRequest({ ...request }, () => accessLog(access, log));
    expect(line()).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'info',
      msg: 'request',
      request_id: 'request-1',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      method: 'PATCH',
      route: '/v1/support/incidents/{id}',
      status: 200,
      duration_ms: 12.3,
      actor_id: 'agent-1',
      actor_role: 'support',
      action: 'support_incident_close',
      incident_id: 'incident-1',
      outcome: 'success',
    });
  });

  it('says that nobody is signed in, and marks failures', () => {
    runInRequest({ requestId: 'request-2', address: '', route: '/login', actor: null }, () =>
      accessLog({ ...access, status: 503 }, log),
    );
    const anonymous = { actor_id: null, actor_role: 'anonymous' };
    expect(line()).toMatchObject({ level: 'error', status: 503, request_id: 'request-2', ...anonymous });
  });

  const tracesOf = (traceId?: string) => {
    runInRequest({ ...request, traceId }, () => {
      log.info('while it runs');
      accessLog(access, log);
    });
    const lines = written.trim().split('\n');
    return lines.map((line) => (JSON.parse(line) as { trace_id: string }).trace_id);
  };

  it('goes on with the trace of the caller, and makes one where there is none', () => {
    const given = '0af7651916cd43dd8448eb211c80319c';
    expect(tracesOf(given)).toEqual([given, given]);
    written = '';
    const [first, second] = tracesOf();
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toBe(first);
  });
});

describe('errors', () => {
  it('of the database keep code and constraint, never values', async () => {
    const client = new pg.Client({ connectionString: inject('databaseUrl') });
    await client.connect();
    await client.query('create temp table person (email text constraint person_email_unique unique)');
    const insert = "insert into person values ('ada@example.org')";
    await client.query(insert);
    const cause = await client.query(insert).then(
      () => new Error('was not refused'),
      (error: Error) => error,
    );
    const cast = await client.query("select 'ada@example.org'::int").catch((error: unknown) => error);
    await client.end();
    expect(JSON.stringify(cause, Object.getOwnPropertyNames(cause))).toContain('ada@example.org');
    cause.message = `${insert} - ${cause.message}`;
    const orm = new UniqueConstraintViolationException(cause);

    for (const error of [cause, orm, cast, new AppError('internal_error', {}, orm)]) logError(error, 'failed', log);
    expect(written).not.toContain('ada');
    const [first, second] = written
      .trim()
      .split('\n')
      .map((json) => JSON.parse(json));
    expect(first).toMatchObject({ level: 'error', error: { code: '23505', constraint: 'person_email_unique' } });
    expect(second.error).toMatchObject({ name: 'UniqueConstraintViolationException', table: 'person' });
    expect(second.error.stack[0]).toMatch(/^at /);
  });

  it.each([
    () => JSON.parse('{"email": ada@example.org}'),
    () => z.object({ email: z.literal('x') }).parse({ email: 'ada@example.org', 'ada lovelace': 1 }),
    () => new URL('ada lovelace'),
    () => Buffer.from({ name: 'ada' } as unknown as string),
    () => {
      throw new Error('no user ada@example.org with phone 0612345678 named "ada lovelace" and \'more "ada"\'');
    },
    () => {
      throw Object.assign(new Error('x'), { code: 'ada lovelace', detail: 'ada', response: { name: 'ada' } });
    },
    () => {
      throw new Error('first line\n    at ada lovelace');
    },
  ])('of any kind keep no value: %s', (work) => {
    try {
      work();
    } catch (error) {
      logError(error, 'failed', log);
      log.error(error);
      log.warn({ err: error }, 'failed');
    }
    expect(written.split('\n').length).toBeGreaterThan(3);
    expect(written).not.toMatch(/ada\b|lovelace|0612345678/);
  });

  it('keep what helps: name, message without values, frames and causes', () => {
    logError(
      new TypeError('Cannot read properties of undefined', { cause: new Error('socket closed') }),
      'failed',
      log,
    );
    expect(line()).toMatchObject({
      msg: 'failed',
      error: { name: 'TypeError', message: 'Cannot read properties of undefined', cause: { message: 'socket closed' } },
    });
  });
});
