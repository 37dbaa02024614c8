// The operator reads nothing: marks put into messages, titles, people's names and attachment names are looked for
// in the server's database, write-ahead log, logs, backups and memory. The same search must find them in an unlocked
// client.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Space, enter, foundNetwork, bin, run } from './harness.mjs';
import { readdirSync, readFileSync, writeFileSync, openSync, readSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';

const space = new Space();
const marks = {};
const mark = (what) => (marks[what] = `MARCA${what}${Math.random().toString(36).slice(2, 12)}`);

before(
  async () => {
    await space.start();
    const sec = (space.sec = await foundNetwork(space, mark('RED')));
    await sec.do('country', 'add', 'XA', '--name', 'País A');
    await sec.do('country', 'add', 'XB', '--name', 'País B');
    space.xa = await enter(sec, space.person(mark('PERSONA')), ['--role', 'focal-point', '--country', 'XA']);
    space.xb = await enter(sec, space.person('B'), ['--role', 'focal-point', '--country', 'XB']);
    const file = join(space.folder, mark('ARCHIVO') + '.txt');
    writeFileSync(file, `contenido ${mark('ADJUNTO')}`);
    await sec.do('announce', mark('ANUNCIO'), '--attach', file, { input: mark('CUERPO') });
    await space.xa.do('channel', 'create', mark('TITULO'), '--kind', 'committee', '--countries', 'XA,XB');
    await space.xa.do('channel', 'add', marks.TITULO, (await space.xb.do('whoami')).member);
    await space.xa.do('send', marks.TITULO, { input: mark('MENSAJE') });
    await space.xb.do('read', marks.TITULO);
  },
  { timeout: 120_000 },
);
after(() => space.end());

const holds = (bytes) =>
  Object.entries(marks)
    .filter(([, m]) => bytes.includes(m) || bytes.includes(Buffer.from(m, 'utf16le')))
    .map(([w]) => w);

/** Readable private memory of a live process, searched in overlapping pieces. */
function inMemory(pid) {
  const found = new Set();
  const mem = openSync(`/proc/${pid}/mem`, 'r');
  let searched = 0;
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const m = line.match(/^([0-9a-f]+)-([0-9a-f]+) r/);
    if (!m || /\[v(var|syscall|dso)/.test(line)) continue;
    const [start, end] = [parseInt(m[1], 16), parseInt(m[2], 16)];
    const piece = Buffer.alloc(1 << 22);
    for (let at = start; at < end; at += piece.length - 256) {
      let got;
      try {
        got = readSync(mem, piece, 0, Math.min(piece.length, end - at), at);
      } catch {
        break;
      }
      searched += got;
      for (const w of holds(piece.subarray(0, got))) found.add(w);
    }
  }
  closeSync(mem);
  return { found: [...found], searched };
}

function inFiles(folder) {
  const found = new Set();
  let searched = 0;
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    searched += bytes.length;
    for (const w of [...holds(bytes), ...holds(Buffer.from(name))]) found.add(w);
  }
  return { found: [...found], searched };
}

test('nothing in the database, its write-ahead log and the rest of the data folder', () => {
  const { found, searched } = inFiles(space.data);
  assert.ok(searched > 10_000);
  assert.deepEqual(found, []);
});
test("nothing in the server's log", () => assert.deepEqual(holds(Buffer.from(space.server.log)), []));
test("nothing in the server's memory", () => {
  const { found, searched } = inMemory(space.server.pid);
  assert.ok(searched > 1_000_000);
  assert.deepEqual(found, []);
});
test('nothing in a backup', async () => {
  await space.stop();
  const to = join(space.folder, 'backup');
  const made = await run(join(bin, 'encuentrod'), ['backup', '--data', space.data, '--to', to]);
  assert.equal(made.code, 0, made.stderr);
  const { found, searched } = inFiles(to);
  assert.ok(searched > 10_000);
  assert.deepEqual(found, []);
  await space.start();
});
test('the search finds the marks in an unlocked client', async () => {
  const watch = space.xb.follow('read', marks.TITULO, '--follow');
  await watch.until((l) => l.body === marks.MENSAJE);
  const { found } = inMemory(watch.pid);
  await watch.end();
  assert.ok(found.includes('MENSAJE'), `found only ${found}`);
});
test('nothing in a locked profile on disk', () => {
  assert.deepEqual(inFiles(space.xb.home).found, []);
  assert.deepEqual(inFiles(space.sec.home).found, []);
});
