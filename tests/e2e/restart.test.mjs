// Tests: client/core/restart.cpp client/core/handshakes.cpp client/core/history.cpp client/cli/verbs/channels.cpp
// One member's program sends Commits that the server can't see through, each with another fault, in a channel of its
// own: the right people stop and are told whose it was, the channel goes on, and nothing that was said is lost.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, bin, enter, foundNetwork, run } from './harness.mjs';

const space = new Space();
const p = {};
// Also the channels' titles. XD makes the Commits; XE is whom the bad Welcome adds; XF comes last of all.
const faults = ['confirmation_tag', 'external_key', 'path_secret', 'welcome', 'link'];
const inside = ['XA', 'XB', 'XC'];
const known_to_the_program = ['XD', 'XE'];

const channel = async (who, title) => (await who.all('channel', 'list')).find((one) => one.title === title);
const bodies = async (who, title) => (await who.all('read', title)).map((item) => item.body).sort();
const say = (who, title, input) => who.do('send', title, { input });
const sync = async (...codes) => {
  for (const code of codes) await p[code].do('sync');
};
const members = async (...codes) =>
  (await Promise.all(codes.map((code) => p[code].do('whoami', '--offline')))).map(({ member }) => member).sort();
/** The names of what this person was told of XD's device in this channel, and of nobody else's. */
async function told(code, title) {
  const { device } = await p.XD.do('whoami', '--offline');
  const alarms = (await p[code].all('alarms')).filter((alarm) => alarm.title === title);
  for (const alarm of alarms) assert.equal(alarm.device, device, JSON.stringify(alarm));
  return alarms.map((alarm) => alarm.alarm);
}
const rejected = (names) => names.some((name) => ['invalid_commit', 'bad_tag'].includes(name));

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    for (const code of [...inside, ...known_to_the_program]) {
      const person = space.person(`${code} titular`);
      if (known_to_the_program.includes(code)) writeFileSync(person.passphrase_file, 'seis palabras para la medida\n');
      await p.sec.do('country', 'add', code, '--name', `País ${code}`);
      p[code] = await enter(p.sec, person, ['--role', 'focal-point', '--country', code]);
    }
    await p.sec.do('country', 'add', 'XF', '--name', 'País XF');
    const others = {};
    for (const code of ['XB', 'XC', 'XD']) others[code] = (await p[code].do('whoami')).member;
    for (const title of faults) {
      await p.XA.do('channel', 'create', title, '--kind', 'committee', '--countries', 'XA,XB,XC,XD,XE,XF');
      for (const code in others) await p.XA.do('channel', 'add', title, others[code]);
      await say(p.XA, title, 'lo de antes');
    }
    for (const code of ['XB', 'XC']) {
      for (const title of faults) assert.deepEqual(await bodies(p[code], title), ['lo de antes']);
    }
    await sync('XD', 'XE');
  },
  { timeout: 400_000 },
);
after(() => space.end());

test('the server takes the Commits', { timeout: 400_000 }, async () => {
  const list = await p.XD.all('channel', 'list');
  const commits = faults.map((fault) => `${fault}=${list.find((one) => one.title === fault).id}`);
  const env = { BAD_PROFILE: p.XD.home, BAD_COMMITS: commits.join(','), BAD_NEWCOMER: p.XE.home };
  const result = await run(join(bin, '..', 'tests', 'hostile', 'bad_member'), [], { env });
  assert.equal(result.code, 0, result.stdout + result.stderr);
});

for (const title of ['confirmation_tag', 'external_key']) {
  test(`${title}: all stop and are told whose it was; what they write waits`, { timeout: 60_000 }, async () => {
    for (const code of inside) {
      assert.equal((await channel(p[code], title)).state, 'stopped');
      assert.ok(rejected(await told(code, title)));
    }
    assert.equal(await p.XB.refused('send', title, { input: 'mientras tanto' }), 'channel_alarmed');
  });
}

test('path_secret: who sat beside stops and says so; the others hear whose it was and go on', async () => {
  const title = 'path_secret';
  assert.equal((await channel(p.XC, title)).state, 'stopped');
  assert.ok(rejected(await told('XC', title)));
  for (const code of ['XA', 'XB']) {
    assert.equal((await channel(p[code], title)).state, 'in');
    assert.deepEqual(await told(code, title), ['commit_reported']);
  }
  await say(p.XA, title, 'sin XC');
  assert.deepEqual(await bodies(p.XB, title), ['lo de antes', 'sin XC']);
  assert.equal(await p.XC.refused('send', title, { input: 'mientras tanto' }), 'channel_alarmed');
});

test('they go on without who made it, with all that was said', { timeout: 240_000 }, async () => {
  const titles = ['confirmation_tag', 'external_key', 'path_secret'];
  for (const title of titles) await p.XA.do('channel', 'restart', title);
  await sync('XB', 'XC', 'XA', 'XB', 'XC');
  for (const title of titles) {
    await say(p.XA, title, 'después');
    const all = ['después', 'lo de antes', 'mientras tanto', ...(title === 'path_secret' ? ['sin XC'] : [])];
    for (const code of inside) {
      assert.equal((await channel(p[code], title)).state, 'in');
      assert.deepEqual(await bodies(p[code], title), all, `${code} in ${title}`);
    }
    const now = (await p.XA.do('channel', 'show', title)).members;
    assert.deepEqual(now.sort(), await members(...inside));
  }
});

test('welcome: nobody stops; whom it added names who made it, and comes in', { timeout: 120_000 }, async () => {
  const title = 'welcome';
  await sync('XE', 'XA', 'XB', 'XE');
  assert.equal((await told('XE', title)).length, 1);
  await say(p.XE, title, 'la que llega');
  for (const code of [...inside, 'XE']) {
    assert.equal((await channel(p[code], title)).state, 'in');
    assert.deepEqual(await bodies(p[code], title), ['la que llega', 'lo de antes'], code);
  }
  for (const code of inside) assert.deepEqual(await told(code, title), []);
});

test('link: nobody stops, all are told, and a right one takes its place', { timeout: 120_000 }, async () => {
  const title = 'link';
  for (const code of inside) {
    assert.equal((await channel(p[code], title)).state, 'in');
    assert.deepEqual(await told(code, title), ['bad_link']);
  }
  // Who comes later walks back to what was said before it.
  p.XF = await enter(p.sec, space.person('XF titular'), ['--role', 'focal-point', '--country', 'XF']);
  await p.XA.do('channel', 'add', title, (await p.XF.do('whoami')).member);
  await say(p.XF, title, 'la que llega');
  for (const code of [...inside, 'XF']) assert.deepEqual(await bodies(p[code], title), ['la que llega', 'lo de antes']);
});

test('nothing else of theirs has stopped', { timeout: 60_000 }, async () => {
  for (const code of [...inside, 'XE', 'XF']) {
    const channels = await p[code].all('channel', 'list');
    assert.deepEqual(
      channels.filter((one) => one.state === 'stopped'),
      [],
    );
    const alarms = await p[code].all('alarms');
    assert.deepEqual(
      alarms.filter((alarm) => !faults.includes(alarm.title)),
      [],
    );
  }
});
