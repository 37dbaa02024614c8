// The events of the space with their objects read, and when they take place.
import { type Occurrence, occurrences, open, type Opened } from '../calendar/event.ts';
import type { OutgoingFile } from '../wire/commands.ts';
import type { CalendarEvent, EventVersion } from '../wire/views.ts';
import type { Space } from './space.svelte.ts';

export type Entry = { event: CalendarEvent; opened: Opened | undefined }; // undefined: its object can't be read here
export type Dated = Entry & { opened: Opened; at: Occurrence };

// By the object's own version: read once.
const read = new Map<string, Opened | undefined>();
export function openVersion(version: EventVersion): Opened | undefined {
  if (!read.has(version.id)) {
    let opened: Opened | undefined;
    try {
      opened = open(version.calendar);
    } catch {
      opened = undefined; // whatever another program wrote: it is shown by its title alone
    }
    read.set(version.id, opened);
  }
  return read.get(version.id);
}

export const standing = (event: CalendarEvent): EventVersion => event.versions.at(-1) as EventVersion;
// What came with an event stays with it when it is changed.
export function carried(event: CalendarEvent): OutgoingFile[] {
  return standing(event).files.map(({ name, media_type, content, version }) => ({
    name,
    media_type,
    bytes: content,
    version,
  }));
}
export function entry(event: CalendarEvent): Entry {
  return { event, opened: openVersion(standing(event)) };
}

// Every date of every event that touches [from, to).
export function within(space: Space, from: number, to: number): Dated[] {
  const dated: Dated[] = [];
  for (const event of space.events) {
    const { opened } = entry(event);
    if (opened) for (const at of occurrences(opened, from, to)) dated.push({ event, opened, at });
  }
  return dated.sort((a, b) => a.at.from - b.at.from || a.at.title.localeCompare(b.at.title));
}
