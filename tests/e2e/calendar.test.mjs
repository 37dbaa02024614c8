// Tests: client/cli/verbs/events.cpp client/cli/verbs/calendar.cpp client/cli/event_dates.cpp
// Tests: client/cli/event_show.cpp client/cli/calendar_files.cpp
// The calendar by the commands alone: two countries add, change and answer; two people change one event at once; files
// of other programs come in and go out.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Space, enter, foundNetwork, bin, run } from './harness.mjs';
import { join } from 'node:path';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const space = new Space();
const p = {};
const zone = ['--zone', 'America/Mexico_City'];
const listed = async (who, id) => (await who.all('event', 'list', ...zone)).find((e) => e.id === id);
const answers = (event) => Object.fromEntries(event.answers.map((a) => [a.country, a.answer]));

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    for (const code of ['MX', 'BR']) {
      await p.sec.do('country', 'add', code, '--name', code, '--status', 'member');
      p[code] = await enter(p.sec, space.person(`${code} titular`), ['--role', 'focal-point', '--country', code]);
    }
    await p.MX.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'MX,BR');
    await p.MX.do('channel', 'add', 'Comité', (await p.BR.do('whoami')).member);
  },
  { timeout: 60_000 },
);
after(() => space.end());

const reunion = ['event', 'add', 'Comité', 'Reunión', '--start', '2026-12-01T10:00', '--end', '2026-12-01T11:30'];

test("an event of one country stands in the other's list, on both clocks", async () => {
  const added = await p.BR.do(...reunion, '--zone', 'America/Sao_Paulo', '--where', 'Sala 2', '--remind', '1d');
  assert.ok(added.id && added.channel && added.seq > 0);
  p.id = added.id;
  const event = await listed(p.MX, p.id);
  assert.equal(event.title, 'Reunión');
  assert.equal(event.start, '2026-12-01T13:00:00Z');
  assert.equal(event.end, '2026-12-01T14:30:00Z');
  assert.equal(event.zone, 'America/Sao_Paulo');
  assert.equal(event.where, 'Sala 2');
  assert.deepEqual(event.reminders, ['2026-11-30T13:00:00Z']);
  const args = ['--home', p.MX.home, '--passphrase-file', p.MX.passphrase_file, '--lang', 'es'];
  const text = (await run(join(bin, 'encuentro'), [...args, 'event', 'list', ...zone])).stdout;
  assert.match(text, /ma 2026-12-01 10:00–11:30 America\/Sao_Paulo \(07:00–08:30 America\/Mexico_City\)/);
});

test('answers are counted by country', async () => {
  await p.MX.do('event', 'answer', p.id, 'tentative');
  await p.BR.do('event', 'answer', 'Reunión', 'attending');
  await p.MX.do('event', 'answer', p.id, 'declined');
  for (const who of [p.MX, p.BR])
    assert.deepEqual(answers(await listed(who, p.id)), { BR: 'attending', MX: 'declined' });
});

test('two people change one event at once: both see the same, and the next change settles it', async () => {
  // Without a server each changes what it holds; both changes wait and go out later.
  await Promise.all([p.MX.do('sync'), p.BR.do('sync')]);
  await space.stop('SIGKILL');
  const wait = ['--wait', '0.5'];
  assert.equal(await p.MX.refused('event', 'change', p.id, '--where', 'Sala 5', ...wait), 'queued');
  assert.equal(await p.BR.refused('event', 'change', p.id, '--title', 'Reunión larga', ...wait), 'queued');
  await space.start();
  await p.MX.do('sync');
  await p.BR.do('sync');
  const seen = [];
  for (const who of [p.MX, p.BR]) seen.push(await who.do('event', 'show', p.id, ...zone));
  assert.deepEqual(seen[0], seen[1]);
  assert.equal(seen[0].conflict, true);
  assert.equal(seen[0].title, 'Reunión larga');
  assert.equal(seen[0].where, 'Sala 2');
  assert.deepEqual(
    seen[0].history.map((h) => [h.act, h.country, h.displaced, h.changes.map((c) => `${c.property}: ${c.after}`)]),
    [
      ['add', 'BR', false, []],
      ['change', 'MX', true, ['LOCATION: Sala 5']],
      ['change', 'BR', false, ['SUMMARY: Reunión larga']],
    ],
  );
  await p.MX.do('event', 'change', p.id, '--where', 'Sala 5');
  const settled = await p.BR.do('event', 'show', p.id, ...zone);
  assert.equal(settled.conflict, false);
  assert.equal(settled.where, 'Sala 5');
});

test('a series: one date moved, later ones changed, one taken out, and the answer of before is told so', async () => {
  const rule = ['--rrule', 'FREQ=WEEKLY;COUNT=6', '--zone', 'America/Sao_Paulo'];
  const { id } = await p.BR.do('event', 'add', 'Comité', 'Serie', '--start', '2027-01-05T09:00', ...rule);
  await p.MX.do('event', 'answer', id, 'attending');
  await p.MX.do('event', 'change', id, '--date', '2027-01-12', '--start', '2027-01-13T15:00');
  await p.BR.do('event', 'change', id, '--date', '2027-01-26', '--onwards', '--start', '2027-01-26T10:00');
  await p.BR.do('event', 'cancel', id, '--date', '2027-02-02');
  const dates = await p.MX.all('event', 'list', '--from', '2027-01-01', '--to', '2027-03-01', ...zone);
  assert.deepEqual(
    dates.filter((e) => e.id === id).map((e) => e.start),
    [
      '2027-01-05T12:00:00Z',
      '2027-01-13T18:00:00Z',
      '2027-01-19T12:00:00Z',
      '2027-01-26T13:00:00Z',
      '2027-02-09T13:00:00Z',
    ],
  );
  assert.equal(dates.at(-1).answers[0].people[0].before_change, true);
});

