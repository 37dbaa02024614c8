// Tests: client/cli/standing.cpp client/cli/verbs/alarms.cpp client/cli/evidence.cpp
// Old copies and other hands: a profile's folder put back, an old copy of a server's data put back, a changed byte
// in an export, another server at the same address. Each is named as what it is, at every verb, until a person
// has dealt with it; nothing is sent, and nothing that was written is lost.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, addDevice, foundNetwork, bin, run, lines } from './harness.mjs';

const space = new Space();
const p = {};
const e = join(bin, 'encuentro');

/** A verb's exit, what it printed and what it said, whatever the exit. */
async function result(who, ...args) {
  const options = typeof args.at(-1) === 'object' ? args.pop() : {};
  const done = await run(e, who.args(args), options);
  return { code: done.code, out: lines(done.stdout), said: lines(done.stderr) };
}
const codes = ({ said }) => said.map((s) => s.error);

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    for (const code of ['XA', 'XB', 'XC']) {
      await p.sec.do('country', 'add', code, '--name', code);
      p[code] = await enter(p.sec, space.person(code), ['--role', 'focal-point', '--country', code]);
    }
    p.XA2 = await addDevice(p.XA, 'XA segundo');
    await p.XA.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB,XC');
    for (const code of ['XB', 'XC']) await p.XA.do('channel', 'add', 'Comité', (await p[code].do('whoami')).member);
    await p.XA.do('send', 'Comité', { input: 'antes' });
    for (const who of [p.XA, p.XA2, p.XB, p.XC]) await who.do('sync');
  },
  { timeout: 600_000 },
);
after(() => space.end());

describe("a profile's folder put back", () => {
  const verbs = [
    ['read', 'Comité'],
    ['whoami'],
    ['sync'],
    ['board'],
    ['roster'],
    ['channel', 'list'],
    ['device', 'list'],
    ['alarms'],
    ['verify'],
    ['read', 'Comité', '--offline'],
  ];
  test('rolled_back, exit 1 on every verb, and the evidence is kept', { timeout: 300_000 }, async () => {
    const copy = `${p.XA.home}.copia`;
    cpSync(p.XA.home, copy, { recursive: true });
    await p.XA.do('send', 'Comité', { input: 'después de la copia' });
    rmSync(p.XA.home, { recursive: true });
    renameSync(copy, p.XA.home);
    for (const verb of verbs) assert.equal(await p.XA.refused(...verb), 'rolled_back', verb.join(' '));
    assert.equal(await p.XA.refused('send', 'Comité', { input: 'no sale' }), 'rolled_back');
    const evidence = readdirSync(join(p.XA.home, 'evidence'));
    assert.equal(evidence.filter((file) => file.includes('rolled_back')).length, 1);
    assert.ok(!(await p.XB.all('read', 'Comité')).some((i) => i.body === 'no sale'));
  });
  test('the person enters again as a new device, from another one of his', { timeout: 300_000 }, async () => {
    const old = (await p.XA2.all('device', 'list')).find((d) => !d.here).device;
    const made = await p.XA2.do('device', 'add');
    const again = space.person('XA de nuevo');
    await again.do('join', made.link, '--code', made.code, '--device', 'el mismo equipo');
    await p.XA2.do('device', 'revoke', old);
    await p.XA2.do('sync');
    const read = (await again.all('read', 'Comité')).map((i) => i.body);
    assert.deepEqual(read, ['antes', 'después de la copia']);
    await again.do('send', 'Comité', { input: 'de vuelta' });
    assert.equal((await p.XB.all('read', 'Comité')).at(-1).body, 'de vuelta');
    assert.equal(await p.XA.refused('read', 'Comité'), 'rolled_back');
    p.XA = again;
  });
});

describe('an export with one changed byte', () => {
  test('verify DIR finds it, and finds the untouched one whole', { timeout: 300_000 }, async () => {
    const channel = (await p.XB.all('channel', 'list')).find((c) => c.title === 'Comité').id;
    const folder = join(space.folder, 'copia');
    await p.XB.do('export', folder);
    assert.equal((await run(e, ['--json', 'verify', folder])).code, 0);
    const log = join(folder, 'proof', `${channel}.bin`);
    const bytes = readFileSync(log);
    // In the middle of an entry in the middle, and of the last one; each stands behind its length (u32).
    const middles = [];
    for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at))
      middles.push(at + 4 + (bytes.readUInt32BE(at) >> 1));
    for (const at of [middles[middles.length >> 1], middles.at(-1)]) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 1;
      writeFileSync(log, changed);
      const done = await run(e, ['--json', 'verify', folder]);
      assert.equal(done.code, 1, `byte ${at}`);
      const [report] = lines(done.stdout);
      assert.equal(report.whole, false);
      assert.ok(
        report.findings.some((f) => f.channel === channel),
        done.stdout,
      );
    }
    writeFileSync(log, bytes);
    assert.equal((await run(e, ['--json', 'verify', folder])).code, 0);
  });
});

