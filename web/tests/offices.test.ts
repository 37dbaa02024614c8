// What of several people's signatures, invitations and offices concerns one person, and until when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leavesVacant, mayEnd, mayRelieve, maySucceed } from '../src/space/duties.ts';
import { goesOn, lastDay, openInvitations, reliefsOf, toObject } from '../src/space/offices.ts';
import { inOrder, partOf, toSign, unchanged, ways } from '../src/space/statements.ts';
import {
  type Author,
  type Invitation,
  type Offices,
  type Person,
  type Relief,
  Role,
  Standing,
  type Statement,
} from '../src/wire/views.ts';

const author = (member: string): Author => ({
  member,
  name: member,
  country: 'XA',
  role: Role.focal_point,
  own: false,
});
const none = { have: 0, need: 0 };
const statement = (id: string, more: Partial<Statement> = {}): Statement => ({
  id,
  stated: { is: 'StatedEnd', member: author('ana'), end: 900 },
  roots: { have: 1, need: 2 },
  countries: none,
  people: none,
  signers: [],
  signed_here: false,
  may_sign: false,
  expires: 100,
  ...more,
});

test('what waits for this person comes first, what has run out is left out', () => {
  const mine = statement('mine', { may_sign: true });
  const signed = statement('signed', { signed_here: true });
  const halfSigned = statement('half', { signed_here: true, may_sign: true });
  const back = statement('back', { stated: { is: 'StatedReEntry', member: author('bea') }, may_sign: true });
  const others = statement('others');
  const over = statement('over', { may_sign: true, expires: 50 });
  assert.deepEqual(
    inOrder([signed, others, back, over, mine], 50).map(({ id }) => id),
    ['mine', 'back', 'others', 'signed'],
  );
  assert.deepEqual(
    toSign([signed, halfSigned, others, back, over, mine], 50).map(({ id }) => id),
    ['mine'],
  );
  assert.equal(partOf(back), 'listen');
  assert.equal(partOf(halfSigned), 'signed');
});

test('only the ways that lead there are counted', () => {
  const both = statement('x', { countries: { have: 0, need: 9 } });
  assert.deepEqual(
    ways(both).map(([way]) => way),
    ['roots', 'countries'],
  );
  assert.deepEqual(ways(statement('x')), [['roots', { have: 1, need: 2 }]]);
});

test('what was read is what is signed', () => {
  const read = statement('x');
  assert.ok(unchanged(read, statement('x', { roots: { have: 2, need: 3 } })));
  assert.ok(!unchanged(read, undefined));
  assert.ok(!unchanged(read, statement('x', { stated: { is: 'StatedEnd', member: author('bea'), end: 900 } })));
});

const invitation = (id: string, more: Partial<Invitation> = {}): Invitation => ({
  id,
  invited: author(id),
  institution: '',
  principal: true,
  device: false,
  maker: author('maker'),
  with_code: true,
  designation: '',
  expires: 200,
  seat_from: undefined,
  may_object: false,
  ...more,
});
const relief = (more: Partial<Relief> = {}): Relief => ({
  member: author('ana'),
  successor: author('bea'),
  start: 10,
  end: 100,
  channels: [{ channel: 'c', successor_in: true }],
  acknowledgements: [],
  ...more,
});
const offices = (more: Partial<Offices>): Offices => ({ invitations: [], reliefs: [], last_days: [], ...more });

test('an objection comes in time until the office is given, of whoever may', () => {
  const all = offices({
    invitations: [
      invitation('vacant', { may_object: true, seat_from: 72 }),
      invitation('made', { seat_from: 72 }),
      invitation('usual'),
      invitation('over', { expires: 60, may_object: true, seat_from: 72 }),
    ],
  });
  const ids = (list: Invitation[]) => list.map(({ id }) => id);
  assert.deepEqual(ids(toObject(all, 71)), ['vacant']);
  assert.deepEqual(ids(toObject(all, 72)), []);
  assert.deepEqual(ids(openInvitations(all, 71)), ['vacant', 'made', 'usual']);
});

test('a relief is shown until the last day, and a month on while something has not passed', () => {
  const month = 30 * 86_400_000;
  const waiting = relief({ channels: [{ channel: 'c', successor_in: false }] });
  assert.ok(goesOn(relief(), 99) && !goesOn(relief(), 100));
  assert.ok(goesOn(waiting, 100) && !goesOn(waiting, 100 + month));
  assert.ok(goesOn(relief({ acknowledgements: [{ channel: 'c', id: 'x', title: 't' }] }), 100));
  const all = offices({ reliefs: [relief()], last_days: [{ member: 'ana', end: 100 }] });
  assert.equal(reliefsOf(all, 'ana', 50).length, 1);
  assert.equal(reliefsOf(all, 'bea', 50).length, 1);
  assert.equal(reliefsOf(all, 'carla', 50).length, 0);
  assert.equal(lastDay(all, 'ana'), 100);
  assert.equal(lastDay(all, 'bea'), undefined);
});

const who = (role: number, country = '', member = `${role}${country}`, standing: number = Standing.full) =>
  ({ role, country, standing, member }) as Person;
const secretariat = who(Role.secretariat);
const point = who(Role.focal_point, 'XA');
const alternate = who(Role.focal_point, 'XA', 'alternate');
const delegate = who(Role.delegate, 'XA');

test('an office without a successor is ended by whoever could remove the person, and never by oneself', () => {
  assert.ok(mayEnd(point, delegate) && mayEnd(point, alternate));
  assert.ok(!mayEnd(point, point) && !mayEnd(delegate, point));
  assert.ok(mayEnd(secretariat, who(Role.partner)) && !mayEnd(secretariat, point));
  assert.ok(!mayEnd(point, who(Role.delegate, 'XB')));
});

test('with a key of the network everybody is proposed for; the others sign', () => {
  const colleague = who(Role.secretariat, '', 'colleague');
  assert.ok(mayEnd(secretariat, point, true) && mayEnd(secretariat, colleague, true));
  assert.ok(mayRelieve(secretariat, point, true) && mayRelieve(secretariat, colleague, true));
  assert.ok(!mayRelieve(secretariat, point) && !mayRelieve(secretariat, colleague));
  assert.ok(!mayRelieve(secretariat, delegate, true));
  assert.ok(!mayEnd(secretariat, who(Role.partner, '', 'gone', Standing.gone), true));
  assert.ok(maySucceed(secretariat, colleague) && !maySucceed(secretariat, who(Role.partner)));
  assert.ok(maySucceed(point, delegate) && !maySucceed(point, colleague));
});

test('a seat is left vacant by the last one who speaks for it', () => {
  const directory = (...people: Person[]) => ({ countries: [], people });
  assert.ok(leavesVacant(point, directory(point, delegate)));
  assert.ok(!leavesVacant(point, directory(point, alternate)));
  assert.ok(leavesVacant(point, directory(point, who(Role.focal_point, 'XA', 'new', Standing.unseated))));
  assert.ok(!leavesVacant(delegate, directory(point, delegate)));
});
