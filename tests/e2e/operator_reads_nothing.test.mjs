// The operator reads nothing: marks put into messages, titles, people's names, device labels, attachments, events and
// documents are looked for in the server's database, write-ahead log, log (as talkative as it can be), backups and
// memory, as text, as UTF-16, in base64 and in hexadecimal. The same search must find them in an unlocked client,
// and in the server what it does know.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Space, enter, addDevice, foundNetwork, bin, run } from './harness.mjs';
import { readdirSync, readFileSync, writeFileSync, openSync, readSync, closeSync, statSync } from 'node:fs';
import { join } from 'node:path';

const space = new Space();
// One beginning for all marks of this run, so that a large memory is searched for few things.
const tag = `MARCA${Math.random().toString(36).slice(2, 8).padEnd(6, 'x')}`;
const marks = {};
const mark = (what) => (marks[what] = `${tag}${what}${Math.random().toString(36).slice(2, 8)}`);

/** What stays of `text` wherever it stands in something that is written in base64. */
function inBase64(text) {
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
    const written = bytes.toString('base64');
    return written.slice(Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
}
function forms(text) {
  const hex = Buffer.from(text).toString('hex');
  return [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
    ...inBase64(text).map((written) => Buffer.from(written)),
    ...inBase64(text).map((written) => Buffer.from(written.replaceAll('+', '-').replaceAll('/', '_'))),
  ];
}
const tagForms = forms(tag);
const markForms = new Map();

/** The marks that stand in these bytes, in any form. */
function holds(bytes) {
  if (!tagForms.some((form) => bytes.includes(form))) return [];
  const found = [];
  for (const [what, text] of Object.entries(marks)) {
    if (!markForms.has(what)) markForms.set(what, forms(text));
    if (markForms.get(what).some((form) => bytes.includes(form))) found.push(what);
  }
  return found.length > 0 ? found : ['a part of a mark'];
}

/** Readable memory of a live process, searched in overlapping pieces. */
function inMemory(pid, look = holds) {
  const found = new Set();
  const mem = openSync(`/proc/${pid}/mem`, 'r');
  let searched = 0;
  const piece = Buffer.alloc(1 << 22);
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const m = line.match(/^([0-9a-f]+)-([0-9a-f]+) r/);
    if (!m || /\[v(var|syscall|dso)/.test(line)) continue;
    const [start, end] = [parseInt(m[1], 16), parseInt(m[2], 16)];
    for (let at = start; at < end; at += piece.length - 256) {
      let got;
      try {
        got = readSync(mem, piece, 0, Math.min(piece.length, end - at), at);
      } catch {
        break;
      }
      searched += got;
      for (const w of look(piece.subarray(0, got))) found.add(w);
    }
  }
  closeSync(mem);
  return { found: [...found], searched };
}

function inFiles(folder, look = holds) {
  const found = new Set();
  let searched = 0;
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    searched += bytes.length;
    for (const w of [...look(bytes), ...look(Buffer.from(name))]) found.add(w);
  }
  return { found: [...found], searched };
}

/** What the server does know: the channel's number. The search must find it. */
const knows = (bytes) => (bytes.includes(space.channel) ? ['channel'] : []);

before(
  async () => {
    await space.start({ args: ['--log-level', 'debug'] });
    const sec = (space.sec = await foundNetwork(space, mark('RED')));
    await sec.do('country', 'add', 'XA', '--name', 'País A');
    await sec.do('country', 'add', 'XB', '--name', 'País B');
    const person = ['--institution', mark('INSTITUCION'), '--email', `${mark('CORREO')}@ejemplo.org`];
    space.xa = space.person(mark('PERSONA'));
    await enter(sec, space.xa, ['--role', 'focal-point', '--country', 'XA', ...person]);
    space.xb = await enter(sec, space.person('B'), ['--role', 'focal-point', '--country', 'XB']);
    space.xa2 = await addDevice(space.xa, mark('DISPOSITIVO'));
    const file = join(space.folder, mark('ARCHIVO') + '.txt');
    writeFileSync(file, `contenido ${mark('ADJUNTO')}`);
    await sec.do('announce', mark('ANUNCIO'), '--attach', file, { input: mark('CUERPO') });
    await space.xa.do('channel', 'create', mark('TITULO'), '--kind', 'committee', '--countries', 'XA,XB');
    await space.xa.do('channel', 'add', marks.TITULO, (await space.xb.do('whoami')).member);
    const times = ['--start', '2026-12-01T10:00', '--end', '2026-12-01T11:00', '--zone', 'America/Bogota'];
    await space.xa.do('event', 'add', marks.TITULO, mark('EVENTO'), ...times, '--where', mark('SALA'));
    const document = join(space.folder, mark('DOCUMENTO') + '.md');
    writeFileSync(document, `# ${mark('TEXTO')}\n`.repeat(500));
    await space.xa.do('doc', 'put', marks.TITULO, document, '--folder', mark('CARPETA'), '--note', mark('NOTA'));
    const sent = await space.xa.do('send', marks.TITULO, { input: mark('MENSAJE') });
    space.channel = Buffer.from(sent.channel, 'hex');
    await space.xb.do('read', marks.TITULO);
    await space.xb.do('doc', 'get', marks.DOCUMENTO + '.md', '-o', join(space.folder, 'recibido.md'));
  },
  { timeout: 120_000 },
);
after(() => space.end());

