import { expect, it } from 'vitest';
import { timeZoneFrom } from './time-zone.ts';

it.each([
  ['guichet_time_zone=Europe%2FParis', 'Europe/Paris'],
  ['a=b; guichet_time_zone=Asia/Tokyo; c=d', 'Asia/Tokyo'],
  ['guichet_time_zone=Mars%2FOlympus', null],
  ['guichet_time_zone=%E0%A4%A', null],
  ['other_guichet_time_zone=Asia/Tokyo', null],
  ['', null],
  [null, null],
])('reads %j as %j', (header, timeZone) => {
  expect(timeZoneFrom(header)).toBe(timeZone);
});
