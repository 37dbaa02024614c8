// One event as it stands in its iCalendar object: what a screen shows of it, and when it takes place. The same rules as
// in the command (client/calendar): a series keeps its wall clock; an exception names its date by RECURRENCE-ID, with
// RANGE=THISANDFUTURE it stands for all later ones.
import { all, BadCalendar, type Component, find, type Line, parameter, parse, unescaped, value } from './lines.ts';
import { datesMax, ruleOf, starts, wallOf } from './recurrence.ts';
import { isZone, ownZone, utcOf, wallAt } from './zones.ts';

const dayMs = 86_400_000;

// A date or a time on a clock; zone: an IANA name, 'UTC', or empty for dates and floating times (the reader's).
export type Moment = { wall: number; date: boolean; zone: string };

export function momentOf(line: Line, text = line.value): Moment {
  const read = wallOf(text);
  if (!read) throw new BadCalendar(line.name);
  if (read.date) return { wall: read.wall, date: true, zone: '' };
  if (read.utc) return { wall: read.wall, date: false, zone: 'UTC' };
  const named = parameter(line, 'TZID').replace(/^\/?freeassociation\.sourceforge\.net\/(Tzfile\/)?/, '');
  if (named !== '' && !isZone(named)) throw new BadCalendar('zone');
  return { wall: read.wall, date: false, zone: named };
}
export const utc = (moment: Moment): number => utcOf(moment.zone || ownZone(), moment.wall);

// Days of a DURATION are the wall clock's, the rest is exact.
function lengthOf(text: string): { days: number; ms: number } {
  const found = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/.exec(text);
  if (!found) throw new BadCalendar('DURATION');
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as number[];
  return {
    days: 7 * (weeks ?? 0) + (days ?? 0),
    ms: ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000,
  };
}

// When one takes place. For dates `start` and `end` are the midnights of their days, the end the day after the last.
export type Occurrence = {
  title: string;
  date: boolean;
  id: Moment; // of the series
  start: Moment;
  end: Moment;
  from: number; // UTC; of dates: in the reader's zone
  to: number;
};

export type Opened = {
  uid: string;
  title: string;
  place: string;
  description: string;
  link: string;
  deadline: boolean;
  start: Moment;
  end: Moment;
  rule: string; // empty: once
  exceptions: boolean; // dates that were moved, changed, added or left out
  unreadRule: boolean; // it recurs in a way that isn't read here: only its first date is shown
  calendar: Component;
};

const events = (calendar: Component): Component[] => calendar.parts.filter((part) => part.name === 'VEVENT');
export const masterOf = (calendar: Component): Component => {
  const found = events(calendar);
  const master = found.find((event) => !find(event, 'RECURRENCE-ID')) ?? found[0];
  if (!master) throw new BadCalendar('VEVENT');
  return master;
};

function endOf(event: Component, start: Moment): Moment {
  const end = find(event, 'DTEND');
  if (end) return momentOf(end);
  const { days, ms } = lengthOf(value(event, 'DURATION') || (start.date ? 'P1D' : 'PT0S'));
  if (start.date) return { ...start, wall: start.wall + Math.max(1, days) * dayMs };
  const zone = start.zone || ownZone();
  return { ...start, wall: wallAt(zone, utcOf(zone, start.wall + days * dayMs) + ms) };
}
function startOf(event: Component): Moment {
  const line = find(event, 'DTSTART');
  if (!line) throw new BadCalendar('DTSTART');
  return momentOf(line);
}

