// The dates of a recurrence rule (RFC 5545 §3.3.10), on the event's own clock. Days are gone through period by period,
// so that every rule ends: at COUNT, at UNTIL, at the window's end or at a bound on the periods. Rules by the hour or
// finer, by week number or day of the year are not read here; whoever shows the event says so.
const dayMs = 86_400_000;
const periodsMax = 20_000; // 54 years of days
export const datesMax = 1000; // shown within one window

type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
type Weekday = { day: number; nth: number }; // 0: Sunday; nth 0: each
export type Rule = {
  frequency: Frequency;
  interval: number;
  count: number | undefined;
  until: { wall: number; utc: boolean; date: boolean } | undefined;
  weekdays: Weekday[];
  monthDays: number[];
  months: number[];
  positions: number[];
  weekStart: number;
};

const weekdayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export function wallOf(text: string): { wall: number; utc: boolean; date: boolean } | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
  const read = new Date(wall);
  const real = read.getUTCMonth() === month - 1 && read.getUTCDate() === day && hour < 24 && minute < 60;
  return real ? { wall, utc: found[7] === 'Z', date: found[4] === undefined } : undefined;
}

const numbers = (text: string | undefined, least: number, most: number): number[] | undefined => {
  if (text === undefined) return [];
  const list = text.split(',').map(Number);
  return list.every((n) => Number.isInteger(n) && Math.abs(n) >= least && Math.abs(n) <= most) ? list : undefined;
};

function weekdaysOf(text: string | undefined): Weekday[] | undefined {
  if (text === undefined) return [];
  const list = text.split(',').map((one) => /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(one));
  return list.every((one) => one !== null)
    ? list.map((one) => ({ nth: Number(one[1] ?? 0), day: weekdayNames.indexOf(one[2] as string) }))
    : undefined;
}

// Nothing where the rule isn't one that is read here.
export function ruleOf(text: string): Rule | undefined {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(';')) {
    const [key = '', value = ''] = part.split('=');
    parts.set(key, value);
  }
  const known = 'FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYMONTH BYSETPOS WKST'.split(' ');
  const frequency = parts.get('FREQ') as Frequency;
  const good = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(frequency);
  if (!good || [...parts.keys()].some((key) => !known.includes(key))) return undefined;
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const count = parts.has('COUNT') ? Number(parts.get('COUNT')) : undefined;
  const until = parts.has('UNTIL') ? wallOf(parts.get('UNTIL') as string) : undefined;
  const weekdays = weekdaysOf(parts.get('BYDAY'));
  const monthDays = numbers(parts.get('BYMONTHDAY'), 1, 31);
  const months = numbers(parts.get('BYMONTH'), 1, 12);
  const positions = numbers(parts.get('BYSETPOS'), 1, 366);
  const weekStart = weekdayNames.indexOf(parts.get('WKST') ?? 'MO');
  const whole = (n: number | undefined) => n === undefined || (Number.isInteger(n) && n > 0);
  if (!whole(interval) || !whole(count) || (parts.has('UNTIL') && !until) || weekStart < 0) return undefined;
  if (!weekdays || !monthDays || !months || !positions) return undefined;
  return { frequency, interval, count, until, weekdays, monthDays, months, positions, weekStart };
}

const dayOf = (wall: number): number => Math.floor(wall / dayMs);
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
const firstOfMonth = (year: number, month: number): number => dayOf(Date.UTC(year, month, 1));

// The days a period spans, [from, to): the n-th after the one of `start`.
function period(rule: Rule, start: number, n: number): [number, number] {
  const day = dayOf(start);
  const step = n * rule.interval;
  const date = new Date(start);
  switch (rule.frequency) {
    case 'DAILY':
      return [day + step, day + step + 1];
    case 'WEEKLY': {
      const first = day - ((weekdayOf(day) - rule.weekStart + 7) % 7) + 7 * step;
      return [first, first + 7];
    }
    case 'MONTHLY': {
      const month = date.getUTCMonth() + step;
      return [firstOfMonth(date.getUTCFullYear(), month), firstOfMonth(date.getUTCFullYear(), month + 1)];
    }
    default: {
      const year = date.getUTCFullYear() + step;
      return [firstOfMonth(year, 0), firstOfMonth(year + 1, 0)];
    }
  }
}

