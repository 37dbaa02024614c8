// Tests: client/cli/verbs/succession.cpp client/views/succession.cpp
// An office passes on: the successor has channels and past from the start, both work until the end, and from then on
// whatever the predecessor tries is refused. By the real clock, in seconds.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Space, enter, foundNetwork } from './harness.mjs';

const space = new Space();
const p = {};
const soon = (seconds) => new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19) + 'Z';
const bodies = async (who) => (await who.all('read', 'Comité')).map((item) => item.body);

const at = (time) => new Promise((come) => setTimeout(come, time - Date.now()));

/** Asks until it is so; somebody must be online for a date to become an entry. */
async function until(what, limit_ms = 60_000) {
  const end = Date.now() + limit_ms;
  for (;;) {
    const result = await what();
    if (result) return result;
    if (Date.now() > end) throw new Error('it never came to be');
  }
}

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    for (const code of ['XA', 'XB']) {
      await p.sec.do('country', 'add', code, '--name', `País ${code}`);
      p[code] = await enter(p.sec, space.person(`${code} titular`), ['--role', 'focal-point', '--country', code]);
    }
    p.next = await enter(p.XA, space.person('XA siguiente'), ['--role', 'delegate', '--country', 'XA']);
    await p.XB.do(
      'channel',
      'create',
      'Comité',
      '--kind',
      'committee',
      '--countries',
      'XA,XB',
      '--roles',
      'focal-point',
    );
    p.leaver = (await p.XA.do('whoami')).member;
    p.successor = (await p.next.do('whoami')).member;
    await p.XB.do('channel', 'add', 'Comité', p.leaver);
    await p.XA.do('send', 'Comité', { input: 'lo de antes' });
    await p.sec.do('announce', 'Con acuse', '--ask-ack', { input: 'texto' });
  },
  { timeout: 240_000 },
);
after(() => space.end());

test('who may not, may not', { timeout: 60_000 }, async () => {
  assert.equal(await p.XB.refused('succession', 'start', p.leaver, p.successor), 'not_allowed');
  assert.equal(await p.next.refused('succession', 'start', p.leaver, p.successor), 'not_allowed');
});

test('from the start both are in; what passes is listed', { timeout: 120_000 }, async () => {
  p.end = soon(15);
  await p.XA.do('succession', 'start', p.leaver, p.successor, '--start', soon(1), '--end', p.end);
  await until(async () => {
    for (const who of [p.XB, p.next]) await who.do('sync');
    return (await p.next.do('whoami')).role === 'focal-point';
  });
  await until(async () => {
    await p.XB.do('sync');
    return (await p.next.all('channel', 'list')).some((c) => c.title === 'Comité' && c.state === 'in');
  });
  assert.deepEqual(await bodies(p.next), ['lo de antes']);
  const [passing] = await p.next.all('succession', 'list');
  assert.deepEqual([passing.member, passing.successor], [p.leaver, p.successor]);
  assert.ok(passing.channels.some((c) => c.title === 'Comité' && c.successor_in));
  assert.deepEqual(
    passing.acknowledgements.map((a) => a.title),
    ['Con acuse'],
  );
});

test(
  'after the end the predecessor reads, writes and appoints no more; what was signed stays',
  { timeout: 120_000 },
  async () => {
    await at(Date.parse(p.end) + 1000);
    await p.next.do('send', 'Comité', { input: 'la nueva titular' });
    assert.equal(await p.XA.refused('sync'), 'revoked');
    assert.equal(await p.XA.refused('send', 'Comité', { input: 'todavía yo' }), 'revoked');
    assert.equal(await p.XA.refused('invite', '--role', 'delegate', '--country', 'XA', '--name', 'Alguien'), 'revoked');
    const items = await p.XB.all('read', 'Comité');
    assert.deepEqual(
      items.map((item) => [item.body, item.author]),
      [
        ['lo de antes', p.leaver],
        ['la nueva titular', p.successor],
      ],
    );
    assert.ok(!(await p.XB.all('roster')).some((one) => one.member === p.leaver));
  },
);
