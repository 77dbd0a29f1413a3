import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { SEAL_STATES } from './certificate.rules.ts';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/**
 * The one text of a value: members sorted by name, no white space, as RFC 8785 has it for the strings, whole numbers
 * and booleans that certificates hold.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`).join(',')}}`;
}

/** A key of the desk's own for certificates, made of its secret; `id` tells keys apart and gives nothing away. */
export type SealKey = { id: string; key: Buffer };

export function sealKeyOf(secret: string): SealKey {
  const key = createHmac('sha256', secret).update('guichet certificate seal').digest();
  return { id: hash('sha256', key).slice(0, 16), key };
}

const macOf = (certificate: JsonObject, { key }: SealKey) =>
  createHmac('sha256', key).update(canonicalJson(certificate)).digest('hex');

/**
 * The certificate with two seals over its canonical JSON: `seal`, HMAC-SHA-256 by the desk's key, which nobody can make
 * who can only write the database; and `sha256` over all else, `seal` included, which anybody can take again.
 */
export function sealed<T extends JsonObject>(certificate: T, key: SealKey) {
  const keyed = { ...certificate, seal: { key: key.id, hmac_sha256: macOf(certificate, key) } };
  return { ...keyed, sha256: hash('sha256', canonicalJson(keyed)) };
}

/** Whether a certificate is as its `sha256` says. */
export function isIntact({ sha256, ...certificate }: JsonObject): boolean {
  return typeof sha256 === 'string' && hash('sha256', canonicalJson(certificate)) === sha256;
}

/** `none`: made before certificates had the desk's seal. `other_key`: the desk's secret is another one now. */
export type SealState = (typeof SEAL_STATES)[number];

/** What the desk's own seal on a certificate says. */
export function sealState({ sha256: _, seal, ...certificate }: JsonObject, key: SealKey): SealState {
  if (seal === undefined) return 'none';
  if (seal === null || typeof seal !== 'object' || Array.isArray(seal)) return 'invalid';
  if (seal.key !== key.id) return 'other_key';
  const given = Buffer.from(typeof seal.hmac_sha256 === 'string' ? seal.hmac_sha256 : '', 'utf8');
  const right = Buffer.from(macOf(certificate, key), 'utf8');
  return given.length === right.length && timingSafeEqual(given, right) ? 'valid' : 'invalid';
}
