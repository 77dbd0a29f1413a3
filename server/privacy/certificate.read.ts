import { type Em, statement } from '../../db/statement.ts';
import { isDeeper } from '../json-depth.ts';
import { canonicalJson, isIntact, type JsonObject, type SealKey, type SealState, sealState } from './canonical-json.ts';
import { CERTIFICATE_MAX, type CertificateOutcome } from './certificate.rules.ts';
import type { CertificateCheck } from './privacy.schema.ts';

/** Nesting that a certificate may have; the desk's own have five. */
const DEPTH = 16;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a check of a certificate found, each by itself. */
export type Verdict = {
  /** Whether its sha256 fits what stands in it. */
  intact: boolean;
  seal: SealState;
  /** Whether this desk has completed the request that it names. */
  known: boolean;
  /** Whether the desk keeps the same certificate for that request. */
  same: boolean;
  /** Whether the audit's event of the completion names this sha256; null for events that name none. */
  recorded: boolean | null;
};

/** The certificate in a text; null where there is none. */
export function readCertificate(text: string): JsonObject | null {
  if (text.length > CERTIFICATE_MAX) return null;
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !isDeeper(value, DEPTH) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

const selectKept = statement<{ certificate: JsonObject | null; recorded: string | null }>(
  'certificate_kept',
  `select r.certificate,
     (select e.details->>'certificate' from audit_event e
      where e.target_id = r.id::text and e.action = 'privacy_request_complete' and e.status = 'success'
      order by e.created_at desc, e.id desc limit 1) as recorded
   from privacy_request r where r.id = $1 and r.status = 'completed'`,
);

/** Checks the seals of a certificate, and compares it with what the desk keeps. */
export async function verifyCertificate(em: Em, key: SealKey, certificate: JsonObject): Promise<Verdict> {
  const { privacy_request_id: id, sha256 } = certificate;
  const asked = typeof id === 'string' && UUID.test(id);
  const [kept] = asked ? await selectKept(em, [id]) : [];
  return {
    intact: isIntact(certificate),
    seal: sealState(certificate, key),
    known: kept !== undefined,
    same: kept?.certificate != null && canonicalJson(kept.certificate) === canonicalJson(certificate),
    recorded: kept?.recorded ? kept.recorded === sha256 : null,
  };
}

/** The sum of a check. A certificate without the desk's seal is not called genuine, whatever else holds. */
export function outcomeOf({ intact, seal, known, same, recorded }: Verdict): CertificateOutcome {
  if (!intact || seal === 'invalid') return 'altered';
  if (seal !== 'valid') return seal === 'none' ? 'unsealed' : 'other_key';
  if (!known) return 'unknown_request';
  return same && recorded !== false ? 'genuine' : 'other_kept';
}

export function isGenuine(verdict: Verdict): boolean {
  return outcomeOf(verdict) === 'genuine';
}

/** Checks the text of a certificate's file; `readable` is false for what never had a seal. */
export async function checkCertificate(em: Em, key: SealKey, text: string): Promise<CertificateCheck> {
  const certificate = readCertificate(text);
  if (!certificate || !('sha256' in certificate || 'seal' in certificate))
    return { readable: false, outcome: null, privacy_request_id: null, verdict: null };
  const verdict = await verifyCertificate(em, key, certificate);
  const id = verdict.known ? String(certificate.privacy_request_id) : null;
  return { readable: true, outcome: outcomeOf(verdict), privacy_request_id: id, verdict };
}

const SEAL_WORDS: Record<SealState, string> = {
  valid: 'Desk seal: valid. A process with the secret of this desk made it.',
  invalid: 'Desk seal: WRONG. It was edited or forged.',
  other_key: 'Desk seal: made with another key. It cannot be checked with the secret that is set now.',
  none: 'Desk seal: none. It was made before such seals, or the seal was taken away.',
};

/** The answers in plain words, a line each; the first is the sum of them. */
export function verdictWords(verdict: Verdict): string[] {
  const { intact, seal, known, same, recorded } = verdict;
  return [
    isGenuine(verdict) ? 'GENUINE.' : 'NOT PROVEN: see the lines below.',
    `sha256: ${intact ? 'fits.' : 'DOES NOT FIT. The file was altered after it was sealed.'}`,
    SEAL_WORDS[seal],
    `Request: ${known ? 'completed here.' : 'UNKNOWN. This desk has completed no such request.'}`,
    `Kept certificate: ${same ? 'the same.' : known ? 'ANOTHER ONE. The desk keeps a different certificate for this request.' : 'none to compare with.'}`,
    `Audit: ${recorded === null ? 'names no certificate.' : recorded ? 'names this one.' : 'NAMES ANOTHER ONE.'}`,
  ];
}
