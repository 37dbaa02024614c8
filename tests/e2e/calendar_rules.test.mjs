// When series take place, by libical in the command and by ical.js here, from 2010 to 2024 over the daylight-saving
// changes of three zones. ical.js gives the times on the wall; Node's own zones turn them into instants.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, foundNetwork } from './harness.mjs';

const ICAL = createRequire(new URL('../../tools/node/package.json', import.meta.url))('ical.js');
const zones = ['America/Sao_Paulo', 'America/Santiago', 'America/Mexico_City'];
const [from, to] = ['2010-01-01', '2024-12-31'];
const rules = [
  'FREQ=DAILY;INTERVAL=9',
  'FREQ=DAILY;COUNT=120',
  'FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,TH',
  'FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TU;WKST=SU;UNTIL=20150601T120000Z',
  'FREQ=MONTHLY;BYDAY=2TU',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=MONTHLY;BYMONTHDAY=-1',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
  'FREQ=YEARLY;BYMONTH=2,10;BYDAY=3SU',
  'FREQ=YEARLY;BYMONTH=4,9;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU',
  'FREQ=YEARLY;INTERVAL=2;BYYEARDAY=100,300',
];

const event = (...lines) => ['BEGIN:VEVENT', 'DTSTAMP:20100101T000000Z', ...lines, 'END:VEVENT'];
const series = (uid, zone, start, rule, ...more) =>
  event(`UID:${uid}`, `SUMMARY:${uid}`, `DTSTART;TZID=${zone}:${start}`, 'DURATION:PT1H', `RRULE:${rule}`, ...more);

/** The rules in each zone, half past midnight and at nine: the clocks of Brazil went forward at midnight. */
function calendars() {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//tests//ES'];
  for (const zone of zones) {
    const at = (time, property = 'DTSTART') => `${property};TZID=${zone}:${time}`;
    const start = (i) => `20100104T${i % 2 ? '003000' : '090000'}`;
    rules.forEach((rule, i) => lines.push(...series(`${zone} ${i}`, zone, start(i), rule)));
    const uid = `${zone} exceptions`;
    const weekly = 'FREQ=WEEKLY;INTERVAL=8';
    lines.push(...series(uid, zone, '20120103T100000', weekly, at('20120424T100000', 'EXDATE')));
    lines.push(...event(`UID:${uid}`, at('20120228T100000', 'RECURRENCE-ID'), at('20120301T150000'), 'DURATION:PT1H'));
    const onwards = at('20140617T100000', 'RECURRENCE-ID;RANGE=THISANDFUTURE');
    lines.push(...event(`UID:${uid}`, onwards, at('20140618T113000'), 'DURATION:PT2H'));
  }
  return [...lines, 'END:VCALENDAR', ''].join('\r\n');
}

const formats = Object.fromEntries(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'medium' }),
  ]),
);
function offset(zone, utc) {
  const part = Object.fromEntries(formats[zone].formatToParts(utc).map((p) => [p.type, Number(p.value)]));
  return Date.UTC(2000 + part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - utc;
}
/** RFC 5545 §3.3.5: of two the first, and in a gap with the offset before it. */
function instant(zone, wall) {
  const [before, after] = [offset(zone, wall - 864e5), offset(zone, wall + 864e5)];
  const fits = [before, after].find((o) => offset(zone, wall - o) === o);
  return new Date(wall - (fits ?? before)).toISOString().replace('.000', '');
}

/** uid → the starts within the window, by ical.js. */
function expected(text) {
  const root = new ICAL.Component(ICAL.parse(text));
  const all = root.getAllSubcomponents('vevent');
  const starts = new Map();
  for (const master of all.filter((c) => !c.hasProperty('recurrence-id'))) {
    const uid = master.getFirstPropertyValue('uid');
    const zone = uid.split(' ')[0];
    const exceptions = all.filter((c) => c.hasProperty('recurrence-id') && c.getFirstPropertyValue('uid') === uid);
    const read = new ICAL.Event(master, { exceptions });
    const dates = read.iterator();
    const found = [];
    for (let next = dates.next(); next && next.year < 2026; next = dates.next()) {
      const { startDate: s } = read.getOccurrenceDetails(next);
      found.push(instant(zone, Date.UTC(s.year, s.month - 1, s.day, s.hour, s.minute, s.second)));
    }
    const [first, last] = [instant(zones[2], Date.parse(from)), instant(zones[2], Date.parse(to) + 864e5)];
    starts.set(uid, found.filter((s) => s >= first && s < last).sort());
  }
  return starts;
}

const space = new Space();
before(() => space.start());
after(() => space.end());

test('libical and ical.js name the same instants', { timeout: 120_000 }, async () => {
  const sec = await foundNetwork(space);
  await sec.do('channel', 'create', 'Agenda', '--kind', 'network');
  const text = calendars();
  const file = join(space.folder, 'rules.ics');
  writeFileSync(file, text);
  const want = expected(text);
  assert.equal((await sec.all('event', 'import', 'Agenda', file)).length, want.size);
  const got = new Map([...want.keys()].map((uid) => [uid, []]));
  const listed = await sec.all('event', 'list', '--from', from, '--to', to, '--zone', zones[2], '--offline');
  for (const date of listed) got.get(date.uid).push(date.start);
  for (const [uid, starts] of want) assert.deepEqual(got.get(uid).sort(), starts, uid);
  assert.ok(listed.length > 3000, `only ${listed.length}`);
});
