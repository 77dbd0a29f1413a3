import { dateFormat } from '../ui/date-format.ts';

const WALL = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,3})?)?$/;

/** The parts of an instant as clocks in `timeZone` show them. */
function partsOf(time: number, timeZone: string): number[] {
  const parts = dateFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(time);
  return ['year', 'month', 'day', 'hour', 'minute', 'second'].map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  );
}

const utc = ([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]) =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/**
 * The instant (ISO 8601, UTC) at which clocks in `timeZone` show `wall`, as a `datetime-local` field gives it; the
 * first of two where a clock goes back, the one after the gap where it goes forward. Null for what is no such time.
 */
export function instantOf(wall: string, timeZone: string): string | null {
  const fields = WALL.exec(wall)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (!fields) return null;
  const asUtc = utc(fields);
  const exists = new Date(asUtc).toISOString().slice(0, 16) === wall.slice(0, 16).replace(' ', 'T');
  if (!exists) return null;
  const offsets = [asUtc - 86_400_000, asUtc + 86_400_000].map((time) => utc(partsOf(time, timeZone)) - time);
  const candidates = offsets.map((offset) => asUtc - offset);
  const found = candidates.find((time) => utc(partsOf(time, timeZone)) === asUtc) ?? candidates[0];
  return found === undefined ? null : new Date(found).toISOString();
}

/** What clocks in `timeZone` show at an instant, in the form of a `datetime-local` field, seconds only when not zero. */
export function wallTimeOf(iso: string, timeZone: string): string {
  const [year, month, day, hour, minute, second] = partsOf(Date.parse(iso), timeZone).map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${year?.padStart(4, '0')}-${month}-${day}T${hour}:${minute}${second === '00' ? '' : `:${second}`}`;
}
