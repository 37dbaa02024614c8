// Fills the demonstration's calendars and libraries. Every step looks whether it is done already.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveFiles, calendarFile } from './library.mjs';
import { agenda, calendar, committee, committee_calendar, communique, guide, history, initiatives } from './texts.mjs';

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

/** What the report of 2018 tells, drawn up by the Secretariat as drafts that each country alone sees, and confirmed by
 * its focal points: both of a country with a joint voice, its first once more where the words then stand for all. */
async function fillArchive(secretariat, present, scratch) {
  const points = await board_of(secretariat, false);
  const here = initiatives.filter((i) => i.country === '*' || present[i.country]);
  const file = join(scratch, 'iniciativas.json');
  writeFileSync(file, JSON.stringify(here));
  await secretariat.all('initiative', 'import', points, file); // what is there already stays as it is
  const drafts = (await secretariat.all('initiative', 'list')).filter((i) => i.drafts);
  for (const code of new Set(drafts.map((i) => i.country))) {
    const ids = drafts.filter((i) => i.country === code).map((i) => i.id);
    const second = present[`${code}-2`];
    for (const who of [present[code], ...(second ? [second, present[code]] : [])])
      await who.all('initiative', 'confirm', ...ids);
  }
}

/** The meetings since the launch, some known by their month only. Who was there isn't in the source: the host is named
 * and, invented, countries A and B. The agenda is invented too and says so. */
async function fillMeetings(secretariat, network, scratch) {
  const points = await board_of(secretariat, false);
  const known = new Set(network.countries.map((c) => c.code));
  const there = new Map((await secretariat.all('meeting', 'list')).map((m) => [m.title, m]));
  const documents = new Set((await secretariat.all('doc', 'list', points)).map((d) => d.name));
  for (const { number, date, city_es: city, host } of history.meetings) {
    const title = number === 'launch' ? 'Lanzamiento de la Red' : `Reunión de Puntos Focales n.º ${number}`;
    const [start, end = start] = date.split('/');
    const days = ['--start', start, '--end', end, '--place', city, '--host', host];
    const { id } = there.get(title) ?? (await secretariat.do('meeting', 'add', points, title, ...days));
    const present = ['XA', 'XB', ...(known.has(host) ? [host] : [])];
    if ((there.get(title)?.countries ?? []).length === 0) await secretariat.do('meeting', 'attend', id, ...present);
    const name = `Orden del día, ${title.toLowerCase()}.md`;
    if (!documents.has(name)) {
      writeFileSync(join(scratch, name), agenda);
      await secretariat.do('doc', 'put', points, join(scratch, name), '--folder', 'Reuniones');
    }
    if ((there.get(title)?.documents ?? []).length === 0) await secretariat.do('meeting', 'document', id, name);
    const decided = new Set((there.get(title)?.decisions ?? []).map((d) => d.title));
    for (const { what_es: what, rule_es: rule } of history.adopted.filter((a) => a.meeting === number))
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

/** A communiqué of the two invented countries in both of its authentic languages, the texts frozen. */
async function fillCommunique({ XA }, scratch) {
  const { folder, symbol, versions } = communique;
  const there = new Map((await XA.all('doc', 'list', committee.title)).map((d) => [d.name, d]));
  for (const [place, { name, language, text }] of versions.entries()) {
    const of = place === 0 ? [] : ['--translates', versions[0].name];
    writeFileSync(join(scratch, name), text);
    const more = ['--folder', folder, '--symbol', symbol, '--language', language, ...of];
    if (!there.has(name)) await XA.do('doc', 'put', committee.title, join(scratch, name), ...more);
    const [version] = await XA.all('doc', 'versions', name);
    if (!version.frozen) await XA.do('doc', 'freeze', name);
  }
}

export async function fill(secretariat, present, network, folder) {
  const scratch = join(folder, 'archivos');
  mkdirSync(scratch, { recursive: true });
  await fillBoards(secretariat, network, scratch);
  await fillArchive(secretariat, present, scratch);
  await fillMeetings(secretariat, network, scratch);
  await fillCommitteeCalendar(present);
  await fillCommitteeLibrary(present, scratch);
  await fillCommunique(present, scratch);
}
