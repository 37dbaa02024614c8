// Tests: client/views/calendar.cpp client/views/documents.cpp client/core/
// Five countries in one committee: two change one event and one document at once, and all five see the same; one is
// removed and opens nothing newer, neither what it asks for by name nor what its own store holds.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork } from './harness.mjs';

const space = new Space();
const codes = ['XA', 'XB', 'XC', 'XD', 'XE'];
const zone = ['--zone', 'America/Bogota'];
const people = {};
let all;

const at = (name) => join(space.folder, name);
function file(name, bytes) {
  writeFileSync(at(name), bytes);
  return at(name);
}

/** What everybody is shown, one after the other: one answer, or the test ends with the difference. */
async function alike(who, ask) {
  const seen = [];
  for (const one of who) seen.push(await ask(one));
  for (const other of seen.slice(1)) assert.deepEqual(other, seen[0]);
  return seen[0];
}

before(
  async () => {
    await space.start();
    const sec = await foundNetwork(space);
    for (const code of codes) {
      await sec.do('country', 'add', code, '--name', `País ${code}`);
      people[code] = await enter(sec, space.person(code), ['--role', 'focal-point', '--country', code]);
    }
    all = Object.values(people);
    await people.XA.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', codes.join(','));
    for (const other of all.slice(1)) {
      await people.XA.do('channel', 'add', 'Comité', (await other.do('whoami')).member);
    }
    for (const one of all) await one.do('sync');
  },
  { timeout: 300_000 },
);
after(() => space.end());

test('one event changed by two at once is one event to all five', { timeout: 120_000 }, async () => {
  const when = ['--start', '2027-03-01T09:00', '--end', '2027-03-01T12:00', ...zone];
  const { id } = await people.XA.do('event', 'add', 'Comité', 'Reunión', ...when);
  for (const one of all) await one.do('sync');
  await space.stop('SIGKILL');
  const change = (who, ...what) => who.refused('event', 'change', id, ...what, '--wait', '0.5');
  assert.equal(await change(people.XB, '--where', 'Sala 1'), 'queued');
  assert.equal(await change(people.XC, '--title', 'Reunión ampliada'), 'queued');
  await space.start();
  await Promise.all([people.XB.do('sync'), people.XC.do('sync')]);
  const show = (one) => one.do('event', 'show', id, ...zone);
  const both = await alike(all, show);
  assert.equal(both.conflict, true);
  assert.equal(both.history.length, 3);
  assert.equal(both.history.filter((h) => h.displaced).length, 1);
  const attending = ['attending', 'declined', 'tentative', 'attending', 'declined'];
  await Promise.all(all.map((one, i) => one.do('event', 'answer', id, attending[i])));
  await people.XD.do('event', 'change', id, '--title', 'Reunión ampliada', '--where', 'Sala 1');
  const settled = await alike(all, show);
  assert.equal(settled.conflict, false);
  assert.equal(settled.where, 'Sala 1');
  assert.deepEqual(
    settled.answers.map((a) => [a.country, a.answer]),
    codes.map((code, i) => [code, attending[i]]),
  );
});

test('one document changed by two at once keeps both versions, to all five', { timeout: 120_000 }, async () => {
  const first = await people.XA.do('doc', 'put', 'Comité', file('Texto.md', 'uno dos tres\n'), '--folder', 'Textos');
  for (const one of all) await one.do('sync');
  const put = (who, name, text) =>
    who.do('doc', 'put', 'Comité', file(name, text), '--name', 'Texto.md', '--base', first.version);
  await Promise.all([put(people.XD, 'd.md', 'uno DOS tres\n'), put(people.XE, 'e.md', 'uno dos TRES\n')]);
  const versions = (one) => one.all('doc', 'versions', first.id);
  const three = await alike(all, versions);
  assert.deepEqual(three.map((v) => v.head).sort(), [false, true, true]);
  const [document] = await alike(all, (one) => one.all('doc', 'list', 'Comité'));
  assert.equal(document.conflict, true);
  const bases = document.heads.flatMap((version) => ['--base', version]);
  await people.XB.do('doc', 'put', 'Comité', file('b.md', 'uno DOS TRES\n'), '--name', 'Texto.md', ...bases);
  const four = await alike(all, versions);
  assert.deepEqual(
    four.map((v) => v.head),
    [false, false, false, true],
  );
  for (const one of all) {
    await one.do('doc', 'get', first.id, '-o', at(`${one.name}.out`), '--quiet');
    assert.equal(readFileSync(at(`${one.name}.out`), 'utf8'), 'uno DOS TRES\n');
  }
});

test('one removed opens nothing newer; the other four do', { timeout: 120_000 }, async () => {
  const { XE, ...others } = people;
  const left = Object.values(others);
  const known = await XE.all('doc', 'list', 'Comité');
  await people.XA.do('channel', 'remove', 'Comité', (await XE.do('whoami')).member);
  const bytes = randomBytes(300_000);
  const put = await people.XB.do('doc', 'put', 'Comité', file('nuevo.bin', bytes));
  const newer = await people.XC.do('doc', 'put', 'Comité', file('Texto.md', 'cuatro\n'), '--folder', 'Textos');
  const when = ['--start', '2027-04-01T09:00', ...zone];
  const event = await people.XD.do('event', 'add', 'Comité', 'Sin XE', ...when);
  await people.XA.do('send', 'Comité', { input: 'solo cuatro' });
  for (const one of left) {
    await one.do('doc', 'get', put.id, '-o', at('nuevo.out'), '--quiet');
    assert.deepEqual(readFileSync(at('nuevo.out')), bytes);
    assert.equal((await one.do('event', 'show', event.id, ...zone)).title, 'Sin XE');
    assert.equal((await one.all('read', 'Comité')).at(-1).body, 'solo cuatro');
  }
  for (const ask of [
    ['doc', 'list', 'Comité'],
    ['read', 'Comité'],
  ]) {
    assert.equal(await XE.refused(...ask), 'not_admitted');
  }
  for (const version of [put.version, newer.version]) {
    assert.equal(await XE.refused('doc', 'get', version, '-o', at('XE.out.new')), 'not_found');
  }
  assert.equal(await XE.refused('event', 'show', event.id), 'not_found');
  assert.deepEqual(await XE.all('search', 'cuatro'), []);
  assert.equal(existsSync(at('XE.out.new')), false);
  // What was its own before stays its own: the copy it takes away has the old versions and none of the new.
  const copy = await XE.do('export', at('XE copia'), '--offline');
  assert.equal(copy.versions + copy.missing, known[0].versions);
});
