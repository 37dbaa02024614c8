// What only time does: a re-entry's day, the daily checkpoint, three days without a word of others, dates that end an
// access, a week's new keys, a seat nobody fills for three days, and ninety days of silence. Server and people are real
// processes whose clocks go ahead together, between one visit and the next.
// Tests: client/core/upkeep.cpp client/core/roster_sync.cpp client/cli/verbs/people.cpp
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Space, bin, enter, foundNetwork, lines, run } from './harness.mjs';

const space = new Space();
const shim = join(bin, '..', 'shim', 'shifted_clock.so');
const p = {};
const yes = { input: 's\n' };
const day = 24;
let hours = 0;

const now = () => Date.now() + hours * 3600e3;
const in_hours = (n) => new Date(now() + n * 3600e3).toISOString().slice(0, 19) + 'Z';
const member = async (who) => (await who.do('whoami')).member;
const committee = async (who) => (await who.all('channel', 'list')).find((c) => c.title === 'Comité');
const inside = async (who) => (await who.do('channel', 'show', 'Comité')).members;
const roster_number = async (who) => (await who.do('compare')).number;

/** Everybody's clock goes ahead; whoever runs in between would have stopped for the night. */
async function pass(more) {
  await space.stop();
  hours += more;
  process.env.SHIFT_S = String(hours * 3600);
  await space.start();
}

/** Visits until it is so: what time brings is done by whoever is online, in its own order. */
async function until(what, visits = 10) {
  for (; ; visits -= 1) {
    const result = await what();
    if (result) return result;
    assert.ok(visits > 0, `it never came to be: ${what}`);
  }
}

/** What a verb said beside its answer. */
async function said(who, ...args) {
  const result = await run(join(bin, 'encuentro'), who.args(args));
  return lines(result.stderr).map((line) => line.error);
}

before(
  async () => {
    assert.ok(existsSync(shim), `${shim} isn't built`);
    process.env.LD_PRELOAD = shim;
    process.env.SHIFT_S = '0';
    await space.start();
    p.sec = await foundNetwork(space);
    p.other = await enter(p.sec, space.person('Secretaria dos'), ['--role', 'secretariat']);
    for (const code of ['XA', 'XB', 'XC']) {
      await p.sec.do('country', 'add', code, '--name', `País ${code}`);
      p[code] = await enter(p.sec, space.person(`${code} titular`), ['--role', 'focal-point', '--country', code]);
    }
    p.team = await enter(p.XB, space.person('XB integrante'), ['--role', 'delegate', '--country', 'XB']);
    await p.XA.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB,XC');
    for (const code of ['XB', 'XC']) await p.XA.do('channel', 'add', 'Comité', await member(p[code]));
    for (const who of [p.XB, p.XC]) await who.do('sync');
  },
  { timeout: 300_000 },
);
after(() => space.end());

test('who came back by the Secretariat alone takes no position for a day', { timeout: 180_000 }, async () => {
  const { link } = await p.sec.do('re-entry', 'link', await member(p.XA));
  p.XA = space.person('XA de vuelta');
  const asked = await p.XA.do('re-enter', link);
  await p.sec.do('re-entry', 'confirm', asked.request, yes);
  await p.other.do('re-entry', 'confirm', asked.request, yes);
  assert.equal((await p.XA.do('re-enter')).state, 'in');
  await pass(20);
  for (const who of [p.XC, p.XA]) await who.do('sync');
  assert.ok((await p.XA.do('whoami')).no_position_before);
  await pass(6);
  await until(async () => {
    for (const who of [p.XC, p.XA]) await who.do('sync');
    return !(await p.XA.do('whoami')).no_position_before;
  });
});

test('a day without entries brings one checkpoint, whoever comes first', { timeout: 120_000 }, async () => {
  await p.XC.do('sync');
  const before = await roster_number(p.XC);
  await p.XB.do('sync');
  assert.equal(await roster_number(p.XB), before);
  await pass(day + 1);
  await until(async () => {
    await p.XB.do('sync');
    return (await roster_number(p.XB)) === before + 1;
  });
  for (const who of [p.XC, p.XA]) await who.do('sync');
  assert.equal(await roster_number(p.XC), before + 1);
});

test(
  'three days without a word of others: a warning, nobody is added, all the rest goes on',
  { timeout: 180_000 },
  async () => {
    const late = await enter(p.XB, space.person('XB suplente'), [
      ...['--role', 'focal-point', '--country', 'XB', '--alternate'],
    ]);
    const newcomer = await member(late);
    await p.XB.do('sync');
    await pass(3 * day + 2);
    assert.ok((await said(p.XB, 'sync')).includes('stale_roster'));
    assert.equal(await p.XB.refused('channel', 'add', 'Comité', newcomer), 'stale_roster');
    assert.ok((await p.XB.do('send', 'Comité', { input: 'sigo aquí' })).id);
    await p.sec.do('country', 'add', 'XD', '--name', 'País XD');
    await p.XB.do('channel', 'add', 'Comité', newcomer);
    assert.ok((await inside(p.XB)).includes(newcomer));
  },
);

