import { expect, test } from 'vitest';
import { BulkOptionsError, parseBulkOptions } from './bulk-options.ts';

test('gives what is not said a default', () => {
  expect(parseBulkOptions(['--users', '1000'])).toEqual({
    users: 1_000,
    incidentsPerUser: 2,
    auditEventsPerUser: 5,
    privacyRequestsPerUser: 0.02,
    asOf: new Date('2026-01-01T00:00:00.000Z'),
    append: false,
    withDemoSignIns: false,
  });
});

test('reads every option', () => {
  const line = '--users 5 --incidents=0.5 --audit-events 0 --privacy-requests 1 --as-of 2025-06-01T12:00:00+02:00';
  expect(parseBulkOptions([...line.split(' '), '--append', '--with-demo-sign-ins'])).toEqual({
    users: 5,
    incidentsPerUser: 0.5,
    auditEventsPerUser: 0,
    privacyRequestsPerUser: 1,
    asOf: new Date('2025-06-01T10:00:00.000Z'),
    append: true,
    withDemoSignIns: true,
  });
});

test.each([
  ['', ['--users: is required']],
  ['--users', ['--users: needs a value']],
  ['--users 1e3', ['--users: is not a number']],
  ['--users 1.5', ['--users: is not a whole number']],
  ['--users 10 --frobnicate', ['--frobnicate: is not an option']],
  ['--users 10 more', ['more: is not an option']],
  ['--users many --append=yes --as-of today', ['--users:', '--as-of:', '--append:']],
])('names each fault of "%s"', (line, faults) => {
  const parse = () => parseBulkOptions(line === '' ? [] : line.split(' '));
  expect(parse).toThrow(BulkOptionsError);
  for (const fault of faults) expect(parse).toThrow(fault);
});
