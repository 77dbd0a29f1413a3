/**
 * The client's address behind `trustedProxies` hops: each trusted proxy appended to X-Forwarded-For the address it
 * saw, so counting from the right reaches the client, and nothing that the client itself wrote is believed.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const seen = [...(forwardedFor?.split(',').map((hop) => hop.trim()) ?? []), peer ?? 'unknown'];
  return seen.at(-1 - Math.min(trustedProxies, seen.length - 1)) || 'unknown';
}