test('a participant and an alumna lose access on their day, by themselves', { timeout: 180_000 }, async () => {
  const last = in_hours(30);
  const roles = ['--kind', 'network', '--roles', 'participant,secretariat'];
  const course = await p.sec.do('channel', 'create', 'Curso', ...roles);
  const person = await enter(p.sec, space.person('Participante'), [
    ...['--role', 'participant', '--channel', course.id, '--until', last],
  ]);
  const alumna = await enter(p.sec, space.person('Egresada'), ['--role', 'alumni', '--until', last]);
  await p.sec.do('channel', 'add', 'Curso', await member(person));
  await p.sec.do('send', 'Curso', { input: 'lección uno' });
  const gone = await member(person);
  await pass(20);
  assert.equal((await person.all('read', 'Curso')).length, 1);
  await alumna.do('sync');
  await pass(20);
  for (const who of [person, alumna]) assert.equal(await who.refused('sync'), 'revoked');
  await until(async () => {
    await p.sec.do('sync');
    return !(await p.sec.do('channel', 'show', 'Curso')).members.includes(gone);
  });
  await p.sec.do('send', 'Curso', { input: 'lección dos' });
  assert.equal(await person.refused('read', 'Curso'), 'revoked');
});

test('who is online changes its keys every week, and not before', { timeout: 180_000 }, async () => {
  const visit = async () => {
    for (const who of [p.XB, p.XC]) await who.do('sync');
    return (await committee(p.XC)).epoch;
  };
  await visit();
  await pass(day);
  const before = await visit();
  await pass(day);
  assert.equal(await visit(), before);
  await pass(6 * day);
  await until(async () => (await visit()) >= before + 2);
  const { epoch } = await committee(p.XC);
  await pass(day);
  assert.equal(await visit(), epoch);
});

test(
  'a seat without anybody is filled after 72 hours, unless one of its people objects',
  { timeout: 180_000 },
  async () => {
    for (const who of ['XB titular', 'XB suplente'].map((name) => space.person(name)))
      await p.sec.do('member', 'revoke', await member(who));
    const named = ['invite', '--role', 'focal-point', '--country', 'XB', '--name', 'Nueva titular'];
    const first = await p.sec.do(...named);
    const [seen] = (await p.team.all('invite', 'list')).filter((one) => one.country === 'XB');
    assert.ok(Date.parse(seen.seat_from) - now() > 71 * 3600e3);
    assert.equal(await p.XC.refused('invite', 'revoke', seen.invite), 'not_allowed');
    await p.team.do('invite', 'revoke', seen.invite);
    await pass(3 * day + 1);
    assert.equal(await space.person('XB rechazada').refused('join', first.link, '--code', first.code), 'revoked');

    const second = await p.sec.do(...named);
    const fresh = space.person('XB nueva');
    assert.equal(await fresh.refused('join', second.link, '--code', second.code), 'not_allowed');
    await pass(3 * day + 1);
    await fresh.do('join', second.link, '--code', second.code);
    const me = await fresh.do('whoami');
    assert.deepEqual([me.role, me.country, me.provisional], ['focal-point', 'XB', false]);
  },
);

test('a device that is silent for ninety days is taken out, and comes in again', { timeout: 300_000 }, async () => {
  const silent = await member(p.XC);
  await p.XC.do('send', 'Comité', { input: 'hasta pronto' });
  for (const days of [45, 40]) {
    await pass(days * day);
    await p.XA.do('send', 'Comité', { input: `tras ${days} días` });
  }
  assert.ok((await inside(p.XA)).includes(silent));
  await pass(7 * day);
  await until(async () => {
    await p.XA.do('sync');
    return !(await inside(p.XA)).includes(silent);
  });
  await p.XA.do('send', 'Comité', { input: 'sin XC' });
  await p.sec.do('country', 'add', 'XE', '--name', 'País XE');
  // What it had left at the server to be let in with has grown old: nobody is said to be in who isn't.
  const spoken = p.XA.args(['channel', 'add', 'Comité', silent]).filter((word) => word !== '--json');
  const early = await run(join(bin, 'encuentro'), spoken);
  assert.equal(early.code, 0);
  assert.match(early.stdout + early.stderr, /todavía no entró en «Comité»/);
  assert.ok(!(await inside(p.XA)).includes(silent));
  await p.XC.do('sync');
  await p.XA.do('channel', 'add', 'Comité', silent);
  await p.XC.do('sync');
  assert.equal((await committee(p.XC)).state, 'in');
  const bodies = (await p.XC.all('read', 'Comité')).map((item) => item.body);
  assert.deepEqual(bodies.slice(-4), ['hasta pronto', 'tras 45 días', 'tras 40 días', 'sin XC']);
});
