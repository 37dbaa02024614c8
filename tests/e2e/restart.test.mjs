// Tests: client/core/restart.cpp client/core/handshakes.cpp client/cli/verbs/channels.cpp
// One member's program sends a Commit that everybody must reject and that the server can't see through: the others
// stop, are told whose it was, and the channel goes on without that member; nothing that was said is lost.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, bin, enter, foundNetwork, run } from './harness.mjs';

const space = new Space();
const p = {};
const channel = async (who) => (await who.all('channel', 'list')).find((c) => c.title === 'Comité');
const bodies = async (who) => (await who.all('read', 'Comité')).map((item) => item.body);

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    for (const code of ['XA', 'XB', 'XC']) {
      const person = space.person(`${code} titular`);
      // The program that doesn't keep to the rules knows this one.
      if (code === 'XC') writeFileSync(person.passphrase_file, 'seis palabras para la medida\n');
      await p.sec.do('country', 'add', code, '--name', `País ${code}`);
      p[code] = await enter(p.sec, person, ['--role', 'focal-point', '--country', code]);
    }
    await p.XA.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB,XC');
    for (const code of ['XB', 'XC']) await p.XA.do('channel', 'add', 'Comité', (await p[code].do('whoami')).member);
    await p.XA.do('send', 'Comité', { input: 'lo de antes' });
    for (const code of ['XB', 'XC']) assert.deepEqual(await bodies(p[code]), ['lo de antes']);
  },
  { timeout: 240_000 },
);
after(() => space.end());

test('the server takes the Commit', { timeout: 60_000 }, async () => {
  const env = { BAD_PROFILE: p.XC.home, BAD_CHANNEL: (await channel(p.XC)).id };
  const result = await run(join(bin, '..', 'tests', 'hostile', 'bad_member'), [], { env });
  assert.equal(result.code, 0, result.stdout + result.stderr);
});

test('the others stop and are told whose it was; what they write waits', { timeout: 60_000 }, async () => {
  const device = (await p.XC.do('whoami', '--offline')).device;
  for (const who of [p.XA, p.XB]) {
    assert.equal((await channel(who)).state, 'stopped');
    const alarms = await who.all('alarms');
    assert.ok(
      alarms.some((alarm) => ['invalid_commit', 'bad_tag'].includes(alarm.alarm) && alarm.device === device),
      JSON.stringify(alarms),
    );
  }
  assert.equal(await p.XB.refused('send', 'Comité', { input: 'mientras tanto' }), 'channel_alarmed');
});

test('it goes on without who made it, with all that was said', { timeout: 120_000 }, async () => {
  await p.XA.do('channel', 'restart', 'Comité');
  for (const who of [p.XB, p.XA, p.XB]) await who.do('sync');
  await p.XA.do('send', 'Comité', { input: 'después' });
  for (const who of [p.XA, p.XB]) {
    assert.equal((await channel(who)).state, 'in');
    assert.deepEqual([...(await bodies(who))].sort(), ['después', 'lo de antes', 'mientras tanto']);
  }
  const inside = (await p.XA.do('channel', 'show', 'Comité')).members;
  assert.deepEqual(inside.sort(), [(await p.XA.do('whoami')).member, (await p.XB.do('whoami')).member].sort());
});
