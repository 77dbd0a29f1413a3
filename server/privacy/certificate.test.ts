import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvedRequest } from '../testing/approved-request.ts';
import { liveCustomer } from '../testing/customer.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openTestJobs, type TestJobs } from '../testing/jobs.ts';
import { canonicalJson, type JsonObject, sealed, sealKeyOf } from './canonical-json.ts';
import { isGenuine, readCertificate, verdictWords, verifyCertificate } from './certificate.read.ts';
import { CERTIFICATE_MAX } from './certificate.rules.ts';

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
const withoutSeals = ({ sha256: _, seal: __, ...content }: JsonObject): JsonObject => content;
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

describe('the check that agents ask for', () => {
  const check = (text: string, role: 'support' | 'ops' = 'support') =>
    desk.callerAs(role).privacy.verifyCertificate({ certificate: text });

  test('tells genuine, altered, unknown key, unsealed, unknown and unreadable ones apart', async () => {
    const content = withoutSeals(certificate);
    const elsewhere = { ...content, privacy_request_id: crypto.randomUUID() };
    const ownKey = desk.desk.sealKey;
    const outcomes = {
      genuine: JSON.stringify(certificate, null, 2).replaceAll('\n', '\r\n'),
      altered: JSON.stringify({ ...certificate, erased: 1 }),
      other_key: JSON.stringify(reseal(certificate, 'the secret of another desk')),
      unsealed: JSON.stringify({ ...content, sha256: hash('sha256', canonicalJson(content)) }),
      unknown_request: JSON.stringify(sealed(elsewhere, ownKey)),
      other_kept: JSON.stringify(sealed({ ...content, erased: 1 }, ownKey)),
    };
    for (const [outcome, text] of Object.entries(outcomes)) {
      expect(await check(text), outcome).toMatchObject({ readable: true, outcome });
    }
    expect(await check(`\ufeff${outcomes.genuine}`, 'ops')).toMatchObject({
      privacy_request_id: certificate.privacy_request_id,
      verdict: { intact: true, seal: 'valid', known: true, same: true, recorded: true },
    });
    expect(await check(outcomes.unknown_request)).toMatchObject({ privacy_request_id: null });
  });

  test.each([
    ['no JSON', 'Certificate of erasure'],
    ['a list', '[]'],
    ['an object without any seal', '{"kind":"erasure"}'],
    ['deep JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['JSON cut in two', '{"kind":"erasure"'],
  ])('%s is no certificate', async (_, text) => {
    expect(await check(text)).toEqual({ readable: false, outcome: null, privacy_request_id: null, verdict: null });
  });

  test.each([
    ['U+0000', JSON.stringify({ privacy_request_id: '\u0000', note: '\u0000', sha256: '' })],
    ['a lone surrogate', '{"note":"\\ud800","seal":null}'],
    ['a number out of range', '{"erased":1e999,"__proto__":{"sha256":1},"sha256":{},"seal":[]}'],
  ])('%s is answered without a failure', async (_, text) => {
    expect(await check(text)).toMatchObject({ readable: true, outcome: 'altered' });
  });

  test('a text too long or empty is refused', async () => {
    const failure = { errorCode: 'validation_failed' };
    await expect(check('x'.repeat(CERTIFICATE_MAX + 1))).rejects.toMatchObject(failure);
    await expect(check('')).rejects.toMatchObject(failure);
  });
});