describe('another server at the address', () => {
  test('wrong_server_key: nothing is sent and what was written waits', { timeout: 300_000 }, async () => {
    await space.stop();
    const data = join(space.folder, 'otro');
    mkdirSync(data);
    const other = await space.start({ data, args: ['--log-level', 'debug'] });
    assert.equal(await p.XB.refused('read', 'Comité'), 'wrong_server_key');
    const sent = await result(p.XB, 'send', 'Comité', { input: 'para la red, no para otro' });
    assert.equal(sent.code, 1);
    assert.deepEqual(sent.out, []);
    const [said] = sent.said.slice(-1);
    assert.equal(said.error, 'wrong_server_key');
    assert.match(said.id, /^[0-9a-f]{32}$/);
    assert.notEqual(said.pinned, said.presented);
    // With --offline what is held can be read.
    const held = await p.XB.all('read', 'Comité', '--offline');
    assert.ok(held.some((i) => i.id === said.id && i.sending === 'waiting'));
    assert.ok(!/log(ged)?[_ ]?in/i.test(other.log), other.log);
    await space.stop();
    await space.start();
    await p.XB.do('sync');
    assert.equal((await p.XC.all('read', 'Comité')).filter((i) => i.id === said.id).length, 1);
  });
});

// Without `encuentrod restore`, which would tell the clients (restored.test.mjs).
describe("an old copy of the server's data", () => {
  const old = join(space.folder, 'datos-viejos');
  let channel;

  before(
    async () => {
      await space.stop();
      cpSync(space.data, old, { recursive: true });
      await space.start();
      channel = (await p.XB.all('channel', 'list')).find((c) => c.title === 'Comité').id;
      await p.XB.do('send', 'Comité', { input: 'posterior a la copia' });
      await p.XA.do('sync');
      await space.stop();
      await space.start({ data: old });
    },
    { timeout: 300_000 },
  );

  test('it is said at every verb, and what is held is still shown', { timeout: 300_000 }, async () => {
    for (const verb of [
      ['read', 'Comité'],
      ['read', 'Comité'],
      ['read', 'Comité', '--offline'],
    ]) {
      const { code, out, said } = await result(p.XB, ...verb);
      assert.equal(code, 1, verb.join(' '));
      assert.equal(out.at(-1).body, 'posterior a la copia');
      assert.ok(said.some((s) => s.error === 'server_rolled_back' && s.alarm && existsSync(s.evidence)));
      assert.equal(said.at(-1).error, 'channel_alarmed');
      assert.equal(said.at(-1).rule, 'server_rolled_back');
      assert.match(said.at(-1).hint, /encuentro alarms/);
    }
    for (const verb of [['sync'], ['channel', 'show', 'Comité'], ['search', 'posterior'], ['doc', 'list', 'Comité']]) {
      const { code, said } = await result(p.XB, ...verb);
      assert.equal(code, 1, verb.join(' '));
      assert.equal(said.at(-1).error, 'channel_alarmed', verb.join(' '));
    }
    // The boards are as they were: they are read, and what is wrong elsewhere is said.
    const board = await result(p.XB, 'board');
    assert.equal(board.code, 0);
    assert.deepEqual(codes(board), ['server_rolled_back']);
    const listed = (await p.XB.all('channel', 'list')).find((c) => c.id === channel);
    assert.equal(listed.alarm, 'server_rolled_back');
    const files = readdirSync(join(p.XB.home, 'evidence')).filter((f) => f.includes('server_rolled_back'));
    assert.equal(files.length, 1, 'one alarm, one file');
  });
  test('alarms lists it with its evidence, which verify reads', { timeout: 300_000 }, async () => {
    const [alarm, ...others] = await p.XB.all('alarms');
    assert.deepEqual(others, []);
    assert.equal(alarm.alarm, 'server_rolled_back');
    assert.equal(alarm.channel, channel);
    assert.equal(alarm.title, 'Comité');
    assert.match(alarm.time, /^\d{4}-\d\d-\d\dT[\d:]+Z$/);
    const { out } = await result(p.XB, 'verify', alarm.evidence);
    assert.equal(out[0].alarm, 'server_rolled_back');
    assert.equal(out[0].channel, channel);
    assert.equal(await p.XB.refused('alarms', '--put-aside', String(alarm.number)), 'not_allowed');
  });
  test('send says that an alarm stands, and keeps what was written', { timeout: 300_000 }, async () => {
    const { code, out, said } = await result(p.XB, 'send', 'Comité', { input: 'en espera de la Secretaría' });
    assert.equal(code, 1);
    assert.deepEqual(out, []);
    assert.equal(said.at(-1).error, 'channel_alarmed');
    const held = (await result(p.XB, 'read', 'Comité')).out.at(-1);
    assert.equal(held.id, said.at(-1).id);
    assert.equal(held.sending, 'waiting');
  });
  test('who had seen nothing of what was lost sees no alarm', { timeout: 300_000 }, async () => {
    assert.equal((await p.XC.all('read', 'Comité')).at(-1).body, 'para la red, no para otro');
    assert.deepEqual(await p.XC.all('alarms'), []);
  });
  test('with the right data again all goes on, until then the alarm stands', { timeout: 300_000 }, async () => {
    await space.stop();
    await space.start();
    const back = await result(p.XB, 'sync');
    assert.equal(back.code, 1);
    assert.ok(codes(back).includes('server_rolled_back'));
    assert.equal((await p.XC.all('read', 'Comité')).at(-1).body, 'en espera de la Secretaría');
    const [{ number }] = await p.XB.all('alarms');
    assert.deepEqual(await p.XB.all('alarms', '--put-aside', String(number)), []);
    assert.equal((await p.XB.all('alarms', '--all'))[0].stands, false);
    const read = await result(p.XB, 'read', 'Comité');
    assert.equal(read.code, 0);
    assert.deepEqual(read.said, []);
    assert.equal((await p.XB.all('channel', 'list')).find((c) => c.id === channel).alarm, null);
  });
});
