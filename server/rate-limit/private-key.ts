import { createHmac } from 'node:crypto';

/**
 * How keys of limits are kept: as HMAC-SHA-256 by a key made of the desk's secret, so that whoever reads Redis cannot
 * find an e-mail or an address by trying. Instances that share Redis share the secret.
 */
export function privateKeys(secret: string): (key: string) => string {
  const made = createHmac('sha256', secret).update('guichet keys of limits').digest();
  return (key) => createHmac('sha256', made).update(key).digest('base64url');
}
