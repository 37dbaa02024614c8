// Tests: client/cli/documents/ server/net/transfer_request.cpp
// Files of every size through the real server over a line that is held at seeded places while the client or the server
// is killed: what comes out is what went in, what crosses the line again is bounded by what the book of chunks may
// forget (16) and the four that are under way, and memory stays flat on both sides. ENCUENTRO_LARGE=1 adds 1 GiB
// (./dev prove).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, createReadStream, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after_ms } from 'node:timers/promises';
import { Space, enter, foundNetwork, bin } from './harness.mjs';
import { Proxy } from './proxy.mjs';

const [KiB, MiB, GiB] = [2 ** 10, 2 ** 20, 2 ** 30];
const chunk = 256 * KiB;
const again_max = (16 + 4) * (chunk + 16);
const memory_max = 64 * MiB;
const sizes = [0, KiB, MiB, 3 * chunk, 64 * MiB, ...(process.env.ENCUENTRO_LARGE ? [GiB] : [])];
const seed = Number(process.env.ENCUENTRO_SEED ?? 1);

/** mulberry32: the same places in every run with one seed. */
function seeded(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const space = new Space();
const at = (name) => join(space.folder, name);
let proxy, ana, bea;

before(
  async () => {
    await space.start();
    proxy = await new Proxy(() => space.port).listen();
    space.url = `wss://127.0.0.1:${proxy.port}`;
    const sec = await foundNetwork(space);
    [ana, bea] = ['XA', 'XB'].map((code) => space.person(code));
    for (const who of [ana, bea]) {
      await sec.do('country', 'add', who.name, '--name', who.name);
      await enter(sec, who, ['--role', 'focal-point', '--country', who.name]);
    }
    await ana.do('channel', 'create', 'Textos', '--kind', 'committee', '--countries', 'XA,XB');
    await ana.do('channel', 'add', 'Textos', (await bea.do('whoami')).member);
    await bea.do('sync');
  },
  { timeout: 180_000 },
);
after(async () => {
  await space.end();
  proxy?.end();
});

/** A file that is cheap to make and whose chunks all differ: holes, with some random bytes at each chunk's start. */
function make(name, size) {
  const file = openSync(at(name), 'w');
  ftruncateSync(file, size);
  for (let place = 0; place < size; place += chunk)
    writeSync(file, randomBytes(Math.min(64, size - place)), 0, undefined, place);
  closeSync(file);
  return at(name);
}

async function sha256(path) {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path, { highWaterMark: MiB })) hash.update(part);
  return hash.digest('hex');
}

/** Memory of its own that a process holds, in bytes; nothing once it has ended. */
function held(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/^RssAnon:\s+(\d+) kB$/m)?.[1]) * KiB;
  } catch {
    return NaN;
  }
}

