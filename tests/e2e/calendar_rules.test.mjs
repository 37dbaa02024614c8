// When series take place, by libical in the command and by ical.js here, from 2010 to 2024 over the daylight-saving
// changes of three zones. ical.js gives the times on the wall; Node's own zones turn them into instants. Then they are
// edited by our verbs, and what goes out is read by ical.js again; and other programs' files come out as they went in.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, bin, foundNetwork, run } from './harness.mjs';

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
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
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
      // Its own zone, once the text names it; the rules of before are imported without.
      const own = s.zone && zones.includes(s.zone.tzid) ? s.zone.tzid : zone;
      found.push(instant(own, Date.UTC(s.year, s.month - 1, s.day, s.hour, s.minute, s.second)));
    }
    const [first, last] = [instant(zones[2], Date.parse(from)), instant(zones[2], Date.parse(to) + 864e5)];
    starts.set(uid, found.filter((s) => s >= first && s < last).sort());
  }
  return starts;
}

const space = new Space();
let sec;
before(async () => {
  await space.start();
  sec = await foundNetwork(space);
});
after(() => space.end());

/** Imports the text into a channel of its own, and compares what is listed there with what ical.js reads. */
async function brought(channel, text) {
  await sec.do('channel', 'create', channel, '--kind', 'network');
  const file = join(space.folder, `${channel}.ics`);
  writeFileSync(file, text);
  return sec.all('event', 'import', channel, file);
}
async function listed(channel, uids) {
  const got = new Map([...uids].map((uid) => [uid, []]));
  const window = ['--from', from, '--to', to, '--zone', zones[2], '--offline'];
  for (const date of await sec.all('event', 'list', channel, ...window)) got.get(date.uid).push(date.start);
  for (const starts of got.values()) starts.sort();
  return got;
}
async function exported(channel) {
  const out = await run(join(bin, 'encuentro'), sec.args(['event', 'export', channel]));
  assert.equal(out.code, 0, out.stderr);
  return out.stdout;
}

test('libical and ical.js name the same instants', { timeout: 120_000 }, async () => {
  const text = calendars();
  const want = expected(text);
  assert.equal((await brought('Agenda', text)).length, want.size);
  const got = await listed('Agenda', want.keys());
  for (const [uid, starts] of want) assert.deepEqual(got.get(uid), starts, uid);
  const all = [...got.values()].flat();
  assert.ok(all.length > 3000, `only ${all.length}`);
});

/** Series of the years in which each zone's rules were changed, every fourteen days, and where its dates lie. */
const edits = [
  ['America/Sao_Paulo', '20170905T233000'],
  ['America/Santiago', '20220816T233000'],
  ['America/Mexico_City', '20220816T003000'],
];
const fortnight = 14 * 864e5;
const day = (wall) => new Date(wall).toISOString().slice(0, 10);
const minute = (wall) => new Date(wall).toISOString().slice(0, 16);

