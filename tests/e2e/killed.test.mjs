// kill -9: of the server at random moments under load, and of clients between any two of their steps. The oracle is
// what the programs said with exit 0 before, kept here, outside of them: each such item is there once, nothing is there
// twice, and every chain is whole; so is a backup made under load. ENCUENTRO_KILLS raises the number of kills.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Space, enter, foundNetwork, bin, run, Refused } from './harness.mjs';

const kills = Number(process.env.ENCUENTRO_KILLS ?? 6);
const space = new Space();
const writers = [];
let reader;

before(
  async () => {
    await space.start();
    const sec = await foundNetwork(space);
    for (const code of ['XA', 'XB', 'XC']) {
      await sec.do('country', 'add', code, '--name', code);
      writers.push(await enter(sec, space.person(code), ['--role', 'focal-point', '--country', code]));
    }
    [reader] = writers;
    await reader.do('channel', 'create', 'Carga', '--kind', 'committee', '--countries', 'XA,XB,XC');
    for (const other of writers.slice(1)) {
      await reader.do('channel', 'add', 'Carga', (await other.do('whoami')).member);
    }
    for (const w of writers) await w.do('sync');
  },
  { timeout: 120_000 },
);
after(() => space.end());

const random = (max) => Math.floor(Math.random() * max);

/** Everybody reads everything: no body twice, every acknowledged one there, the same order for all. */
async function settled(acknowledged) {
  // What still waits in somebody's outbox goes first, so that all then look at the same log.
  for (const who of writers) await who.do('sync');
  const views = [];
  for (const who of writers) {
    views.push((await who.all('read', 'Carga')).map((i) => i.body));
  }
  for (const bodies of views) {
    assert.equal(new Set(bodies).size, bodies.length, 'a body stands twice');
    for (const body of acknowledged) assert.ok(bodies.includes(body), `acknowledged and lost: ${body}`);
  }
  for (const bodies of views.slice(1)) assert.deepEqual(bodies, views[0]);
}

test('a killed server loses nothing it acknowledged', { timeout: 300_000 }, async () => {
  const acknowledged = [];
  let stop = false;
  const load = writers.map(async (who, n) => {
    for (let i = 0; !stop; ++i) {
      const body = `servidor ${n}-${i}`;
      try {
        await who.do('send', 'Carga', '--wait', '2', { input: body });
        acknowledged.push(body);
      } catch (e) {
        // Without a server an item waits in the outbox; anything else is a failure of the test.
        if (!(e instanceof Refused) || !['queued', 'unreachable'].includes(e.code)) throw e;
      }
    }
  });
  for (let k = 0; k < kills; ++k) {
    const target = acknowledged.length + 2 + random(4);
    while (acknowledged.length < target) await new Promise((go) => setTimeout(go, random(60)));
    await space.stop('SIGKILL');
    const check = await run(join(bin, 'encuentrod'), ['check', '--data', space.data]);
    assert.equal(check.code, 0, check.stdout + check.stderr);
    await space.start();
  }
  stop = true;
  await Promise.all(load);
  await settled(acknowledged);
});

const walked = async (command, ...args) => {
  const done = await run(join(bin, 'encuentrod'), [command, ...args]);
  assert.equal(done.code, 0, done.stdout + done.stderr);
  const entries = done.stdout.match(/channels with (\d+) entries/);
  return entries && Number(entries[1]);
};

test('a backup made under load holds what was acknowledged before it', { timeout: 120_000 }, async () => {
  const at = (name) => join(space.folder, name);
  const restored = async (name) => {
    await walked('restore', '--from', at(name), '--data', at(`${name}-restored`));
    return walked('check', '--data', at(`${name}-restored`));
  };
  await walked('backup', '--data', space.data, '--to', at('quiet'));
  const before = await restored('quiet');
  let acknowledged = 0;
  let stop = false;
  const load = writers.map(async (who, n) => {
    for (let i = 0; !stop; ++i) {
      await who.do('send', 'Carga', { input: `respaldo ${n}-${i}` });
      ++acknowledged;
    }
  });
  for (const name of ['busy1', 'busy2']) {
    const target = acknowledged + 5;
    while (acknowledged < target) await new Promise((go) => setTimeout(go, 20));
    const at_least = before + acknowledged;
    await walked('backup', '--data', space.data, '--to', at(name));
    assert.ok((await restored(name)) >= at_least, `${name} lacks acknowledged entries`);
  }
  stop = true;
  await Promise.all(load);
});

test('a killed client sends each item once', { timeout: 300_000 }, async () => {
  const [who] = writers;
  const acknowledged = [];
  for (let k = 0; k < kills * 2; ++k) {
    const body = `cliente ${k}`;
    const child = spawn(join(bin, 'encuentro'), who.args(['send', 'Carga']), { stdio: ['pipe', 'pipe', 'ignore'] });
    let printed = '';
    child.stdout.on('data', (d) => (printed += d));
    child.stdin.on('error', () => {});
    child.stdin.end(body);
    const timer = setTimeout(() => child.kill('SIGKILL'), random(500));
    await once(child, 'close');
    clearTimeout(timer);
    if (printed.includes('"id"')) acknowledged.push(body);
  }
  await settled(acknowledged);
});

test('clients killed while they change who is in', { timeout: 300_000 }, async () => {
  const [who, other] = writers;
  const member = (await other.do('whoami')).member;
  for (let k = 0; k < kills; ++k) {
    for (const verb of ['remove', 'add']) {
      const child = spawn(join(bin, 'encuentro'), who.args(['channel', verb, 'Carga', member]), { stdio: 'ignore' });
      const timer = setTimeout(() => child.kill('SIGKILL'), 100 + random(500));
      await once(child, 'close');
      clearTimeout(timer);
    }
  }
  await who.do('sync');
  await who.do('channel', 'add', 'Carga', member).catch(() => {});
  await who.do('send', 'Carga', { input: 'después de todo' });
  await settled(['después de todo']);
});
