// Events as iCalendar objects: read, expanded, made, changed; against what the RFC's own examples say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancel, change, make, ofFile, toFile } from '../src/calendar/edit.ts';
import { masterOf, occurrences, open } from '../src/calendar/event.ts';
import { BadCalendar, parse, print, value } from '../src/calendar/lines.ts';
import { ruleOf, starts } from '../src/calendar/recurrence.ts';
import { utcOf, wallAt } from '../src/calendar/zones.ts';

const wall = (text: string) => Date.parse(`${text}Z`);
const text = (...lines: string[]) => lines.map((line) => `${line}\r\n`).join('');
const object = (lines: string, more = '') =>
  text('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:a', ...lines.split('\n'), 'END:VEVENT') +
  `${more}END:VCALENDAR\r\n`;
const dates = (rule: string, start: string, end: string) => {
  const read = ruleOf(rule);
  assert.ok(read, rule);
  return [...starts(read, wall(start), wall(end), (at) => at)].map((at) => new Date(at).toISOString().slice(0, 10));
};

test('lines come out as they came in; only folding and line ends take one form', () => {
  const whole = object('SUMMARY:Reunión\\, con todo\nX-OTHER;A="b:c":d;e\nDTSTART:20261201T100000Z');
  assert.equal(print(parse(whole)), whole);
  assert.equal(print(parse(whole.replaceAll('\r\n', '\n'))), whole);
  const long = object(`DTSTART:20261201\nSUMMARY:${'áéí'.repeat(60)}`);
  const folded = print(parse(long));
  assert.equal(value(masterOf(parse(folded)), 'SUMMARY'), 'áéí'.repeat(60));
  for (const line of folded.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75);
});

test('what is no calendar is refused', () => {
  const bad = [
    '',
    'hola',
    'BEGIN:VCALENDAR\r\n',
    'BEGIN:VCALENDAR\r\nEND:VEVENT\r\n',
    'BEGIN:VEVENT\r\nEND:VEVENT\r\n',
    'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
    'A:b\r\n',
    'BEGIN:VCALENDAR\r\nsin dos puntos\r\nEND:VCALENDAR\r\n',
    'BEGIN:A\r\n'.repeat(9),
    'x'.repeat(1024 * 1024 + 1),
  ];
  for (const one of bad) assert.throws(() => parse(one), BadCalendar, one.slice(0, 40));
  for (const lines of ['SUMMARY:x', 'DTSTART:ayer', 'DTSTART:20260231', 'DTSTART;TZID=Nowhere/Land:20261201T100000']) {
    assert.throws(() => open(object(lines)), BadCalendar, lines);
  }
});

test('rules, as the examples of RFC 5545 §3.8.5.3 have them', () => {
  assert.deepEqual(dates('FREQ=DAILY;COUNT=3', '1997-09-02T09:00', '1998-01-01'), [
    '1997-09-02',
    '1997-09-03',
    '1997-09-04',
  ]);
  assert.deepEqual(dates('FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4;BYDAY=TU,TH', '1997-09-02T09:00', '1998-01-01'), [
    '1997-09-02',
    '1997-09-04',
    '1997-09-16',
    '1997-09-18',
  ]);
  assert.deepEqual(dates('FREQ=MONTHLY;COUNT=3;BYDAY=1FR', '1997-09-05T09:00', '1998-01-01'), [
    '1997-09-05',
    '1997-10-03',
    '1997-11-07',
  ]);
  assert.deepEqual(dates('FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', '1997-09-22T09:00', '1998-01-01'), [
    '1997-09-22',
    '1997-10-20',
    '1997-11-17',
  ]);
  assert.deepEqual(dates('FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-1', '1997-09-30T09:00', '1998-01-01'), [
    '1997-09-30',
    '1997-10-31',
    '1997-11-30',
  ]);
  assert.deepEqual(dates('FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3;COUNT=3', '1997-09-04T09:00', '1998-01-01'), [
    '1997-09-04',
    '1997-10-07',
    '1997-11-06',
  ]);
  assert.deepEqual(dates('FREQ=YEARLY;BYDAY=20MO;COUNT=3', '1997-05-19T09:00', '2001-01-01'), [
    '1997-05-19',
    '1998-05-18',
    '1999-05-17',
  ]);
  assert.deepEqual(
    dates('FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8', '1996-11-05T09:00', '2005-01-01'),
    ['1996-11-05', '2000-11-07', '2004-11-02'],
  );
  assert.deepEqual(dates('FREQ=DAILY;UNTIL=19970904T090000Z', '1997-09-02T09:00', '1998-01-01').length, 3);
  assert.deepEqual(dates('FREQ=DAILY;UNTIL=19970904', '1997-09-02T09:00', '1998-01-01').length, 3);
  // The 31st only where there is one; a start out of step isn't a date.
  assert.deepEqual(dates('FREQ=MONTHLY;COUNT=3', '2026-01-31T09:00', '2027-01-01'), [
    '2026-01-31',
    '2026-03-31',
    '2026-05-31',
  ]);
  assert.deepEqual(dates('FREQ=WEEKLY;BYDAY=MO;COUNT=2', '2026-12-01T09:00', '2027-01-01'), [
    '2026-12-07',
    '2026-12-14',
  ]);
});

