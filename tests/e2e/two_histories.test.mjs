// An operator who shows two people two histories: two copies of the server's data, each of them served to some. Who
// crosses over finds it, and the file that is kept shows it to a third person, with a profile of the network or none.
// Tests: client/verify/evidence_check.cpp client/cli/evidence.cpp client/cli/verbs/comparing.cpp
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, bin, enter, foundNetwork, lines, run } from './harness.mjs';

const space = new Space();
const others = join(space.folder, 'para-otros');
const p = {};

/** The server stops and comes back with one of the two. */
async function serve(data) {
  await space.stop();
  await space.start({ data });
}
const send = (who, ...texts) =>
  texts.reduce((done, text) => done.then(() => who.do('send', 'Comité', { input: text })), Promise.resolve());
const compared = async (who, ...channel) => (await who.all('compare', ...channel)).at(-1);

/** The file of the fork that this person's client finds when it looks: of this channel, or of the roster. */
async function fork_found(who, channel) {
  const { code, stderr } = await run(join(bin, 'encuentro'), who.args(['sync']));
  assert.equal(code, 1);
  const alarm = lines(stderr).find((line) => line.alarm && line.error === 'fork' && line.channel === channel);
  assert.ok(alarm, stderr);
  return alarm.evidence;
}

/** What `encuentro verify FILE` says: by this person's profile, or in a home that holds none. */
async function verified(file, who) {
  const args = who
    ? who.args(['verify', file])
    : ['--home', join(space.folder, 'sin-perfil'), '--json', 'verify', file];
  const { code, stdout } = await run(join(bin, 'encuentro'), args);
  const [{ verdict, contradiction, entries, parted_at }] = lines(stdout);
  return { code, verdict, contradiction, entries, parted_at };
}

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    for (const code of ['XA', 'XB', 'XC']) {
      await p.sec.do('country', 'add', code, '--name', `País ${code}`);
      p[code] = await enter(p.sec, space.person(`${code} titular`), ['--role', 'focal-point', '--country', code]);
    }
    await p.XA.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB,XC');
    for (const code of ['XB', 'XC']) await p.XA.do('channel', 'add', 'Comité', (await p[code].do('whoami')).member);
    await send(p.XA, 'a todos');
    for (const code of ['XB', 'XC']) await p[code].do('sync');
    await space.stop();
    cpSync(space.data, others, { recursive: true });
  },
  { timeout: 240_000 },
);
after(() => space.end());

test('parted, nobody is alarmed, and the words they read to each other differ', { timeout: 240_000 }, async () => {
  await space.start();
  await send(p.XA, 'uno', 'dos', 'tres');
  const here = (p.here = await compared(p.XA, 'Comité'));
  await serve(others);
  await send(p.XB, 'un', 'deux', 'trois');
  await p.XC.do('sync');
  const there = (p.there = await compared(p.XB, 'Comité'));
  assert.deepEqual(await compared(p.XC, 'Comité'), there);
  assert.equal(here.number, there.number);
  assert.notEqual(here.words, there.words);
  assert.equal(here.epoch_words, there.epoch_words); // the same keys, another log
  for (const who of [p.XA, p.XB, p.XC]) assert.deepEqual(await who.all('alarms', '--offline'), []);
});

test('who crosses over finds a fork; its file holds the word that a third person can check', async () => {
  await send(p.XB, 'quatre');
  const { id } = (await p.XB.all('channel', 'list')).find((one) => one.title === 'Comité');
  p.file = await fork_found(p.XA, id);
  assert.equal(await p.XA.refused('send', 'Comité', { input: 'quatro' }), 'channel_alarmed');
  const { device } = await p.XB.do('whoami');
  for (const who of [p.XC, undefined]) {
    const { entries, ...said } = await verified(p.file, who);
    assert.deepEqual(said, { code: 0, verdict: 'genuine', contradiction: 'none', parted_at: undefined });
    // Signed by XB, who stood on the log that the third person holds and the finder doesn't.
    const [{ seen, seen_hash, genuine, ...entry }, ...more] = entries;
    assert.deepEqual([entry.device, genuine, more.length], [device, true, 0]);
    assert.deepEqual([seen, seen_hash], [p.there.number, p.there.hash]);
    assert.notEqual(seen_hash, p.here.hash);
  }
});

test('a file somebody has changed proves nothing', { timeout: 60_000 }, async () => {
  const bytes = readFileSync(p.file);
  const { entries } = await verified(p.file);
  const id = Buffer.from(entries[0].id, 'hex');
  assert.ok(bytes.includes(id));
  bytes[bytes.indexOf(id)] ^= 1;
  const changed = join(space.folder, 'cambiada.evidence');
  writeFileSync(changed, bytes);
  for (const who of [p.XC, undefined]) {
    const { code, verdict } = await verified(changed, who);
    assert.deepEqual([code, verdict], [1, 'nothing']);
  }
});

test('two lists of participants: the roster stops, and whoever holds the other one proves it', async () => {
  const invite = (who, code) => who.do('invite', '--role', 'delegate', '--country', code, '--name', 'Alguien');
  await serve(space.data);
  await invite(p.XA, 'XA');
  const here = await compared(p.XA);
  await serve(others);
  await invite(p.XB, 'XB');
  await p.XC.do('sync');
  const there = await compared(p.XB);
  assert.equal(here.number, there.number);
  assert.notEqual(here.words, there.words);
  const evidence = await fork_found(p.XA);
  const { entries, ...said } = await verified(evidence, p.XC);
  assert.deepEqual(entries, []);
  assert.deepEqual(said, { code: 0, verdict: 'proven', contradiction: 'roster', parted_at: there.number });
  // What stands is listed with the server asked, too, though nothing else goes on; and the exit says that it was.
  for (const how of [[], ['--offline']]) {
    const kept = await p.XA.all('alarms', ...how);
    assert.deepEqual(kept.map((alarm) => alarm.evidence).sort(), [p.file, evidence].sort());
    for (const { alarm, stands } of kept) assert.deepEqual([alarm, stands], ['fork', true]);
  }
  assert.equal(await p.XA.refused('channel', 'list'), 'fork');
  // One's own list beside the file's is the proof: of the finder himself it proves nothing.
  assert.equal((await verified(evidence)).verdict, 'nothing');
});
