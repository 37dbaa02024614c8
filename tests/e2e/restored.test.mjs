// Yesterday's backup is restored: people say so once, give back what they hold, and everybody ends with the same log.
// Real backup and restore, real profiles, of which one had everything.
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { bin, enter, foundNetwork, run, Space } from './harness.mjs';

const bodies = async (person, channel) => (await person.all('read', channel)).map((record) => record.body);

/** Runs a verb; resolves to the alarms it said. */
async function alarms(person, ...args) {
  const result = await run(join(bin, 'encuentro'), person.args(args), {});
  const said = result.stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return { code: result.code, alarms: said.filter((line) => line.alarm).map((line) => line.error) };
}

describe("a server restored from yesterday's backup", () => {
  const space = new Space();
  const daemon = (...args) => run(join(bin, 'encuentrod'), args);
  const backup = join(space.folder, 'backup');
  let secretariat, mar, plata, sur, channel;

  before(async () => {
    await space.start();
    secretariat = await foundNetwork(space);
    for (const code of ['XA', 'XB', 'XC']) await secretariat.do('country', 'add', code, '--name', `País ${code}`);
    mar = await enter(secretariat, space.person('Eva Mar'), ['--role', 'focal-point', '--country', 'XA']);
    plata = await enter(secretariat, space.person('Ada Plata'), ['--role', 'focal-point', '--country', 'XB']);
    const made = await mar.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB,XC');
    channel = made.id ?? made.channel;
    await mar.do('channel', 'add', channel, (await plata.do('whoami')).member);
    await mar.do('send', channel, { input: 'ayer' });
    assert.deepEqual(await bodies(plata, channel), ['ayer']);
    const copied = await daemon('backup', '--data', space.data, '--to', backup);
    assert.equal(copied.code, 0, copied.stderr);
    // Today: messages, a person, a channel, all of it lost below.
    await plata.do('send', channel, { input: 'hoy 1' });
    await mar.do('send', channel, { input: 'hoy 2' });
    sur = await enter(secretariat, space.person('Iris Sur'), ['--role', 'focal-point', '--country', 'XC']);
    await mar.do('channel', 'add', channel, (await sur.do('whoami')).member);
    await sur.do('send', channel, { input: 'hoy 3' });
    await mar.do('channel', 'create', 'Nuevo', '--kind', 'committee', '--countries', 'XA,XC');
    await mar.do('send', 'Nuevo', { input: 'primero' });
    assert.deepEqual(await bodies(mar, channel), ['ayer', 'hoy 1', 'hoy 2', 'hoy 3']);
  });
  after(() => space.end());

  it('restores, and says that it recovers', async () => {
    await space.stop();
    renameSync(join(space.data, 'store'), join(space.folder, 'lost-store'));
    const restored = await daemon('restore', '--from', backup, '--data', space.data);
    assert.equal(restored.code, 0, restored.stderr);
    const child = await space.start();
    for (const end = Date.now() + 10_000; !/recovering/.test(child.log) && Date.now() < end;)
      await new Promise((go) => setTimeout(go, 20));
    assert.match(child.log, /recovering/);
  });

  it('whoever knows less waits: what is written stays in the outbox', async () => {
    const first = await alarms(plata, 'read', channel);
    assert.deepEqual(first.alarms, ['server_rolled_back']);
    assert.equal(await plata.refused('--wait', '2', 'send', channel, { input: 'mientras' }), 'queued');
  });

  it('a person the server has forgotten gives back what makes them known, and all the rest', async () => {
    const read = await alarms(sur, 'read', channel);
    assert.equal(read.code, 0);
    assert.deepEqual(read.alarms, ['server_rolled_back']);
    assert.deepEqual(await bodies(sur, channel), ['ayer', 'hoy 1', 'hoy 2', 'hoy 3']);
  });

  it('everybody says it once, and reads all of it', async () => {
    for (const person of [mar, secretariat])
      assert.deepEqual((await alarms(person, 'sync')).alarms, ['server_rolled_back'], person.name);
    for (const person of [mar, plata, sur, secretariat])
      assert.deepEqual(await alarms(person, 'sync'), { code: 0, alarms: [] }, person.name);
    for (const person of [mar, plata, sur]) {
      const records = await person.all('read', channel);
      const logged = records.filter((record) => record.sending !== 'waiting').map((record) => record.body);
      assert.deepEqual(logged, ['ayer', 'hoy 1', 'hoy 2', 'hoy 3'], person.name);
      // What its author can't send yet is seen by nobody else.
      const waiting = records.filter((record) => record.sending === 'waiting').map((record) => record.body);
      assert.deepEqual(waiting, person === plata ? ['mientras'] : [], person.name);
    }
    assert.deepEqual(await bodies(mar, 'Nuevo'), ['primero']);
  });

  it('after the word of the operator what waited goes out, and life goes on', async () => {
    const ended = await daemon('recovered', '--data', space.data);
    assert.equal(ended.code, 0, ended.stderr);
    await plata.all('sync');
    const all = ['ayer', 'hoy 1', 'hoy 2', 'hoy 3', 'mientras'];
    for (const person of [mar, plata, sur]) assert.deepEqual(await bodies(person, channel), all, person.name);
    // New KeyPackages: somebody is added who put the old ones before the backup.
    await mar.do('channel', 'add', 'Nuevo', (await sur.do('whoami')).member);
    await sur.do('send', 'Nuevo', { input: 'segundo' });
    assert.deepEqual(await bodies(mar, 'Nuevo'), ['primero', 'segundo']);
  });

  it('the data is whole, and who enters afterwards reads everything', async () => {
    const nuevo = await enter(mar, space.person('Luz Mar'), ['--role', 'delegate', '--country', 'XA']);
    await mar.do('channel', 'add', channel, (await nuevo.do('whoami')).member);
    assert.deepEqual(await bodies(nuevo, channel), ['ayer', 'hoy 1', 'hoy 2', 'hoy 3', 'mientras']);
    await space.stop();
    const checked = await daemon('check', '--data', space.data);
    assert.equal(checked.code, 0, checked.stderr);
  });
});
