import { expect, test } from 'vitest';
import { clientAddress, normalAddress } from './client-address.ts';

test.each([
  ['10.0.0.1', undefined, 0, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6', 0, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6, 8.8.8.8', 1, '8.8.8.8'],
  ['10.0.0.1', '6.6.6.6, 8.8.8.8, 10.0.0.2', 2, '8.8.8.8'],
  ['10.0.0.1', '8.8.8.8', 5, '8.8.8.8'],
  ['::ffff:10.0.0.1', '6.6.6.6,[2001:db8::7]:40001', 1, '2001:db8::/64'],
  ['10.0.0.1', '6.6.6.6, ', 1, 'unknown'],
  [undefined, undefined, 1, 'unknown'],
])('peer %s, X-Forwarded-For %s behind %i proxies is %s', (peer, forwarded, proxies, client) => {
  expect(clientAddress(peer, forwarded, proxies)).toBe(client);
});

test.each([
  [
    '203.0.113.9',
    ['203.0.113.9:40001', ' 203.0.113.9 ', '::ffff:203.0.113.9', '::FFFF:cb00:7109', '[::ffff:203.0.113.9]:1'],
  ],
  ['203.0.113.9', ['64:ff9b::203.0.113.9', '64:ff9b::cb00:7109']],
  [
    '2001:db8:1:2::/64',
    [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:ffff:ffff:ffff:ffff',
      '[2001:db8:1:2::1]',
      '[2001:db8:1:2:a::]:65535',
      '2001:0db8:0001:0002::',
    ],
  ],
  ['2001:db8:1:3::/64', ['2001:db8:1:3::1']],
  ['fe80::/64', ['fe80::1%eth0', '[fe80::2%wlan0]:8080', 'fe80::3']],
  [
    'unknown',
    [
      '',
      'unknown',
      '_hidden',
      'unix:',
      'desk.example',
      '1',
      '127.1',
      '0x7f000001',
      '1.2.3',
      '1.2.3.256',
      '1.2.3.4.5',
      '01.2.3.4x',
      '1.2.3.4:',
      '1.2.3.4:123456',
      '[2001:db8::1',
      '2001:db8::1::2',
      '[1.2.3.4',
      'fe80::1%eth0 OR 1',
    ],
  ],
])('%s is the normal form of %s', (normal, written) => {
  expect(written.map(normalAddress)).toEqual(written.map(() => normal));
});
