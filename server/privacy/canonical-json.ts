import { hash } from 'node:crypto';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * The one text of a value: members sorted by name, no white space, as RFC 8785 has it for the strings, whole numbers
 * and booleans that certificates hold.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`).join(',')}}`;
}

/** The certificate with `sha256`: SHA-256, in hexadecimal, over the canonical JSON of all else in it. */
export function sealed<T extends { [name: string]: Json }>(certificate: T): T & { sha256: string } {
  return { ...certificate, sha256: hash('sha256', canonicalJson(certificate)) };
}

/** Whether a certificate is as it was sealed. */
export function isIntact({ sha256, ...certificate }: { [name: string]: Json }): boolean {
  return typeof sha256 === 'string' && hash('sha256', canonicalJson(certificate)) === sha256;
}
