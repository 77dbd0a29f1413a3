import { TRPCError } from '@trpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ERROR_MESSAGES, ERRORS } from './errors.rules.ts';
import { AppError } from './errors.ts';
import { toAppError } from './failure.ts';

test('names that a caller made up do not make the answer grow', () => {
  const long = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${at}${'x'.repeat(98)}👩`.repeat(50), 1]));
  const { details } = toAppError(z.strictObject({}).safeParse(long).error);
  const issues = details.issues as { path: string }[];
  expect(issues).toHaveLength(50);
  for (const { path } of issues) expect([path.length, path.isWellFormed()]).toEqual([100, true]);
});

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test.each([
  ['an unknown error', new Error('select secret from users'), 'internal_error'],
  ['something that is no error', 'text', 'internal_error'],
  ['a database that is away', away, 'service_unavailable'],
  ['one that is shutting down', Object.assign(new Error('x'), { code: '57P01' }), 'service_unavailable'],
  ['one that is away inside another error', new Error('x', { cause: away }), 'service_unavailable'],
  ['no address of the database answering', new AggregateError([away]), 'service_unavailable'],
  ['input that is not valid', z.string().safeParse(1).error, 'validation_failed'],
  [
    'a tRPC error around an entry of the table',
    new TRPCError({ code: 'CONFLICT', cause: new AppError('rate_limited') }),
    'rate_limited',
  ],
  ['an unknown procedure', new TRPCError({ code: 'NOT_FOUND' }), 'route_not_found'],
])('%s', (_name, error, code) => {
  const failure = toAppError(error);
  expect(failure.errorCode).toBe(code);
  expect(failure.message).toBe(ERROR_MESSAGES[failure.errorCode]);
  expect(failure.status).toBe(ERRORS[failure.errorCode].status);
});

test.each([
  '08006',
  '08P01',
  '25006',
  '25P03',
  '28P01',
  '3D000',
  '40001',
  '40P01',
  '53100',
  '53200',
  '53300',
  '55P03',
  '57014',
  '57P01',
  '57P03',
  '58030',
])('%s of PostgreSQL means: not now', (code) => {
  expect(toAppError(Object.assign(new Error('x'), { code })).errorCode).toBe('service_unavailable');
});

test.each(['23505', '23503', '22P02', '42501', '42P01', '25P02', 'XX000'])('%s of PostgreSQL is a fault', (code) => {
  expect(toAppError(Object.assign(new Error('x'), { code })).errorCode).toBe('internal_error');
});
