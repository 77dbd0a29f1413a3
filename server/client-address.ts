import ipaddr from 'ipaddr.js';

/** What stands for an address that cannot be read. */
export const UNKNOWN_ADDRESS = 'unknown';

/**
 * The client's address behind `trustedProxies` hops: each trusted proxy appended to X-Forwarded-For the address it
 * saw, so counting from the right reaches the client, and nothing that the client itself wrote is believed.
 * @returns the address in its {@link normalAddress normal form}
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const seen = [...(forwardedFor?.split(',') ?? []), peer ?? ''];
  return normalAddress(seen.at(-1 - Math.min(trustedProxies, seen.length - 1)) ?? '');
}

/**
 * One form for each client, however its address is written: without port and zone; the IPv4 address inside a mapped or
 * translated one (RFC 4291, section 2.5.5.2; RFC 6052, section 2.1); of IPv6 the /64, since one network interface has
 * all addresses of a /64 to choose from (RFC 4291, section 2.5.1). `unknown` for what is no address.
 */
export function normalAddress(written: string): string {
  const bare = withoutPort(written.trim());
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString();
  if (!ipaddr.IPv6.isValid(bare)) return UNKNOWN_ADDRESS;
  const bytes = ipaddr.IPv6.parse(bare).toByteArray();
  const range = ipaddr.fromByteArray(bytes).range();
  if (range === 'ipv4Mapped' || range === 'rfc6052') return new ipaddr.IPv4(bytes.slice(-4)).toString();
  return `${new ipaddr.IPv6([...bytes.slice(0, 8), ...Array<number>(8).fill(0)])}/64`;
}

/** Proxies write `192.0.2.1:443`, `[2001:db8::1]:443` and `[2001:db8::1]`; a bare IPv6 address has no port. */
function withoutPort(address: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(address)?.[1];
  return bracketed ?? address.replace(/^([\d.]+):\d{1,5}$/, '$1');
}