test('what our verbs make of a series is to ical.js what was asked for', { timeout: 300_000 }, async () => {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//tests//ES'];
  for (const [zone, start] of edits) {
    lines.push(...series(`${zone} edited`, zone, start, 'FREQ=WEEKLY;INTERVAL=2;COUNT=24', 'LOCATION:Sala'));
  }
  const made = await brought('Edición', [...lines, 'END:VCALENDAR', ''].join('\r\n'));
  for (const [place, [zone, start]] of edits.entries()) {
    const { id, uid } = made[place];
    const first = Date.parse(start.replace(/(....)(..)(..)T(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z'));
    // The model: each date on the wall of its zone, by its place in the series.
    let dates = Array.from({ length: 24 }, (_, i) => ({
      zone,
      wall: first + i * fortnight,
      named: first + i * fortnight,
    }));
    const check = async (what) => {
      const want = dates.map((d) => instant(d.zone, d.wall)).sort();
      const out = expected(await exported('Edición')).get(uid);
      assert.deepEqual(out, want, `${zone}: ${what}: ical.js`);
      assert.deepEqual(
        (
          await listed(
            'Edición',
            made.map((m) => m.uid),
          )
        ).get(uid),
        want,
        `${zone}: ${what}: the command`,
      );
    };
    const change = (...args) => sec.do('event', 'change', id, ...args);
    const cancel = (...args) => sec.do('event', 'cancel', id, ...args);
    await check('as imported');

    await change('--date', day(dates[3].named), '--start', minute(dates[3].wall + 26 * 36e5));
    dates[3].wall += 26 * 36e5;
    await cancel('--date', day(dates[5].named));
    dates.splice(5, 1);
    await check('one date moved, one called off');

    await change('--date', day(dates[8].named), '--onwards', '--start', minute(dates[8].wall - 14 * 36e5));
    for (const date of dates.slice(8)) date.wall -= 14 * 36e5;
    await check('from a date on moved');

    await change('--date', day(dates[12].named), '--where', 'Sala 5');
    await check('one of those changed, and not moved');

    await cancel('--date', day(dates[20].named), '--onwards');
    dates = dates.slice(0, 20);
    await check('from a date on called off');

    // The whole series to another hour and day, and to the next zone's clock.
    const [other] = edits[(place + 1) % edits.length];
    await change('--start', minute(dates[0].wall + 9.5 * 36e5), '--zone', other);
    for (const date of dates) [date.zone, date.wall] = [other, date.wall + 9.5 * 36e5];
    await check('the whole moved to another zone');
  }
});

/** Each component of an iCalendar text by UID and date, with its properties counted as jCal has them. */
function properties(text) {
  const found = new Map();
  const put = (key, component) => {
    const counted = found.get(key) ?? new Map();
    found.set(key, counted);
    for (const [name, parameters, type, ...values] of component.jCal[1]) {
      const property = JSON.stringify([name, Object.entries(parameters).sort(), type, values]);
      counted.set(property, (counted.get(property) ?? 0) + 1);
    }
    for (const [i, child] of component.getAllSubcomponents().entries()) put(`${key} ${child.name} ${i}`, child);
  };
  const parsed = ICAL.parse(text);
  const roots = Array.isArray(parsed[0]) ? parsed : [parsed];
  for (const root of roots.map((jcal) => new ICAL.Component(jcal))) {
    for (const child of root.getAllSubcomponents()) {
      const name = (property) => child.getFirstPropertyValue(property) ?? '';
      if (child.name === 'vevent') put(`${name('uid')} ${name('recurrence-id')}`, child);
      if (child.name === 'vtimezone') put(`zone ${name('tzid')}`, child);
    }
    put('calendar', { jCal: [null, root.jCal[1]], getAllSubcomponents: () => [] });
  }
  return found;
}

/** The texts of a C++ header's raw strings, by their names. */
function texts(header) {
  const source = readFileSync(new URL(`../unit/client/calendar/${header}`, import.meta.url), 'utf8');
  return [...source.matchAll(/R"\(([\s\S]*?)\)"/g)].map(([, text]) => text.replaceAll('\n', '\r\n'));
}

// What a calendar of ours says itself, and isn't taken from a file.
const own = /^\["(prodid|version|calscale|method|x-wr-calname)",/;

test("other programs' files and RFC 5545's objects come out with every property", { timeout: 120_000 }, async () => {
  let events = 0;
  const files = [...texts('fixtures.h'), ...texts('rfc5545.h').filter((text) => text.startsWith('BEGIN:VCALENDAR'))];
  for (const [i, text] of files.entries()) {
    const before = properties(text);
    const wanted = [...before.keys()].filter((key) => !/^(calendar|zone)/.test(key));
    if (wanted.length === 0) continue;
    await brought(`Archivo ${i}`, text);
    const after = properties(await exported(`Archivo ${i}`));
    for (const [key, counted] of before) {
      if (key === 'calendar') {
        for (const property of counted.keys()) assert.ok(own.test(property) || after.get(key).has(property), property);
      } else if (after.has(key) || !key.startsWith('zone')) {
        assert.deepEqual(after.get(key), counted, key);
      }
    }
    const came = [...after.keys()].filter((key) => !/^(calendar|zone)/.test(key));
    assert.deepEqual(came.sort(), wanted.sort());
    events += wanted.filter((key) => !/ valarm /.test(key)).length;
  }
  assert.equal(events, 9);
});