test('the search finds a mark in each of its forms', () => {
  for (const [n, form] of forms(marks.MENSAJE).entries())
    assert.deepEqual(holds(Buffer.concat([Buffer.alloc(100, n), form, Buffer.alloc(9)])), ['MENSAJE'], `form ${n}`);
  const sentence = Buffer.from(`  {"x": "${marks.TITULO}, y más"}`);
  for (const text of [
    sentence.toString('base64'),
    sentence.subarray(1).toString('base64url'),
    sentence.toString('hex'),
  ])
    assert.deepEqual(holds(Buffer.from(text)), ['TITULO']);
  assert.deepEqual(holds(Buffer.alloc(1000, 'MARCA')), []);
});
test('nothing in the database, its write-ahead log and the rest of the data folder', () => {
  const { found, searched } = inFiles(space.data);
  assert.ok(searched > 10_000);
  assert.deepEqual(found, []);
  assert.deepEqual(inFiles(space.data, knows).found, ['channel']);
});
test("nothing in the server's log, which says all it can", () => {
  assert.match(space.server.log, /debug/);
  assert.match(space.server.log, /accepted/);
  assert.deepEqual(holds(Buffer.from(space.server.log)), []);
});
test("nothing in the server's memory", () => {
  const { found, searched } = inMemory(space.server.pid);
  assert.ok(searched > 1_000_000);
  assert.deepEqual(found, []);
  assert.deepEqual(inMemory(space.server.pid, knows).found, ['channel']);
});
test('nothing in a backup', async () => {
  await space.stop();
  const to = join(space.folder, 'backup');
  const made = await run(join(bin, 'encuentrod'), ['backup', '--data', space.data, '--to', to]);
  assert.equal(made.code, 0, made.stderr);
  const { found, searched } = inFiles(to);
  assert.ok(searched > 10_000);
  assert.deepEqual(found, []);
  assert.deepEqual(inFiles(to, knows).found, ['channel']);
  await space.start({ args: ['--log-level', 'debug'] });
});
test('the search finds the marks in an unlocked client', async () => {
  const home = ['--home', space.xb.home, '--passphrase-file', space.xb.passphrase_file];
  const reader = spawn(join(bin, 'encuentro'), [...home, 'read', space.channel.toString('hex'), '--follow']);
  space.servers.push(reader);
  let said = '';
  await new Promise((done, failed) => {
    reader.stdout.on('data', (data) => (said += data).includes(marks.MENSAJE) && done());
    reader.once('exit', (code) => failed(new Error(`ended with ${code}`)));
  });
  const { found } = inMemory(reader.pid);
  const gone = once(reader, 'exit');
  reader.kill('SIGTERM');
  await gone;
  // The author's name is in what was printed last; the rest is what the profile holds of its channels.
  const wanted = ['ANUNCIO', 'CUERPO', 'ARCHIVO', 'ADJUNTO', 'TITULO', 'MENSAJE', 'PERSONA', 'EVENTO', 'SALA'];
  wanted.push('DOCUMENTO', 'CARPETA', 'NOTA');
  assert.deepEqual(
    wanted.filter((what) => !found.includes(what)),
    [],
    `found only ${found}`,
  );
});
test('what an unlocked client opens only to show it is there for it, and for the others', async () => {
  assert.equal((await space.xb.do('whoami')).network_name, marks.RED);
  const xa = (await space.xb.all('roster')).find((m) => m.country === 'XA');
  assert.deepEqual([xa.name, xa.institution], [marks.PERSONA, marks.INSTITUCION]);
  assert.ok((await space.xa.all('device', 'list')).some((d) => d.label === marks.DISPOSITIVO));
  assert.ok(readFileSync(join(space.folder, 'recibido.md')).includes(marks.TEXTO));
});
test('nothing in a locked profile on disk', () => {
  for (const who of [space.sec, space.xa, space.xa2, space.xb]) assert.deepEqual(inFiles(who.home).found, []);
});
