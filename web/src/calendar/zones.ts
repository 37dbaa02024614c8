// What the clocks of a zone show, from the browser's own time zone data. A wall time is the milliseconds since
// 1970-01-01T00:00 as the clock on the wall shows them: no zone in it (client/calendar/zone.h).
const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function format(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) {
    try {
      const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
      formats.set(
        zone,
        new Intl.DateTimeFormat('en-US', {
          timeZone: zone,
          hourCycle: 'h23',
          era: 'short',
          second: 'numeric',
          ...parts,
        }),
      );
    } catch {
      formats.set(zone, undefined);
    }
  }
  return formats.get(zone);
}

export const isZone = (zone: string): boolean => zone !== '' && format(zone) !== undefined;
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function wallAt(zone: string, utc: number): number {
  const found: Record<string, number> = {};
  for (const { type, value } of (format(zone) as Intl.DateTimeFormat).formatToParts(utc)) found[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offsetAt = (zone: string, utc: number): number =>
  wallAt(zone, Math.floor(utc / 1000) * 1000) - Math.floor(utc / 1000) * 1000;

// A time that comes twice is its first; one that doesn't come is read with the offset before the gap (RFC 5545 §3.3.5).
export function utcOf(zone: string, wall: number): number {
  const day = 86_400_000;
  const [before, after] = [offsetAt(zone, wall - day), offsetAt(zone, wall + day)];
  const first = wall - before;
  if (offsetAt(zone, first) === before) return first;
  const second = wall - after;
  return offsetAt(zone, second) === after ? second : first;
}

type Change = { wall: number; from: number; to: number };

// The changes of a zone's clock between two times, each found to the second.
function changes(zone: string, from: number, to: number): Change[] {
  const step = 7 * 86_400_000;
  const found: Change[] = [];
  for (let at = from; at < to; at += step) {
    let [low, high] = [at, Math.min(at + step, to)];
    const [was, is] = [offsetAt(zone, low), offsetAt(zone, high)];
    if (was === is) continue;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetAt(zone, middle) === was) low = middle;
      else high = middle;
    }
    found.push({ wall: high + was, from: was, to: is });
  }
  return found;
}

const two = (n: number): string => String(n).padStart(2, '0');
function offsetText(ms: number): string {
  const minutes = Math.abs(ms) / 60_000;
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(Math.round(minutes % 60))}`;
}
const stamp = (wall: number): string => new Date(wall).toISOString().replace(/[-:]|\.\d+Z/g, '');

// The VTIMEZONE of a zone for programs that don't know its name: what stands at `from`, then each change up to `to`.
export function timezone(zone: string, from: number, to: number) {
  const part = (wall: number, before: number, after: number) => ({
    name: after > Math.min(before, after) ? 'DAYLIGHT' : 'STANDARD',
    lines: [
      { name: 'DTSTART', parameters: '', value: stamp(wall) },
      { name: 'TZOFFSETFROM', parameters: '', value: offsetText(before) },
      { name: 'TZOFFSETTO', parameters: '', value: offsetText(after) },
    ],
    parts: [],
  });
  const first = offsetAt(zone, from);
  return {
    name: 'VTIMEZONE',
    lines: [{ name: 'TZID', parameters: '', value: zone }],
    parts: [
      part(wallAt(zone, from), first, first),
      ...changes(zone, from, to).map((change) => part(change.wall, change.from, change.to)),
    ],
  };
}
