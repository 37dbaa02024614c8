// Tests: client/cli/verbs/roots.cpp client/cli/statement_show.cpp
// The network's keys: two of three decide, one corrupt officer doesn't; two thirds of the member countries take them
// over and name another Secretariat; a country's participation changes only by a decision. Countries are invented.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Space, bin, enter, foundNetwork, run } from './harness.mjs';

const focalPoint = (code) => ['--role', 'focal-point', '--country', code];
const keyOf = async (who) => (await who.do('roots', 'key')).key;
const waiting = async (who) => (await who.all('approve')).map((w) => w.text);

describe('two of three', () => {
  const space = new Space();
  const p = {};
  before(
    async () => {
      await space.start();
      p.sec = await foundNetwork(space);
      for (const code of ['XA', 'XB', 'XC']) {
        await p.sec.do('country', 'add', code, '--name', `País ${code}`);
        p[code] = await enter(p.sec, space.person(`${code} titular`), focalPoint(code));
      }
    },
    { timeout: 240_000 },
  );
  after(() => space.end());

  test('the founder hands the keys to three hands', { timeout: 60_000 }, async () => {
    const { keys } = await p.sec.do('roots', 'show');
    const all = [keys[0].key, await keyOf(p.XA), await keyOf(p.XB)];
    assert.equal((await p.sec.do('roots', 'hand-over', '--threshold', '2', ...all)).decided, true);
    const seen = await p.XC.do('roots', 'show');
    assert.deepEqual([seen.threshold, seen.keys.length, seen.keys.some((k) => k.here)], [2, 3, false]);
  });
  test('what one signs waits; who has no key adds nothing; the second decides', { timeout: 60_000 }, async () => {
    const asked = await p.sec.do('country', 'add', 'XD', '--name', 'País XD');
    assert.deepEqual([asked.decided, asked.have, asked.need], [false, 1, 2]);
    assert.equal(await p.XC.refused('approve', asked.id), 'not_allowed');
    assert.ok((await waiting(p.XA)).some((text) => text.includes('País XD')));
    assert.equal((await p.XA.do('approve', asked.id.slice(0, 16))).decided, true);
    assert.deepEqual(await waiting(p.XB), []);
  });
  test('one corrupt officer alone changes nothing, however often', { timeout: 60_000 }, async () => {
    const { keys } = await p.sec.do('roots', 'show');
    const own = keys.find((k) => k.here).key;
    const alone = await p.sec.do('roots', 'hand-over', '--threshold', '1', own);
    assert.equal(alone.decided, false);
    assert.equal((await p.sec.do('approve', alone.id)).have, 1);
    assert.equal((await p.XB.do('roots', 'show')).threshold, 2);
    const { member } = await p.XC.do('whoami');
    assert.equal((await p.sec.do('member', 'revoke', member)).decided, false);
    assert.ok((await p.XA.all('roster')).some((one) => one.member === member));
  });
  test(
    'participation is paused only by a decision, and who is paused reads nothing newer',
    { timeout: 90_000 },
    async () => {
      assert.equal(await p.sec.refused('country', 'suspend', 'XC'), 'not_allowed');
      await p.sec.do('announce', 'Antes', { input: 'antes' });
      assert.ok((await p.XC.all('board')).some((item) => item.title === 'Antes'));
      const asked = await p.sec.do('country', 'suspend', 'XC', '--decision', 'Acta 7 de la reunión');
      assert.ok((await waiting(p.XB)).some((text) => text.includes('Acta 7')));
      assert.equal((await p.XB.do('approve', asked.id)).decided, true);
      await p.sec.do('announce', 'Después', { input: 'después' });
      const titles = (await p.XC.all('board')).map((item) => item.title);
      assert.ok(!titles.includes('Después'));
      const back = await p.sec.do('country', 'resume', 'XC', '--decision', 'Acta 8');
      await p.XA.do('approve', back.id);
      await p.XC.do('sync');
      await p.sec.do('sync'); // who has the older keys hands them on
      assert.ok((await p.XC.all('board')).some((item) => item.title === 'Después'));
    },
  );
});

describe('the member countries', () => {
  const space = new Space();
  const p = {};
  before(
    async () => {
      await space.start();
      p.sec = await foundNetwork(space);
      for (const code of ['XA', 'XB', 'XC', 'XD']) await p.sec.do('country', 'add', code, '--name', `País ${code}`);
      for (const code of ['XA', 'XB', 'XC'])
        p[code] = await enter(p.sec, space.person(`${code} titular`), focalPoint(code));
    },
    { timeout: 240_000 },
  );
  after(() => space.end());

  test('two thirds take the keys over; one country fewer does not', { timeout: 90_000 }, async () => {
    const keys = [await keyOf(p.XA), await keyOf(p.XB)];
    const asked = await p.XA.do('roots', 'hand-over', '--threshold', '2', ...keys);
    assert.deepEqual([asked.decided, asked.have, asked.need], [false, 1, 3]);
    const second = await p.XB.do('approve', asked.id);
    assert.deepEqual([second.decided, second.have], [false, 2]);
    assert.equal((await p.sec.do('roots', 'show')).keys[0].here, true);
    assert.equal((await p.XC.do('approve', asked.id)).decided, true);
    assert.deepEqual((await p.sec.do('roots', 'show')).own, []);
    assert.equal(await p.sec.refused('country', 'add', 'XE', '--name', 'País XE'), 'threshold_not_met');
  });
  test('they name another institution as Secretariat, and the old one is out', { timeout: 120_000 }, async () => {
    const fresh = space.person('Nueva Secretaría');
    const words = p.XA.args(['invite', '--role', 'secretariat', '--name', 'Nueva Secretaría']);
    const made = await run(
      `${bin}/encuentro`,
      words.filter((word) => word !== '--json'),
    );
    const [link, code] = made.stdout.trim().split('\n');
    const [, told] = /«encuentro approve ([0-9a-f]+)»/.exec(made.stderr);
    const [asked] = await p.XB.all('approve');
    assert.deepEqual([asked.kind, asked.id.startsWith(told)], ['invite', true]);
    await p.XB.do('approve', told); // as a person types it
    await p.XA.do('sync');
    await fresh.do('join', link, '--code', code);
    const { member } = await p.sec.do('whoami');
    const out = await p.XA.do('member', 'revoke', member);
    assert.equal((await p.XB.do('approve', out.id)).decided, true);
    assert.equal(await p.sec.refused('sync'), 'revoked');
    const partner = await enter(fresh, space.person('Socia'), ['--role', 'partner']);
    assert.equal((await partner.do('whoami')).role, 'partner');
  });
});
