// What the page does to an event: makes it, changes it whole, calls it off; properties nobody named stay as they were
// (client/calendar/event_edit.h). And files of other programs, in and out.
import { masterOf, type Moment } from './event.ts';
import {
  BadCalendar,
  type Component,
  copy,
  erase,
  escaped,
  find,
  parameter,
  parse,
  print,
  set,
  value,
} from './lines.ts';
import { isZone, timezone } from './zones.ts';

const yearMs = 366 * 86_400_000;
// How far the changes of a zone's clock are written for programs that don't know its name.
const zoneYears = 6;

export type Words = {
  title: string;
  place: string;
  link: string;
  description: string;
  start: Moment;
  end: Moment; // of dates: the day after the last
  rule?: string;
};

const stamp = (utc: number): string => new Date(utc).toISOString().replace(/[-:]|\.\d+/g, '');
const product = '-//Encuentro//Encuentro//ES';

function setMoment(event: Component, name: string, { wall, date, zone }: Moment): void {
  const text = stamp(wall).slice(0, date ? 8 : 15);
  if (date) set(event, name, text, ';VALUE=DATE');
  else if (zone === 'UTC') set(event, name, `${text}Z`);
  else set(event, name, text, zone && `;TZID=${zone}`);
}
function setText(event: Component, name: string, text: string): void {
  if (text) set(event, name, escaped(text));
  else erase(event, name);
}
function setWords(event: Component, words: Words): void {
  setText(event, 'SUMMARY', words.title);
  setText(event, 'LOCATION', words.place);
  setText(event, 'DESCRIPTION', words.description);
  erase(event, 'CONFERENCE');
  if (words.link) set(event, 'CONFERENCE', words.link, ';VALUE=URI;FEATURE=AUDIO,VIDEO');
  setMoment(event, 'DTSTART', words.start);
  erase(event, 'DURATION');
  setMoment(event, 'DTEND', words.end);
  if (words.rule === '') erase(event, 'RRULE');
  else if (words.rule) set(event, 'RRULE', words.rule);
}

// Each zone that is named has its VTIMEZONE; those nobody names any more go.
function setZones(calendar: Component): void {
  const named = new Map<string, number>();
  for (const event of calendar.parts.filter((part) => part.name === 'VEVENT')) {
    const start = find(event, 'DTSTART');
    for (const line of event.lines) {
      const zone = parameter(line, 'TZID');
      if (zone && !named.has(zone)) named.set(zone, start ? Date.parse(isoDay(start.value)) : 0);
    }
  }
  const kept = calendar.parts.filter((part) => part.name !== 'VTIMEZONE' || named.has(value(part, 'TZID')));
  const there = new Set(kept.filter((part) => part.name === 'VTIMEZONE').map((part) => value(part, 'TZID')));
  const fresh = [...named].filter(([zone]) => !there.has(zone) && isZone(zone));
  calendar.parts = [
    ...fresh.map(([zone, from]) => timezone(zone, from - yearMs, from + zoneYears * yearMs) as Component),
    ...kept,
  ];
}
const isoDay = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;

// A new edition (RFC 5545 §3.8.7.4): programs that hold an older one take this.
function renew(event: Component, now: number): void {
  const sequence = Number.parseInt(value(event, 'SEQUENCE') || '0', 10);
  set(event, 'SEQUENCE', String(Math.min(Number.isFinite(sequence) ? Math.max(0, sequence) : 0, 1_000_000) + 1));
  set(event, 'DTSTAMP', stamp(now));
  set(event, 'LAST-MODIFIED', stamp(now));
}

export type Made = { uid: string; title: string; calendar: string };
const made = (calendar: Component): Made => {
  const event = masterOf(calendar);
  const title = value(event, 'SUMMARY')
    .replace(/\\([\\;,])/g, '$1')
    .replace(/\\n/gi, ' ');
  return { uid: value(event, 'UID'), title: shortTitle(title), calendar: print(calendar) };
};
// As much of a title as a record takes (512 bytes), whole characters only.
function shortTitle(title: string): string {
  let short = title;
  while (new TextEncoder().encode(short).length > 512) short = [...short].slice(0, -1).join('');
  return short;
}

export function make(words: Words, now: number): Made {
  const random = crypto.getRandomValues(new Uint8Array(16));
  const uid = `${[...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')}@encuentro`;
  const lines = [
    { name: 'UID', parameters: '', value: uid },
    { name: 'DTSTAMP', parameters: '', value: stamp(now) },
    { name: 'CREATED', parameters: '', value: stamp(now) },
    { name: 'SEQUENCE', parameters: '', value: '0' },
  ];
  const event: Component = { name: 'VEVENT', lines, parts: [] };
  setWords(event, words);
  const calendar: Component = {
    name: 'VCALENDAR',
    lines: [
      { name: 'VERSION', parameters: '', value: '2.0' },
      { name: 'PRODID', parameters: '', value: product },
    ],
    parts: [event],
  };
  setZones(calendar);
  return made(calendar);
}

export function change(before: Component, words: Words, now: number): Made {
  const calendar = copy(before);
  const event = masterOf(calendar);
  setWords(event, words);
  renew(event, now);
  setZones(calendar);
  return made(calendar);
}

export function cancel(before: Component, now: number): Made {
  const calendar = copy(before);
  for (const event of calendar.parts.filter((part) => part.name === 'VEVENT')) {
    set(event, 'STATUS', 'CANCELLED');
    renew(event, now);
  }
  return made(calendar);
}

// The events of a file, an object for each UID with the zones it names; what is no event is counted.
export function ofFile(text: string): { objects: Made[]; others: number } {
  const file = parse(text);
  const byUid = new Map<string, Component[]>();
  let others = 0;
  for (const part of file.parts) {
    if (part.name === 'VTIMEZONE') continue;
    if (part.name !== 'VEVENT' || !value(part, 'UID')) others++;
    else byUid.set(value(part, 'UID'), [...(byUid.get(value(part, 'UID')) ?? []), part]);
  }
  const zones = file.parts.filter((part) => part.name === 'VTIMEZONE');
  const lines = file.lines.filter(({ name }) => ['VERSION', 'PRODID', 'CALSCALE'].includes(name));
  const objects = [...byUid.values()].map((events) => {
    const named = new Set(events.flatMap((event) => event.lines.map((line) => parameter(line, 'TZID'))));
    const own = zones.filter((zone) => named.has(value(zone, 'TZID')));
    return made({ name: 'VCALENDAR', lines, parts: [...own, ...events] });
  });
  if (objects.length === 0) throw new BadCalendar('no events');
  return { objects, others };
}

// One calendar of all, for another program; zones that several name stand once.
export function toFile(calendars: Component[], title: string): string {
  const zones = new Map<string, Component>();
  const events: Component[] = [];
  for (const part of calendars.flatMap((calendar) => calendar.parts)) {
    if (part.name === 'VTIMEZONE') zones.set(value(part, 'TZID'), zones.get(value(part, 'TZID')) ?? part);
    else events.push(part);
  }
  const lines = [
    { name: 'VERSION', parameters: '', value: '2.0' },
    { name: 'PRODID', parameters: '', value: product },
    ...(title ? [{ name: 'X-WR-CALNAME', parameters: '', value: escaped(title) }] : []),
  ];
  return print({ name: 'VCALENDAR', lines, parts: [...zones.values(), ...events] });
}