// Whether a weekday with a number (2TU, -1FR) is this day: counted in the month, or in the year of a yearly rule
// without months.
function isNth(rule: Rule, day: number, { day: weekday, nth }: Weekday): boolean {
  if (weekdayOf(day) !== weekday) return false;
  if (nth === 0 || rule.frequency === 'WEEKLY' || rule.frequency === 'DAILY') return true;
  const date = new Date(day * dayMs);
  const byYear = rule.frequency === 'YEARLY' && rule.months.length === 0;
  const year = date.getUTCFullYear();
  const first = byYear ? firstOfMonth(year, 0) : firstOfMonth(year, date.getUTCMonth());
  const end = byYear ? firstOfMonth(year + 1, 0) : firstOfMonth(year, date.getUTCMonth() + 1);
  return nth > 0 ? Math.floor((day - first) / 7) + 1 === nth : Math.floor((end - 1 - day) / 7) + 1 === -nth;
}

function daysOf(rule: Rule, start: number, n: number): number[] {
  const [from, to] = period(rule, start, n);
  const begun = new Date(start);
  const days: number[] = [];
  for (let day = from; day < to; day++) {
    const date = new Date(day * dayMs);
    const month = date.getUTCMonth() + 1;
    const last = new Date(Date.UTC(date.getUTCFullYear(), month, 0)).getUTCDate();
    const monthDay = date.getUTCDate();
    if (rule.months.length > 0 && !rule.months.includes(month)) continue;
    if (rule.monthDays.length > 0 && !rule.monthDays.some((d) => monthDay === (d > 0 ? d : last + 1 + d))) continue;
    if (rule.weekdays.length > 0 && !rule.weekdays.some((weekday) => isNth(rule, day, weekday))) continue;
    // What the rule leaves open the start decides.
    if (rule.weekdays.length === 0 && rule.frequency === 'WEEKLY' && weekdayOf(day) !== weekdayOf(dayOf(start)))
      continue;
    const open = rule.weekdays.length === 0 && rule.monthDays.length === 0;
    if (open && 'MONTHLY YEARLY'.includes(rule.frequency) && monthDay !== begun.getUTCDate()) continue;
    if (open && rule.frequency === 'YEARLY' && rule.months.length === 0 && month !== begun.getUTCMonth() + 1) continue;
    days.push(day);
  }
  if (rule.positions.length === 0) return days;
  const chosen = rule.positions.map((p) => days[p > 0 ? p - 1 : days.length + p]);
  return [...new Set(chosen)].filter((day) => day !== undefined).sort((a, b) => a - b);
}

// The starts of a series up to `end`; the rule says whether the event's own start counts, as in the command. `toUtc`
// tells when a wall time is, for an UNTIL in UTC.
export function* starts(rule: Rule, start: number, end: number, toUtc: (wall: number) => number): Generator<number> {
  const ofDay = start - dayOf(start) * dayMs;
  let given = 0;
  for (let n = 0; n < periodsMax; n++) {
    if (period(rule, start, n)[0] * dayMs > end) return;
    for (const day of daysOf(rule, start, n)) {
      const wall = day * dayMs + ofDay;
      if (wall < start) continue;
      if (rule.count !== undefined && given >= rule.count) return;
      const { until } = rule;
      if (until && (until.date ? day > dayOf(until.wall) : (until.utc ? toUtc(wall) : wall) > until.wall)) return;
      if (wall > end) return;
      given++;
      yield wall;
    }
  }
}
