// A channel's events in a copy: one .ics for another calendar, and what iCalendar has no room for beside.
import { toFile } from '../calendar/edit.ts';
import { open, type Opened, utc } from '../calendar/event.ts';
import type { Moment } from '../calendar/event.ts';
import { Attendance, type CalendarEvent, EventAct, type EventVersion } from '../wire/views.ts';
import { attachmentsJson } from './items.ts';
import { authorJson, utcTime } from './words.ts';

const word = (words: Record<string, number>, number: number): string =>
  Object.keys(words).find((name) => words[name] === number) ?? '';
const timeText = (moment: Moment): string =>
  moment.date ? new Date(moment.wall).toISOString().slice(0, 10) : utcTime(utc(moment));

function opened({ calendar }: EventVersion): Opened | undefined {
  try {
    return open(calendar);
  } catch {
    return undefined; // another program's: it stands by its title alone
  }
}
const newest = ({ versions }: CalendarEvent): EventVersion => versions.at(-1) as EventVersion;

export function calendarText(events: CalendarEvent[], heading: string): string {
  return toFile(
    events.flatMap((event) => opened(newest(event))?.calendar ?? []),
    heading,
  );
}

function placeJson(object: Opened | undefined) {
  if (!object) return { start: null, end: null };
  return {
    start: timeText(object.start),
    end: timeText(object.end),
    all_day: object.start.date,
    zone: object.start.zone,
    where: object.place,
    link: object.link,
    description: object.description,
    ...(object.rule && { rrule: object.rule }),
    ...(object.deadline && { deadline: true }),
  };
}

export function calendarJson(events: CalendarEvent[]) {
  return events.map((event) => {
    const version = newest(event);
    return {
      id: event.id,
      channel: event.channel,
      version: version.id,
      uid: event.uid,
      title: version.title,
      ...placeJson(opened(version)),
      author: event.versions[0]?.author.member,
      changed_by: version.author.member,
      status: event.cancelled ? 'cancelled' : 'confirmed',
      conflict: event.conflict,
      waiting: version.waiting,
      countries: event.countries.map(({ country, attendance }) => ({ country, answer: word(Attendance, attendance) })),
      answers: event.answers.map(({ author, time, attendance }) => ({
        ...authorJson(author),
        answer: word(Attendance, attendance),
        time: utcTime(time),
      })),
      attachments: attachmentsJson(version.files),
      history: event.versions.map((one) => ({
        version: one.id,
        act: word(EventAct, one.act),
        ...authorJson(one.author),
        time: utcTime(one.time),
        displaced: one.displaced,
        title: one.title,
      })),
    };
  });
}
