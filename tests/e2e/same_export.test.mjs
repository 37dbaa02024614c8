// Tests: client/cli/export.cpp client/cli/documents/export_documents.cpp
// A property: two people who hold the same logs take out the same bytes, file for file, whatever each of them did, in
// what order it reached them, and in which zone their machine stands. In channels that keep their history and in such
// that don't. ENCUENTRO_SEED names another run.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork } from './harness.mjs';

const seed = Number(process.env.ENCUENTRO_SEED ?? 1);
const acts = 24;
const space = new Space();
const at = (name) => join(space.folder, name);
let people;

/** mulberry32 */
let state = seed;
function dice(sides) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * sides);
}
const some = (list) => list[dice(list.length)];
function file(name, bytes) {
  writeFileSync(at(name), bytes);
  return at(name);
}

before(
  async () => {
    await space.start();
    const sec = await foundNetwork(space);
    people = ['XA', 'XB'].map((code) => space.person(code));
    for (const who of people) {
      await sec.do('country', 'add', who.name, '--name', `País ${who.name}`);
      await enter(sec, who, ['--role', 'focal-point', '--country', who.name]);
    }
    // Both enter by one change: in a channel without history nobody holds what was said before.
    const members = (await Promise.all(people.map((who) => who.do('whoami')))).map((who) => who.member).join();
    for (const history of ['shared', 'sealed']) {
      const kind = ['--kind', 'committee', '--countries', 'XA,XB', '--history', history];
      await sec.do('channel', 'create', history, ...kind, '--members', members);
    }
    for (const who of people) await who.do('sync');
  },
  { timeout: 300_000 },
);
after(() => space.end());

/** relative path → bytes, of every file below a folder */
function contents(folder) {
  const found = new Map();
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    if (statSync(join(folder, name)).isFile()) found.set(name, readFileSync(join(folder, name)));
  }
  return found;
}

test(`two people with the same logs export the same bytes (seed ${seed})`, { timeout: 300_000 }, async (t) => {
  const said = { shared: [], sealed: [] };
  const documents = { shared: [], sealed: [] };
  const events = { shared: [], sealed: [] };
  const zone = ['--zone', 'America/Lima'];
  const things = {
    send: async (who, c, i) => said[c].push((await who.do('send', c, { input: `mensaje ${i}` })).id),
    reply: async (who, c, i) => who.do('send', c, '--reply', some(said[c]), { input: `respuesta ${i}` }),
    react: async (who, c) => who.do('react', some(said[c]), some(['👍', '✅'])),
    edit: async (who, c, i) => {
      const { id } = await who.do('send', c, { input: 'con error' });
      await who.do('edit', id, { input: `corregido ${i}` });
    },
    attach: async (who, c, i) => who.do('send', c, '--attach', file(`a${i}.txt`, `anexo ${i}`), { input: 'anexo' }),
    put: async (who, c, i) => {
      const made = file(`d${i}.bin`, randomBytes(dice(300_000)));
      documents[c].push(await who.do('doc', 'put', c, made, '--folder', some(['', 'A', 'A/B'])));
    },
    next: async (who, c, i) => {
      const { id, version } = some(documents[c]);
      const put = ['doc', 'put', c, file(`d${i}.bin`, `versión ${i}`), '--base', version, '--note', `nota ${i}`];
      documents[c].push({ ...(await who.do(...put)), id });
    },
    comment: async (who, c, i) => who.do('doc', 'comment', some(documents[c]).version, { input: `comentario ${i}` }),
    event: async (who, c, i) => {
      const start = `2027-03-${String(1 + dice(28)).padStart(2, '0')}T10:00`;
      events[c].push((await who.do('event', 'add', c, `Reunión ${i}`, '--start', start, ...zone)).id);
    },
    change: async (who, c, i) => who.do('event', 'change', some(events[c]), '--where', `Sala ${i}`),
    answer: async (who, c) => who.do('event', 'answer', some(events[c]), some(['attending', 'declined', 'tentative'])),
    initiative: async (who, c, i) =>
      who.do('initiative', 'add', c, `Iniciativa ${i}`, '--date', '2017-06', { input: 'Tres jornadas.' }),
  };
  for (const c of ['shared', 'sealed'])
    for (const first of ['send', 'put', 'event']) await things[first](people[0], c, first);
  for (let i = 0; i < acts; ++i) {
    // Now and then both at once, each at a thing of its own.
    const both = dice(4) === 0 ? people : [some(people)];
    await Promise.all(
      both.map((who, n) => things[some(Object.keys(things))](who, some(['shared', 'sealed']), `${i}-${n}`)),
    );
  }
  for (const who of [...people, ...people]) await who.do('sync');
  const copies = [];
  for (const [who, TZ] of [
    [people[0], 'America/Lima'],
    [people[1], 'Asia/Tokyo'],
  ]) {
    const { missing } = await who.do('export', at(`copia ${who.name}`), { env: { TZ } });
    assert.equal(missing, 0);
    copies.push(contents(at(`copia ${who.name}`)));
  }
  const [one, other] = copies;
  assert.deepEqual([...one.keys()], [...other.keys()]);
  for (const [name, bytes] of one) {
    if (bytes.equals(other.get(name))) continue;
    const [a, b] = [bytes, other.get(name)].map((text) => text.toString('utf8').split('\n'));
    const at_line = a.findIndex((line, i) => line !== b[i]);
    assert.fail(`${name}:${at_line + 1}\n${a[at_line]}\n${b[at_line]}`);
  }
  for (const channel of ['shared', 'sealed']) {
    const files = [...one.keys()].filter((name) => name.includes(`-${channel}/`));
    for (const part of ['conversation.md', 'items.json', 'documents.json', 'calendar.ics', 'calendar.json']) {
      assert.ok(
        files.some((name) => name.endsWith(part)),
        `${channel}: ${part}`,
      );
    }
  }
  t.diagnostic(`${one.size} files`);
});
