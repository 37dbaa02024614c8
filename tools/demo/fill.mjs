// Fills the demonstration's calendars and libraries. Every step looks whether it is done already.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveFiles, calendarFile } from './library.mjs';
import { calendar, committee, committee_calendar, guide, history, initiatives } from './texts.mjs';

const board_of = async (who, admits) =>
  (await who.all('channel', 'list')).find((c) => c.kind === 'board' && c.roles.includes('alumni') === admits).id;

async function fillBoards(secretariat, network, scratch) {
  const [general, points] = [await board_of(secretariat, true), await board_of(secretariat, false)];
  const file = join(scratch, 'Red.ics');
  writeFileSync(file, calendarFile(calendar));
  await secretariat.all('event', 'import', general, file); // what is there already stays as it is
  const there = new Set((await secretariat.all('doc', 'list', points)).map((d) => d.name));
  for (const { name, text } of archiveFiles(history, initiatives, network.countries)) {
    if (there.has(name)) continue;
    writeFileSync(join(scratch, name), text);
    await secretariat.do('doc', 'put', points, join(scratch, name), '--folder', 'Archivo');
  }
}

/** What the report of 2018 tells, filed by the Secretariat and confirmed by each country's focal point. A country with
 * a joint voice has one person here, so its own stay drafts. */
async function fillArchive(secretariat, present, scratch) {
  const points = await board_of(secretariat, false);
  const here = initiatives.filter((i) => i.country === '*' || present[i.country]);
  const file = join(scratch, 'iniciativas.json');
  writeFileSync(file, JSON.stringify(here));
  await secretariat.all('initiative', 'import', points, file); // what is there already stays as it is
  const drafts = await secretariat.all('initiative', 'list', points, '--state', 'draft');
  for (const [code, who] of Object.entries(present)) {
    const own = drafts.filter((i) => i.country === code && i.confirmed_by.length === 0);
    if (own.length > 0) await who.all('initiative', 'confirm', ...own.map((i) => i.id));
  }
}

async function fillMeetings(secretariat) {
  const points = await board_of(secretariat, false);
  const there = new Map((await secretariat.all('meeting', 'list')).map((m) => [m.title, m]));
  for (const { number, date, city, host } of history.meetings.filter((m) => m.date >= '2016-11')) {
    const title = `Reunión de Puntos Focales n.º ${number}`;
    const [start, end] = date.split('/');
    const days = ['--start', start, '--end', end, '--place', city, '--host', host];
    const { id } = there.get(title) ?? (await secretariat.do('meeting', 'add', points, title, ...days));
    const decided = new Set((there.get(title)?.decisions ?? []).map((d) => d.title));
    for (const { what, rule } of history.adopted.filter((a) => a.meeting === number))
      if (!decided.has(what)) await secretariat.do('meeting', 'decide', id, what, { input: rule });
  }
}

/** YYYY-MM-DD, so many days from now, moved on to a Tuesday. */
function tuesday_in(days) {
  const day = new Date(Date.now() + days * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((9 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

async function fillCommitteeCalendar({ XA, XB }) {
  const listed = await XA.all('event', 'list', committee.title, '--from', '2018-01-01');
  const titled = (title) => listed.find((event) => event.title === title);
  const zone = ['--zone', 'America/Argentina/Buenos_Aires'];
  const [title, description, link] = committee_calendar.meeting;
  if (!titled(title)) {
    const when = ['--start', `${tuesday_in(2)}T15:00`, '--end', `${tuesday_in(2)}T16:00`, ...zone];
    const how = ['--rrule', 'FREQ=WEEKLY;COUNT=6', '--link', link, '--description', description, '--remind', '1d'];
    const { id } = await XA.do('event', 'add', committee.title, title, ...when, ...how);
    await XB.do('event', 'answer', id, 'attending');
  }
  if (!titled(committee_calendar.deadline)) {
    const when = ['--start', `${tuesday_in(16)}T18:00`, ...zone, '--deadline'];
    await XA.do('event', 'add', committee.title, committee_calendar.deadline, ...when);
  }
}

async function fillCommitteeLibrary({ XA, XB }, scratch) {
  const put = (who, text, ...more) => {
    writeFileSync(join(scratch, guide.name), text);
    return who.do('doc', 'put', committee.title, join(scratch, guide.name), '--folder', guide.folder, ...more);
  };
  const found = (await XA.all('doc', 'list', committee.title)).find((d) => d.name === guide.name);
  let versions = found ? await XA.all('doc', 'versions', found.id) : [];
  if (versions.length === 0) {
    await put(XA, guide.first, '--symbol', guide.symbol);
    versions = await XA.all('doc', 'versions', guide.name);
  }
  if (versions.length === 1) {
    await put(XB, guide.second, '--symbol', `${guide.symbol}/Rev.1`, '--note', guide.note);
    versions = await XA.all('doc', 'versions', guide.name);
  }
  const { id, comments } = versions.at(-1);
  if (comments.length === 0) await XA.do('doc', 'comment', id, { input: guide.comment });
}

export async function fill(secretariat, present, network, folder) {
  const scratch = join(folder, 'archivos');
  mkdirSync(scratch, { recursive: true });
  await fillBoards(secretariat, network, scratch);
  await fillArchive(secretariat, present, scratch);
  await fillMeetings(secretariat);
  await fillCommitteeCalendar(present);
  await fillCommitteeLibrary(present, scratch);
}
