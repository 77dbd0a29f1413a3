import { expect, test } from 'vitest';
import { EnvError, parseEnv } from './env.ts';

function faultsOf(variables: Record<string, string>): string[] {
  try {
    parseEnv(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.faults;
    throw error;
  }
}

test('without variables the desk has its defaults', () => {
  expect(parseEnv({})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    DATA_DIR: '.data',
    METRICS_PORT: 9464,
    METRICS_HOST: '127.0.0.1',
    TRUST_PROXY: 0,
    DESK_TIME_ZONE: 'Europe/Paris',
  });
});

test('an empty variable counts as unset', () => {
  expect(parseEnv({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 });
});

test('every fault is named at once, a line each', () => {
  const faults = faultsOf({
    PORT: 'x',
    DATABASE_URL: 'mysql://a',
    LOG_LEVEL: 'loud',
    RATE_LIMITS: '{',
    DATABASE_POOL_MAX: '0',
    DESK_TIME_ZONE: '+02:00',
    PUBLIC_HOLIDAYS: 'Narnia',
  });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'DATABASE_POOL_MAX',
    'LOG_LEVEL',
    'DESK_TIME_ZONE',
    'PUBLIC_HOLIDAYS',
    'RATE_LIMITS',
  ]);
});

test('metrics are served on the machine alone, wherever the desk listens, unless told otherwise', () => {
  expect(parseEnv({ HOST: '0.0.0.0' }).METRICS_HOST).toBe('127.0.0.1');
  expect(parseEnv({ HOST: '0.0.0.0', METRICS_HOST: '10.0.0.7' }).METRICS_HOST).toBe('10.0.0.7');
});

test.each([
  ['https://desk.example', 0],
  ['http://localhost:3000', 0],
  ['http://127.0.0.1:3000', 0],
  ['http://[::1]:3000', 0],
  ['http://desk.lan', 1],
  ['http://127.0.0.1.desk.example', 1],
  ['ftp://desk.example', 1],
  ['nonsense', 1],
])('the public address %s has %i faults: a sign-in over plain http would not be kept', (PUBLIC_URL, faults) => {
  expect(faultsOf({ PUBLIC_URL })).toHaveLength(faults);
});

test('several faults of one variable have a line each', () => {
  const RATE_LIMITS = JSON.stringify({ user: { points: 'x' }, users: 1, everybody: 1 });
  expect(faultsOf({ RATE_LIMITS })).toEqual([
    expect.stringMatching(/^RATE_LIMITS: user\.points: /),
    expect.stringMatching(/^RATE_LIMITS: user\.duration: /),
    'RATE_LIMITS: users: is not known',
    'RATE_LIMITS: everybody: is not known',
  ]);
});

test('production names everything that it lacks, and refuses to go without limits', () => {
  const faults = faultsOf({ NODE_ENV: 'production', RATE_LIMITS: ' off ' });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'DATABASE_URL',
    'SESSION_SECRET',
    'JWT_SECRET',
    'RATE_LIMITS',
  ]);
});

test('the addresses of a cluster are checked one by one', () => {
  expect(faultsOf({ REDIS_URL: 'redis://a:1,redis://b:2' })).toEqual([]);
  expect(faultsOf({ REDIS_URL: 'redis://a:1,nonsense' })).toHaveLength(1);
});
