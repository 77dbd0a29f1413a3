/** Characters that a certificate may have; those with 50 texts of other people have about 15,000. */
export const CERTIFICATE_MAX = 262_144;

/** What the desk's own seal on a certificate says: see `sealState`. */
export const SEAL_STATES = ['valid', 'invalid', 'other_key', 'none'] as const;

/** The sum of a check, the gravest first. Only `genuine` is proof. */
export const CERTIFICATE_OUTCOMES = [
  'altered',
  'other_key',
  'unsealed',
  'unknown_request',
  'other_kept',
  'genuine',
] as const;
export type CertificateOutcome = (typeof CERTIFICATE_OUTCOMES)[number];
