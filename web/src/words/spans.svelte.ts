// When something takes place, in the language in use: on this computer's clock, and on the event's.
import type { Moment, Occurrence } from '../calendar/event.ts';
import { ownZone } from '../calendar/zones.ts';
import { language } from './language.svelte.ts';

const dayMs = 86_400_000;
const dayForm = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const timeForm = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

// From beginning to end on the clock of `zone`; whole days without any.
export function spanText({ date, start, end, from, to }: Occurrence, zone = ownZone()): string {
  if (date) {
    const format = new Intl.DateTimeFormat(language.locale, { ...dayForm, timeZone: 'UTC' });
    return format.formatRange(start.wall, Math.max(start.wall, end.wall - dayMs));
  }
  const format = new Intl.DateTimeFormat(language.locale, { ...dayForm, ...timeForm, timeZone: zone });
  return to > from ? format.formatRange(from, to) : format.format(from);
}

// The hour it begins on this computer's clock; nothing of whole days.
export function hourText({ date, from }: Occurrence): string {
  return date ? '' : new Date(from).toLocaleTimeString(language.locale, timeForm);
}

// "Santiago (GMT-3)": the zone by its city, as it stands then.
export function zoneText(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat(language.locale, { timeZone: zone, timeZoneName: 'shortOffset' });
  const offset = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  return city === offset ? city : `${city} (${offset})`;
}

// Whether the event's own clock shows another time than this computer's.
export function onOtherClock({ date, start, from }: Occurrence): boolean {
  const zone = zoneOf(start);
  if (date || zone === ownZone()) return false;
  return clock(from, zone) !== clock(from, ownZone());
}
export const zoneOf = ({ zone }: Moment): string => zone || ownZone();
const clock = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);

export function longDay(ms: number): string {
  return new Date(ms).toLocaleDateString(language.locale, { weekday: 'long', day: 'numeric', month: 'long' });
}
export function monthName(ms: number): string {
  const name = new Date(ms).toLocaleDateString(language.locale, { month: 'long', year: 'numeric' });
  return name.charAt(0).toLocaleUpperCase(language.locale) + name.slice(1);
}
// Monday first.
export function weekdays(style: 'short' | 'long'): string[] {
  const monday = Date.UTC(2026, 0, 5);
  const format = new Intl.DateTimeFormat(language.locale, { weekday: style, timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => format.format(monday + index * dayMs));
}