test('a rule without any date ends; one that is not read here is told apart', () => {
  assert.deepEqual(dates('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01T09:00', '2100-01-01'), []);
  for (const rule of [
    'FREQ=HOURLY',
    'FREQ=SECONDLY;BYMONTHDAY=30;BYMONTH=2',
    'FREQ=YEARLY;BYWEEKNO=20',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;INTERVAL=x',
    'x',
  ]) {
    assert.equal(ruleOf(rule), undefined, rule);
  }
  const strange = open(object('DTSTART:20261201T100000Z\nRRULE:FREQ=HOURLY'));
  assert.ok(strange.unreadRule);
  assert.equal(occurrences(strange, wall('2026-12-01T00:00'), wall('2027-01-01T00:00')).length, 1);
});

test('a zone has its own offsets in winter and summer, over the gap and the repeated hour', () => {
  assert.equal(wallAt('America/Bogota', wall('2026-12-01T15:00')), wall('2026-12-01T10:00'));
  assert.equal(utcOf('America/Santiago', wall('2026-07-01T10:00')), wall('2026-07-01T14:00'));
  assert.equal(utcOf('America/Santiago', wall('2026-12-01T10:00')), wall('2026-12-01T13:00'));
  // New York, 2026: 8 March 02:30 doesn't come, 1 November 01:30 comes twice.
  assert.equal(utcOf('America/New_York', wall('2026-03-08T02:30')), wall('2026-03-08T07:30'));
  assert.equal(utcOf('America/New_York', wall('2026-11-01T01:30')), wall('2026-11-01T05:30'));
});

test('a series keeps its wall clock; exceptions, left out and added dates', () => {
  const series = object(
    'DTSTART;TZID=America/New_York:20261024T090000\nDTEND;TZID=America/New_York:20261024T100000\n' +
      'SUMMARY:Serie\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=America/New_York:20261107T090000\nRDATE:20261225T140000Z',
    text(
      'BEGIN:VEVENT',
      'UID:a',
      'RECURRENCE-ID;TZID=America/New_York:20261114T090000',
      'DTSTART:20261115T200000Z',
      'DTEND:20261115T210000Z',
      'SUMMARY:Movida',
      'END:VEVENT',
    ),
  );
  const found = occurrences(open(series), wall('2026-10-01T00:00'), wall('2027-01-01T00:00'));
  assert.deepEqual(
    found.map(({ from, to, title }) => [new Date(from).toISOString().slice(0, 16), (to - from) / 60_000, title]),
    [
      ['2026-10-24T13:00', 60, 'Serie'],
      ['2026-10-31T13:00', 60, 'Serie'],
      ['2026-11-15T20:00', 60, 'Movida'],
      ['2026-12-25T14:00', 60, 'Serie'],
    ],
  );
});

test('from a date on: RANGE=THISANDFUTURE moves that one and all later ones', () => {
  const series = object(
    'DTSTART:20261201T100000Z\nDURATION:PT1H\nSUMMARY:Antes\nRRULE:FREQ=DAILY;COUNT=4',
    text(
      'BEGIN:VEVENT',
      'UID:a',
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20261203T100000Z',
      'DTSTART:20261203T120000Z',
      'DURATION:PT30M',
      'SUMMARY:Luego',
      'END:VEVENT',
    ),
  );
  const found = occurrences(open(series), wall('2026-12-01T00:00'), wall('2027-01-01T00:00'));
  assert.deepEqual(
    found.map(({ from, title }) => `${new Date(from).toISOString().slice(8, 16)} ${title}`),
    ['01T10:00 Antes', '02T10:00 Antes', '03T12:00 Luego', '04T12:00 Luego'],
  );
});

