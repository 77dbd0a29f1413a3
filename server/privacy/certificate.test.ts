import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { type JsonObject, sealed, sealKeyOf } from './canonical-json.ts';
import { isGenuine, readCertificate, verdictWords, verifyCertificate } from './certificate.read.ts';

let desk: TestDesk;
let jobs: TestJobs;
let certificate: JsonObject;
beforeAll(async () => {
  desk = await openTestDesk();
  jobs = openTestJobs(desk);
  const id = await approvedRequest(desk, await liveCustomer(desk, { locale: 'fr' }), 'erasure');
  await jobs.runDue();
  certificate = (await desk.callerAs('ops').privacy.get({ id })).certificate as JsonObject;
});
afterAll(async () => {
  await jobs.close();
  await desk.close();
});

const verify = (given: JsonObject) => verifyCertificate(desk.orm.em.fork(), desk.desk.sealKey, given);
const reseal = (given: JsonObject, secret: string) => {
  const { sha256: _, seal: __, ...rest } = given;
  return sealed(rest, sealKeyOf(secret));
};

test('a certificate as the desk made it is genuine, also read back from a file', async () => {
  const verdict = await verify(readCertificate(JSON.stringify(certificate, null, 2)) ?? {});
  expect(verdict).toEqual({ intact: true, seal: 'valid', known: true, same: true, recorded: true });
  expect([isGenuine(verdict), verdictWords(verdict)[0]]).toEqual([true, 'GENUINE.']);
  expect(certificate).toMatchObject({ locale: 'fr', identity_check: { means: 'document' } });
  expect(certificate.approved).toMatchObject({ by: desk.people.ops.id });
  expect(certificate.not_covered).toContain('write_ahead_log');
});

test('an edited one is not', async () => {
  const verdict = await verify({ ...certificate, erased: 1 });
  expect(verdict).toMatchObject({ intact: false, seal: 'invalid', known: true, same: false });
  expect(isGenuine(verdict)).toBe(false);
});

test('one sealed anew by somebody without the secret is told from the desk’s', async () => {
  const forged = reseal({ ...certificate, erased: 1 }, 'the secret of somebody else, long enough');
  const verdict = await verify(forged);
  expect(verdict).toEqual({ intact: true, seal: 'other_key', known: true, same: false, recorded: false });
  expect(isGenuine(verdict)).toBe(false);
});

test('one that somebody wrote into the database with a new sha256 is told by the seal and by the audit', async () => {
  const { seal } = certificate;
  const { sha256: _, ...rest } = reseal({ ...certificate, erased: 1 }, 'anything at all');
  const { sha256 } = sealed({}, sealKeyOf('x'));
  const verdict = await verify({ ...rest, seal: seal ?? null, sha256 });
  expect(verdict).toMatchObject({ intact: false, seal: 'invalid', recorded: false });
});

test.each(['', 'null', '[]', '"text"', '{', `"${'x'.repeat(1_048_577)}"`])('%.20s is no certificate', (text) => {
  expect(readCertificate(text)).toBeNull();
});

test('one of another desk is unknown, whatever it names', async () => {
  for (const id of [crypto.randomUUID(), 'no id', 7, null]) {
    expect(await verify({ ...certificate, privacy_request_id: id })).toMatchObject({ known: false, same: false });
  }
});
