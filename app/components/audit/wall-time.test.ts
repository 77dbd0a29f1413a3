import { describe, expect, it } from 'vitest';
import { instantOf, wallTimeOf } from './wall-time.ts';

describe('times as clocks show them', () => {
  it.each([
    ['2026-11-22T14:05', 'UTC', '2026-11-22T14:05:00.000Z'],
    ['2026-11-22T14:05', 'Europe/Paris', '2026-11-22T13:05:00.000Z'],
    ['2026-07-01T00:30:15', 'Europe/Paris', '2026-06-30T22:30:15.000Z'],
    ['2026-01-01 00:00', 'America/New_York', '2026-01-01T05:00:00.000Z'],
    ['2026-03-01T09:00', 'Asia/Kathmandu', '2026-03-01T03:15:00.000Z'],
    // Clocks go back at 03:00: 02:30 comes twice.
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
    // Clocks go forward at 02:00: 02:30 never comes.
    ['2026-03-29T02:30', 'Europe/Paris', '2026-03-29T01:30:00.000Z'],
  ])('%s in %s', (wall, zone, iso) => {
    expect(instantOf(wall, zone)).toBe(iso);
  });

  it.each([
    '',
    'yesterday',
    '2026-11-22',
    '2026-02-30T10:00',
    '2026-13-01T10:00',
    '2026-11-22T25:00',
  ])('refuse %j', (wall) => {
    expect(instantOf(wall, 'Europe/Paris')).toBeNull();
  });

  it('come back as they were given', () => {
    for (const zone of ['UTC', 'Europe/Paris', 'America/St_Johns', 'Pacific/Auckland']) {
      for (const wall of ['2026-01-15T08:00', '2026-07-15T23:59:58', '2026-11-22T00:00']) {
        expect(wallTimeOf(instantOf(wall, zone) ?? '', zone)).toBe(wall);
      }
    }
  });
});