const words = {
  title: 'Reunión, primera; parte',
  place: 'Ciudad de Panamá',
  link: 'https://sala.example.org/1',
  description: 'Uno\ndos',
  start: { wall: wall('2026-12-01T10:00'), date: false, zone: 'America/Santiago' },
  end: { wall: wall('2026-12-01T11:30'), date: false, zone: 'America/Santiago' },
};

test('what is made reads back, with its zone for others; a change keeps what nobody named', () => {
  const one = make({ ...words, rule: 'FREQ=WEEKLY;COUNT=2' }, wall('2026-11-24T12:00'));
  const opened = open(one.calendar);
  assert.deepEqual(
    [opened.title, opened.place, opened.link, opened.description],
    [words.title, words.place, words.link, words.description],
  );
  assert.equal(one.title, words.title);
  assert.match(one.calendar, /BEGIN:VTIMEZONE\r\nTZID:America\/Santiago[\s\S]*TZOFFSETTO:-0300/);
  assert.equal(occurrences(opened, 0, wall('2030-01-01T00:00')).length, 2);
  const before = parse(one.calendar.replace('SEQUENCE:0', 'SEQUENCE:0\r\nX-OTHER:queda'));
  const after = change(
    before,
    {
      ...words,
      title: 'Otra',
      start: { ...words.start, zone: 'America/Lima' },
      end: { ...words.end, zone: 'America/Lima' },
    },
    1,
  );
  assert.equal(after.uid, one.uid);
  assert.match(after.calendar, /X-OTHER:queda/);
  assert.match(after.calendar, /SEQUENCE:1/);
  assert.match(after.calendar, /RRULE:FREQ=WEEKLY;COUNT=2/);
  assert.doesNotMatch(after.calendar, /Santiago/);
  assert.match(cancel(before, 1).calendar, /STATUS:CANCELLED/);
});

test('whole days; a link that leads to no page is not one', () => {
  const day = { wall: wall('2026-12-08T00:00'), date: true, zone: '' };
  const one = make({ ...words, start: day, end: { ...day, wall: day.wall + 86_400_000 } }, 0);
  assert.match(one.calendar, /DTSTART;VALUE=DATE:20261208\r\n/);
  assert.doesNotMatch(one.calendar, /VTIMEZONE/);
  assert.equal(open(object('DTSTART:20261201\nURL:javascript:alert(1)')).link, '');
  assert.equal(open(object('DTSTART:20261201')).end.wall, wall('2026-12-02T00:00'));
});

test('a file of another program: an object a UID, and out again as one', () => {
  const zone = 'BEGIN:VTIMEZONE\r\nTZID:America/Lima\r\nEND:VTIMEZONE\r\n';
  const event = (uid: string, ...more: string[]) =>
    text(
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `SUMMARY:${uid}`,
      'DTSTART;TZID=America/Lima:20261201T100000',
      ...more,
      'END:VEVENT',
    );
  const file =
    text('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:otro', 'METHOD:REQUEST') +
    zone +
    event('a') +
    event('b') +
    event('a', 'RECURRENCE-ID:20261208T150000Z') +
    text('BEGIN:VTODO', 'UID:c', 'END:VTODO', 'END:VCALENDAR');
  const { objects, others } = ofFile(file);
  assert.deepEqual(
    [objects.map(({ uid, title }) => [uid, title]), others],
    [
      [
        ['a', 'a'],
        ['b', 'b'],
      ],
      1,
    ],
  );
  assert.doesNotMatch(objects[0]?.calendar ?? '', /METHOD/);
  const out = toFile(
    objects.map(({ calendar }) => parse(calendar)),
    'Comité',
  );
  assert.equal(out.match(/BEGIN:VTIMEZONE/g)?.length, 1);
  assert.equal(out.match(/BEGIN:VEVENT/g)?.length, 3);
  assert.throws(() => ofFile('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'), BadCalendar);
});