test('a deadline shows the time in the capital and warns of a weekend', async () => {
  const at = ['--deadline', '--start', '2026-12-05T23:00', '--zone', 'America/Mexico_City'];
  const { id } = await p.MX.do('event', 'add', 'Comité', 'Entrega', ...at);
  const mine = await listed(p.BR, id);
  assert.equal(mine.deadline, true);
  assert.equal(mine.capital_zone, 'America/Sao_Paulo');
  assert.equal(mine.capital_time, '20261206T020000');
  assert.equal(mine.weekend, true);
  await p.MX.do('event', 'cancel', id);
  assert.equal((await listed(p.BR, id)).status, 'cancelled');
});

test('a file of another program comes in, is known again, and goes out with nothing lost', async () => {
  const file = join(space.folder, 'outlook.ics');
  const text = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN',
    'VERSION:2.0',
    'X-MS-OLK-FORCEINSPECTOROPEN:TRUE',
    'BEGIN:VEVENT',
    'UID:040000008200E00074C5B7101A82E008',
    'SUMMARY;LANGUAGE=es-ar:Videoconferencia',
    'DTSTART;TZID="E. South America Standard Time":20261207T140000',
    'DTEND;TZID="E. South America Standard Time":20261207T150000',
    'X-MICROSOFT-CDO-BUSYSTATUS:BUSY',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  writeFileSync(file, text);
  const [brought] = await p.MX.all('event', 'import', 'Comité', file);
  assert.ok(brought.id && brought.unchanged === false);
  assert.equal((await p.BR.all('event', 'import', 'Comité', file))[0].unchanged, true);
  const event = await listed(p.BR, brought.id);
  assert.equal(event.start, '2026-12-07T17:00:00Z');
  const out = await run(join(bin, 'encuentro'), p.BR.args(['event', 'export', 'Comité']));
  const unfolded = out.stdout.replaceAll('\r\n ', '');
  for (const line of text.split('\r\n').slice(3, -2)) assert.ok(unfolded.includes(`${line}\r\n`), line);
  assert.match(out.stdout, /SUMMARY:Reunión larga\r\n/);
});

test('what comes is listed at its next date; watch tells a reminder when it is due', async () => {
  const stamp = (ms) => new Date(ms).toISOString().replace('.000', '');
  const ical = (ms) => stamp(ms).replace(/[-:]/g, '');
  // A series that began yesterday; today's date is in two hours, and its reminder due soon: three commands come before.
  const due = Math.ceil(Date.now() / 1000) * 1000 + 10_000;
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:pronto', 'SUMMARY:Pronto'];
  lines.push(`DTSTAMP:${ical(due)}`, `DTSTART:${ical(due + 72e5 - 864e5)}`, 'RRULE:FREQ=DAILY;COUNT=5');
  lines.push('BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT2H', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR', '');
  const file = join(space.folder, 'pronto.ics');
  writeFileSync(file, lines.join('\r\n'));
  const [{ id }] = await p.BR.all('event', 'import', 'Comité', file);
  await p.MX.do('sync');
  const watching = p.MX.follow('watch');
  const told = await watching.until((line) => line.kind === 'reminder' && line.id === id);
  assert.equal(told.due, stamp(due));
  assert.equal(told.start, stamp(due + 72e5));
  assert.ok(Date.now() >= due && Date.now() < due + 5_000);
  await watching.end();
  assert.equal(watching.seen.filter((line) => line.kind === 'reminder').length, 1);

  const past = await p.BR.do('event', 'add', 'Comité', 'Pasado', '--start', '2020-01-01T10:00Z');
  const next = await p.MX.all('event', 'list', '--upcoming', ...zone);
  assert.deepEqual(
    next.filter((e) => e.id === id || e.id === past.id).map((e) => e.start),
    [stamp(due + 72e5)],
  );
  assert.deepEqual(
    next.map((e) => e.start),
    next.map((e) => e.start).sort(),
  );
});

test('a hostile file is refused by name', async () => {
  const file = join(space.folder, 'hostile.ics');
  writeFileSync(file, 'BEGIN:VCALENDAR\r\n' + 'BEGIN:VEVENT\r\n'.repeat(50));
  assert.equal(await p.MX.refused('event', 'import', 'Comité', file), 'too_large');
  writeFileSync(file, 'no calendar');
  assert.equal(await p.MX.refused('event', 'import', 'Comité', file), 'malformed');
});

test('export writes the calendar beside the conversation', async () => {
  const folder = join(space.folder, 'export');
  await p.BR.do('export', folder);
  const files = readdirSync(folder, { recursive: true }).filter((f) => f.endsWith('.ics'));
  assert.equal(files.length, 1);
  assert.match(readFileSync(join(folder, files[0]), 'utf8'), /SUMMARY:Serie\r\n/);
});
