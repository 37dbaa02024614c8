// What the screens offer to whom, as the roster and the policy have it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  mayConfirm,
  mayCreate,
  mayInvite,
  mayReEnter,
  mayRelieve,
  mayRemove,
  maySucceed,
  pausedUntil,
  seatTaken,
} from '../src/space/duties.ts';
import { ChannelKind, type Directory, type Person, Role, Standing, Status } from '../src/wire/views.ts';

const who = (role: number, country = '', standing: number = Standing.full, member = `${role}${country}${standing}`) =>
  ({ role, country, standing, member }) as Person;
const secretariat = who(Role.secretariat);
const point = who(Role.focal_point, 'XA');
const country = (code: string, status: number) => ({ code, status, name: code, joint: false, institutions: [] });
const directory: Directory = {
  countries: [country('XA', Status.member), country('XB', Status.observer), country('XC', Status.training_only)],
  people: [secretariat, point],
};

test('who invites whom', () => {
  assert.ok(mayInvite(secretariat).includes(Role.focal_point) && !mayInvite(secretariat).includes(Role.delegate));
  assert.deepEqual(mayInvite(point), [Role.focal_point, Role.delegate]);
  for (const nobody of [who(Role.partner), who(Role.delegate, 'XA'), who(Role.focal_point, 'XA', Standing.unseated)])
    assert.deepEqual(mayInvite(nobody), []);
});

test('a seat confirms its own; the Secretariat alone puts nobody into a taken seat', () => {
  const unseated = who(Role.focal_point, 'XA', Standing.unseated);
  assert.ok(mayConfirm(point, unseated));
  assert.ok(!mayConfirm(secretariat, unseated));
  assert.ok(mayConfirm(secretariat, who(Role.partner, '', Standing.provisional)));
  assert.ok(!mayConfirm(point, who(Role.delegate, 'XB', Standing.provisional)));
  assert.ok(!mayConfirm(point, point));
  assert.ok(seatTaken(directory, 'XA') && !seatTaken(directory, 'XB'));
});

test('who removes whom', () => {
  assert.ok(mayRemove(point, who(Role.delegate, 'XA')));
  assert.ok(!mayRemove(secretariat, who(Role.focal_point, 'XA')));
  assert.ok(mayRemove(secretariat, who(Role.alumni)));
  assert.ok(!mayRemove(point, who(Role.partner)));
  assert.ok(!mayRemove(point, point));
});

test('an office passes on within the seat, to who is fully in', () => {
  const successor = who(Role.delegate, 'XA');
  assert.ok(mayRelieve(point, point));
  assert.ok(!mayRelieve(secretariat, point));
  assert.ok(!mayRelieve(successor, point));
  assert.ok(maySucceed(point, successor));
  assert.ok(!maySucceed(point, point));
  assert.ok(!maySucceed(point, who(Role.delegate, 'XB')));
  assert.ok(!maySucceed(point, who(Role.delegate, 'XA', Standing.provisional)));
});

test('two of the same seat or the Secretariat let somebody come back', () => {
  const lost = who(Role.delegate, 'XA');
  assert.ok(mayReEnter(secretariat, lost) && mayReEnter(point, lost));
  assert.ok(!mayReEnter(lost, lost));
  assert.ok(!mayReEnter(who(Role.focal_point, 'XB'), lost));
  assert.ok(!mayReEnter(who(Role.partner), who(Role.partner, '', Standing.full, 'other')));
  assert.ok(!mayReEnter(point, who(Role.delegate, 'XA', Standing.gone)));
});

test('who creates which channels', () => {
  assert.ok(!mayCreate(secretariat, directory).includes(ChannelKind.country));
  assert.ok(mayCreate(point, directory).includes(ChannelKind.country));
  assert.deepEqual(mayCreate(who(Role.delegate, 'XA'), directory), [ChannelKind.direct]);
  for (const none of [who(Role.focal_point, 'XB'), who(Role.focal_point, 'XC'), who(Role.alumni)])
    assert.deepEqual(mayCreate(none, directory), []);
});

test('after a re-entry without the seat: a focal point waits, and anybody of the seat may end it', () => {
  const back = { ...who(Role.focal_point, 'XA'), no_position_before: 1000 };
  assert.equal(pausedUntil(back, directory, 999), 1000);
  assert.equal(pausedUntil(back, directory, 1000), undefined);
  assert.equal(pausedUntil(point, directory, 0), undefined);
  for (const silent of [who(Role.delegate, 'XA'), who(Role.focal_point, 'XB'), secretariat])
    assert.equal(pausedUntil({ ...silent, no_position_before: 1000 }, directory, 0), undefined);
  for (const role of [Role.focal_point, Role.delegate])
    assert.ok(mayConfirm(who(role, 'XA', Standing.full, 'another'), back));
  for (const nobody of [back, secretariat, who(Role.focal_point, 'XB'), who(Role.delegate, 'XA', Standing.provisional)])
    assert.ok(!mayConfirm(nobody, back));
});
