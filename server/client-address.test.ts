import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test.each([
  ['10.0.0.1', undefined, 0, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6', 0, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6, 8.8.8.8', 1, '8.8.8.8'],
  ['10.0.0.1', '6.6.6.6, 8.8.8.8, 10.0.0.2', 2, '8.8.8.8'],
  ['10.0.0.1', '8.8.8.8', 5, '8.8.8.8'],
  [undefined, undefined, 1, 'unknown'],
])('peer %s, X-Forwarded-For %s behind %i proxies is %s', (peer, forwarded, proxies, client) => {
  expect(clientAddress(peer, forwarded, proxies)).toBe(client);
});