// Only what leads to a page, never another kind of address.
export function webAddress(text: string): string {
  return /^https?:\/\/[^\s<>"]+$/i.test(text) ? text : '';
}

// Throws BadCalendar for what can't be read here.
export function open(text: string): Opened {
  const calendar = parse(text);
  const event = masterOf(calendar);
  const start = startOf(event);
  const words = (name: string) => unescaped(value(event, name));
  const rules = all(event, 'RRULE').map((line) => line.value);
  const links = ['CONFERENCE', 'X-GOOGLE-CONFERENCE', 'X-MICROSOFT-SKYPETEAMSMEETINGURL', 'URL'].map((name) =>
    webAddress(value(event, name)),
  );
  const strange = all(event, 'EXRULE').length > 0 || rules.length > 1 || rules.some((rule) => !ruleOf(rule));
  return {
    uid: value(event, 'UID'),
    title: words('SUMMARY'),
    place: words('LOCATION'),
    description: words('DESCRIPTION'),
    link: links.find((link) => link !== '') ?? '',
    deadline: all(event, 'CATEGORIES').some((line) => line.value.toUpperCase().split(',').includes('DEADLINE')),
    start,
    end: endOf(event, start),
    rule: rules[0] ?? '',
    exceptions: events(calendar).length > 1 || ['EXDATE', 'RDATE'].some((name) => find(event, name) !== undefined),
    unreadRule: strange,
    calendar,
  };
}

type Exception = { event: Component; id: Moment; key: number; onwards: boolean };

// One number for each date of a series: the instant, or the day of an all-day one.
function keyOf(series: Moment, moment: Moment): number {
  if (series.date) return moment.date ? moment.wall : Math.floor(moment.wall / dayMs) * dayMs;
  return moment.date ? utc({ ...series, wall: moment.wall + (series.wall % dayMs) }) : utc(moment);
}
const momentsOf = (event: Component, name: string): Moment[] =>
  all(event, name).flatMap((line) => line.value.split(',').map((part) => momentOf(line, part.split('/')[0])));

function exceptionsOf(opened: Opened): Exception[] {
  return events(opened.calendar).flatMap((event) => {
    const line = find(event, 'RECURRENCE-ID');
    if (!line) return [];
    const id = momentOf(line);
    return [{ event, id, key: keyOf(opened.start, id), onwards: parameter(line, 'RANGE') === 'THISANDFUTURE' }];
  });
}

function placed(event: Component, id: Moment, start: Moment, length: number): Occurrence {
  const zone = start.zone || ownZone();
  const from = utc(start);
  const end = start.date ? { ...start, wall: start.wall + length } : { ...start, wall: wallAt(zone, from + length) };
  return { title: unescaped(value(event, 'SUMMARY')), date: start.date, id, start, end, from, to: utc(end) };
}
// Of dates in days, else exact.
const spanOf = (event: Component): number => {
  const start = startOf(event);
  const end = endOf(event, start);
  return Math.max(0, start.date ? end.wall - start.wall : utc(end) - utc(start));
};

function datesOf(opened: Opened, event: Component, to: number): Map<number, Moment> {
  const dates = new Map<number, Moment>();
  const put = (wall: number) => {
    const moment = { ...opened.start, wall };
    dates.set(keyOf(opened.start, moment), moment);
  };
  const rule = opened.rule && !opened.unreadRule ? ruleOf(opened.rule) : undefined;
  const toUtc = (wall: number) => utc({ ...opened.start, wall });
  if (rule) for (const wall of starts(rule, opened.start.wall, to + 2 * dayMs, toUtc)) put(wall);
  else put(opened.start.wall);
  for (const moment of momentsOf(event, 'RDATE')) {
    const key = keyOf(opened.start, moment);
    dates.set(key, opened.start.date ? { ...moment, wall: key } : moment);
  }
  for (const moment of momentsOf(event, 'EXDATE')) dates.delete(keyOf(opened.start, moment));
  return dates;
}

// Those that touch [from, to), UTC; by their start, at most datesMax.
export function occurrences(opened: Opened, from: number, to: number): Occurrence[] {
  const master = masterOf(opened.calendar);
  const exceptions = exceptionsOf(opened);
  const series = !find(master, 'RECURRENCE-ID');
  const found: Occurrence[] = [];
  const take = (one: Occurrence) => {
    const touches = one.from < to && (one.to > from || (one.to === one.from && one.from >= from));
    if (touches && found.length < datesMax) found.push(one);
  };
  const own = new Set(exceptions.filter((exception) => !exception.onwards || !series).map(({ key }) => key));
  const later = exceptions.filter(({ onwards }) => onwards).sort((a, b) => a.key - b.key);
  if (series) {
    const span = spanOf(master);
    for (const [key, moment] of datesOf(opened, master, to)) {
      if (own.has(key)) continue;
      const changed = later.filter((exception) => exception.key <= key).at(-1);
      if (!changed) take(placed(master, moment, moment, span));
      else {
        const moved = startOf(changed.event);
        const start = { ...moved, wall: moved.wall + (moment.wall - changed.id.wall) };
        take(placed(changed.event, moment, start, spanOf(changed.event)));
      }
    }
  }
  for (const { event, id, key, onwards } of exceptions) {
    if (series && onwards) continue;
    if (value(event, 'STATUS').toUpperCase() === 'CANCELLED' && own.has(key)) continue;
    take(placed(event, id, startOf(event), spanOf(event)));
  }
  return found.sort((a, b) => a.from - b.from);
}

// The first of all, as a list without a window shows it.
export function first(opened: Opened): Occurrence {
  return placed(masterOf(opened.calendar), opened.start, opened.start, spanOf(masterOf(opened.calendar)));
}