/** A process that has come to rest: ten looks in a row see the same. */
async function at_rest(pid) {
  let [last, same] = [NaN, 0];
  while (same < 10) {
    await after_ms(20);
    const now = held(pid);
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

/** What a client holds that is unlocked, connected and has nothing to do. */
async function idle(who) {
  const watching = who.follow('watch');
  await watching.until((line) => line.kind === 'watching');
  const bytes = await at_rest(watching.pid);
  await watching.end();
  return bytes;
}

function start(who, args) {
  const child = spawn(join(bin, 'encuentro'), who.args(['--wait', '30', ...args]), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  space.servers.push(child);
  child.out = child.err = '';
  child.stdout.on('data', (d) => (child.out += d));
  child.stderr.on('data', (d) => (child.err += d));
  child.ended = once(child, 'close');
  return child;
}

/** One run to its end, and the most that client and server held meanwhile; the client from when it was unlocked. */
async function measured(who, args, way) {
  const began = proxy[way];
  const up = proxy.up;
  const child = start(who, args);
  const most = { client: 0, server: 0 };
  const look = setInterval(() => {
    const [client, server] = [held(child.pid), held(space.server.pid)];
    if (proxy.up > up && client > most.client) most.client = client;
    if (server > most.server) most.server = server;
  }, 20);
  const [code] = await child.ended;
  clearInterval(look);
  assert.equal(code, 0, child.err);
  return { ...JSON.parse(child.out), most, wire: proxy[way] - began };
}

/** Stops the line after so many bytes of this run, kills that side there, and lets the line pass again. */
async function kill_after(child, side, way, bytes) {
  const stopped = proxy.hold_at(way, proxy[way] + bytes).then(() => true);
  const hit = await Promise.race([stopped, child.ended.then(() => false)]);
  assert.ok(hit, `it ended before ${bytes} bytes had passed: ${child.out}${child.err}`);
  if (side === 'client') {
    child.kill('SIGKILL');
    await child.ended;
  } else {
    await space.stop('SIGKILL');
    await space.start();
  }
  proxy.cut();
  proxy.release();
}

/** To the end, through kills of both sides. Returns what the last run said and all that crossed the line. */
async function killed(who, args, way, parts, random) {
  const began = proxy[way];
  let child = start(who, args);
  const sides = ['client', 'server', 'client', 'server'];
  for (const side of sides) {
    if (child.exitCode !== null || child.signalCode !== null) child = start(who, args);
    await kill_after(child, side, way, Math.ceil((parts / (sides.length + 1)) * (0.3 + 0.7 * random())));
  }
  for (let more = 0; more < 3; ++more) {
    if (child.signalCode !== null) child = start(who, args);
    const [code] = await child.ended;
    if (code === 0) return { ...JSON.parse(child.out), wire: proxy[way] - began, kills: sides.length };
    // What was under way when the server went may end unreachable; whoever waits asks again.
    assert.match(child.err, /"error": ?"unreachable"/);
    child = start(who, args);
  }
  assert.fail(child.err);
}

/** One way, once undisturbed and once through kills. */
async function both(t, who, args, other, way, size) {
  const rest = { client: await idle(who), server: await at_rest(space.server.pid) };
  const whole = await measured(who, args, way);
  for (const side of ['client', 'server']) {
    const above = whole.most[side] - rest[side];
    assert.ok(above <= memory_max, `${side}: ${above / MiB} MiB above idle`);
  }
  const sealed = Math.min(whole.wire, again_max);
  const through = await killed(who, other, way, whole.wire, seeded(seed + size));
  const again = through.wire - whole.wire;
  const overhead = through.kills * (64 * KiB + 32 * Math.ceil(size / chunk));
  assert.ok(again <= through.kills * sealed + overhead, `${again} bytes again`);
  const mib = (n) => (n / MiB).toFixed(1);
  t.diagnostic(
    `${way} ${size} bytes in ${whole.seconds.toFixed(2)} s; above idle: ` +
      `client ${mib(whole.most.client - rest.client)} MiB, ` +
      `server ${mib(whole.most.server - rest.server)} MiB; again after ${through.kills} kills: ${mib(again)} MiB`,
  );
  return [whole, through];
}

for (const size of sizes) {
  test(`${size} bytes in and out, undisturbed and killed`, { timeout: 900_000 }, async (t) => {
    const files = [make(`in-${size}`, size), make(`other-${size}`, size)];
    const put = (file) => ['doc', 'put', 'Textos', file];
    const puts = await both(t, ana, put(files[0]), put(files[1]), 'up', size);
    const out = at(`out-${size}`);
    const get = ({ id, version }) => ['doc', 'get', id, '--version', version, '-o', out];
    const [first] = await both(t, bea, get(puts[0]), get(puts[1]), 'down', size);
    assert.equal(first.sha256, await sha256(files[0]));
    assert.equal(await sha256(out), await sha256(files[1]), 'through kills, what went in comes out');
    for (const name of [...files, out]) rmSync(name);
  });
}
