import { type Em, statement } from '../../db/statement.ts';
import { isIntact, type JsonObject, type SealKey, type SealState, sealState } from './canonical-json.ts';

const SIZE_MAX = 1_048_576;
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
  if (text.length > SIZE_MAX) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

const selectKept = statement<{ sha256: string | null; same: boolean; recorded: string | null }>(
  'certificate_kept',
  `select r.certificate->>'sha256' as sha256, r.certificate = $2::jsonb as same,
     (select e.details->>'certificate' from audit_event e
      where e.target_id = r.id::text and e.action = 'privacy_request_complete' and e.status = 'success'
      order by e.created_at desc, e.id desc limit 1) as recorded
   from privacy_request r where r.id = $1 and r.status = 'completed'`,
);

/** Checks the seals of a certificate, and compares it with what the desk keeps. */
export async function verifyCertificate(em: Em, key: SealKey, certificate: JsonObject): Promise<Verdict> {
  const { privacy_request_id: id, sha256 } = certificate;
  const asked = typeof id === 'string' && UUID.test(id);
  const [kept] = asked ? await selectKept(em, [id, JSON.stringify(certificate)]) : [];
  return {
    intact: isIntact(certificate),
    seal: sealState(certificate, key),
    known: kept !== undefined,
    same: kept?.same === true,
    recorded: kept?.recorded ? kept.recorded === sha256 : null,
  };
}

/** Whether nothing speaks against the certificate. One without the desk's seal is not called genuine. */
export function isGenuine({ intact, seal, known, same, recorded }: Verdict): boolean {
  return intact && seal === 'valid' && known && same && recorded !== false;
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
