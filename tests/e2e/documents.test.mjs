// Tests: client/cli/documents/ client/cli/verbs/
// Documents end to end: files of every sort of size in and out, two people changing one at once, transfers killed on
// either side and taken up again, and what a removed country still opens: nothing newer.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after_ms } from 'node:timers/promises';
import { Space, enter, foundNetwork, bin } from './harness.mjs';

const space = new Space();
const chunk = 256 * 1024;
let ana, bea, sec;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const at = (name) => join(space.folder, name);
function file(name, bytes) {
  writeFileSync(at(name), bytes);
  return at(name);
}

before(
  async () => {
    await space.start();
    sec = await foundNetwork(space);
    [ana, bea] = ['XA', 'XB'].map((code) => space.person(code));
    for (const who of [ana, bea]) {
      await sec.do('country', 'add', who.name, '--name', who.name);
      await enter(sec, who, ['--role', 'focal-point', '--country', who.name]);
    }
    await ana.do('channel', 'create', 'Textos', '--kind', 'committee', '--countries', 'XA,XB');
    await ana.do('channel', 'add', 'Textos', (await bea.do('whoami')).member);
    await bea.do('sync');
  },
  { timeout: 60_000 },
);
after(() => space.end());

test(
  'files of 0 bytes, 1 KiB, an exact multiple and some MiB come out as they went in',
  { timeout: 60_000 },
  async () => {
    for (const size of [0, 1024, 2 * chunk, 5 * chunk + 7]) {
      const bytes = randomBytes(size);
      const put = await ana.do('doc', 'put', 'Textos', file(`in-${size}`, bytes), '--folder', 'Archivo/2026');
      assert.equal(put.bytes, size);
      assert.equal(put.sha256, sha256(bytes));
      const got = await bea.do('doc', 'get', put.id, '-o', at(`out-${size}`));
      assert.equal(got.sha256, put.sha256);
      assert.deepEqual(readFileSync(at(`out-${size}`)), bytes);
    }
    const listed = await bea.all('doc', 'list', 'Textos');
    assert.deepEqual(
      listed.map((d) => `${d.folder}/${d.name} ${d.bytes}`),
      [0, 1024, 5 * chunk + 7, 2 * chunk].map((n) => `Archivo/2026/in-${n} ${n}`),
    );
    const [version] = await ana.all('doc', 'versions', 'in-1024');
    assert.deepEqual(version.fetched, ['XB']);
  },
);

test(
  'two people change one document at once: both versions stand, until somebody brings them together',
  { timeout: 60_000 },
  async () => {
    const first = await ana.do('doc', 'put', 'Textos', file('Acta.md', 'uno dos tres\n'), '--symbol', 'CD/1/rev1');
    await bea.do('sync');
    const put = (who, name, text) =>
      who.do('doc', 'put', 'Textos', file(name, text), '--name', 'Acta.md', '--base', first.version);
    const [one, two] = await Promise.all([put(ana, 'a.md', 'uno DOS tres\n'), put(bea, 'b.md', 'uno dos TRES\n')]);
    for (const who of [ana, bea]) {
      const found = (await who.all('doc', 'list', 'Textos')).find((d) => d.name === 'Acta.md');
      assert.equal(found.conflict, true);
      assert.deepEqual(found.heads.sort(), [one.version, two.version].sort());
    }
    assert.equal(await ana.refused('doc', 'get', first.id, '--offline'), 'ambiguous');
    await bea.do(
      'doc',
      'put',
      'Textos',
      file('c.md', 'uno DOS TRES\n'),
      '--name',
      'Acta.md',
      ...['--base', one.version],
      ...['--base', two.version],
    );
    const versions = await ana.all('doc', 'versions', first.id);
    assert.deepEqual(
      versions.map((v) => v.head),
      [false, false, false, true],
    );
    assert.equal(versions[0].symbol, 'CD/1/Rev.1');
    const { diff } = await ana.do('doc', 'diff', first.id, '1', '4');
    assert.match(diff, /uno \[-dos tres-\]\{\+DOS TRES\+\}/);
  },
);

/** A PDF of one line of text (ISO 32000: header, objects, cross-reference table, trailer). */
function pdf(text) {
  const stream = `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let out = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const place = out.length;
    out += `${i + 1} 0 obj${object}endobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer<</Size 6/Root 1 0 R>>\nstartxref\n${out.length}\n%%EOF\n`;
  return `${out}xref\n0 6\n0000000000 65535 f \n${table}${trailer}`;
}

test('the text inside .docx, .odt and PDF is compared; a program that is missing is named', async () => {
  const office = (ending) => (text) => {
    const made = spawnSync('pandoc', ['-f', 'markdown', '-t', ending, '-o', at(`texto.${ending}`)], { input: text });
    assert.equal(made.status, 0, String(made.stderr));
    return readFileSync(at(`texto.${ending}`));
  };
  const write = { docx: office('docx'), odt: office('odt'), pdf };
  for (const [ending, bytes] of Object.entries(write)) {
    const put = () => ana.do('doc', 'put', 'Textos', at(`texto.${ending}`));
    file(`texto.${ending}`, bytes('Las delegaciones acuerdan reunirse en Quito'));
    const { id } = await put();
    file(`texto.${ending}`, bytes('Las delegaciones acuerdan reunirse en Brasilia'));
    await put();
    const { diff } = await bea.do('doc', 'diff', id, '1', '2');
    assert.match(diff, /reunirse en \[-Quito-\]\{\+Brasilia\+\}/, ending);
    const missing = await bea.all('doc', 'diff', id, '1', '2', { env: { PATH: '/nowhere' } }).catch((e) => e.said);
    assert.equal(missing.error, 'not_found');
    const [program, source] = ending === 'pdf' ? ['pdftotext', 'poppler-utils'] : ['pandoc', 'pandoc'];
    assert.ok(missing.message.includes(program) && missing.hint.includes(source), JSON.stringify(missing));
  }
  const { id } = await ana.do('doc', 'put', 'Textos', file('foto.bin', randomBytes(64)));
  assert.equal(await bea.refused('doc', 'diff', id, '1', '1'), 'unknown_kind');
});

test('a document is moved, removed, restored, commented and frozen', { timeout: 60_000 }, async () => {
  await ana.do('doc', 'move', 'Acta.md', '--folder', 'Actas', '--name', 'Acta final.md');
  const { version } = (await bea.all('doc', 'list', 'Textos')).find((d) => d.folder === 'Actas');
  await bea.do('doc', 'comment', version, { input: 'Ver el artículo 3' });
  await bea.do('doc', 'freeze', version);
  await ana.do('doc', 'put', 'Textos', file('d.md', 'otra cosa\n'), '--base', version);
  const versions = await ana.all('doc', 'versions', 'Actas/Acta final.md');
  assert.deepEqual(versions.map((v) => [v.frozen, v.after_freeze]).slice(-2), [
    [true, false],
    [false, true],
  ]);
  assert.equal(versions.at(-2).comments[0].body, 'Ver el artículo 3');
  await ana.do('doc', 'remove', 'Acta final.md');
  assert.equal(
    (await bea.all('doc', 'list', 'Textos')).some((d) => d.folder === 'Actas'),
    false,
  );
  const removed = (await bea.all('doc', 'list', 'Textos', '--removed')).find((d) => d.removed);
  await bea.do('doc', 'restore', removed.id);
  assert.equal(
    (await ana.all('doc', 'list', 'Textos')).some((d) => d.folder === 'Actas'),
    true,
  );
});

/** Every stored chunk's path, as the server's disk holds them now. */
function chunks_on_disk() {
  const all = readdirSync(space.data, { recursive: true, withFileTypes: true });
  return all
    .filter((f) => f.isFile() && /^[0-9a-f]{64}$/.test(f.name))
    .map((f) => join(f.parentPath ?? f.path, f.name));
}

/** Runs a verb, kills it each time it has come as far as the next of `marks`, then lets it come to its end. */
async function killed_at(who, args, progress, marks) {
  for (const mark of [...marks, Infinity]) {
    const child = spawn(join(bin, 'encuentro'), who.args(args), { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (d) => (out += d));
    const ended = once(child, 'close');
    while (child.exitCode === null && progress() < mark) await after_ms(5);
    child.kill('SIGKILL');
    const [code] = await ended;
    if (code === 0) return { ...JSON.parse(out), last: mark === Infinity };
  }
}

test('killed clients take up and bring down the rest only, and the whole is right', { timeout: 120_000 }, async () => {
  const bytes = randomBytes(160 * chunk);
  const held = chunks_on_disk().length;
  const source = file('grande.bin', bytes);
  const put = await killed_at(ana, ['doc', 'put', 'Textos', source], () => chunks_on_disk().length - held, [50, 100]);
  assert.ok(put.last && put.resumed, 'the upload was killed twice and taken up');
  assert.ok(put.sent < bytes.length / 2, `${put.sent} bytes in the last run`);
  const part = at('grande.out.part');
  const written = () => (existsSync(part) ? statSync(part).size / chunk : 0);
  const got = await killed_at(bea, ['doc', 'get', put.id, '-o', at('grande.out')], written, [50, 100]);
  assert.ok(got.last && got.resumed, 'the download was killed twice and taken up');
  assert.ok(got.received < bytes.length, `${got.received} bytes in the last run`);
  assert.equal(sha256(readFileSync(at('grande.out'))), sha256(bytes));
  assert.equal(existsSync(part), false);
});

test('a server killed in the middle only delays', { timeout: 60_000 }, async () => {
  const restart_when = async (underway) => {
    while (!underway()) await after_ms(5);
    await space.stop('SIGKILL');
    await space.start();
  };
  const bytes = randomBytes(160 * chunk);
  const held = chunks_on_disk().length;
  const put = ana.do('doc', 'put', 'Textos', file('mas.bin', bytes));
  await restart_when(() => chunks_on_disk().length > held + 8);
  const { id } = await put;
  const got = bea.do('doc', 'get', id, '-o', at('mas.out'));
  await restart_when(() => existsSync(at('mas.out.part')) && statSync(at('mas.out.part')).size > 8 * chunk);
  assert.equal((await got).sha256, sha256(bytes));
  assert.equal(sha256(readFileSync(at('mas.out'))), sha256(bytes));
});

test(
  'a chunk swapped, cut, doubled, of another file or held back is refused by name',
  { timeout: 60_000 },
  async () => {
    const before_put = new Set(chunks_on_disk());
    const put = await ana.do('doc', 'put', 'Textos', file('tres.bin', randomBytes(3 * chunk)));
    const fresh = chunks_on_disk().filter((path) => !before_put.has(path));
    const [one, two] = fresh.filter((path) => statSync(path).size === chunk + 16);
    const list = fresh.find((path) => statSync(path).size < chunk);
    assert.equal(fresh.length, 4);
    const get = () => bea.refused('doc', 'get', put.id, '-o', at('tres.out'));
    const with_changed = async (path, bytes) => {
      const right = readFileSync(path);
      if (bytes === null) rmSync(path);
      else writeFileSync(path, bytes);
      try {
        return await get();
      } finally {
        writeFileSync(path, right);
      }
    };
    const first = readFileSync(one);
    assert.equal(await with_changed(one, readFileSync(two)), 'bad_tag');
    assert.equal(await with_changed(one, first.subarray(0, -1)), 'bad_tag');
    assert.equal(await with_changed(one, Buffer.concat([first, first])), 'bad_tag');
    assert.equal(
      await with_changed(one, readFileSync([...before_put].find((path) => statSync(path).size === chunk + 16))),
      'bad_tag',
    );
    assert.equal(await with_changed(list, first), 'bad_tag');
    assert.equal(await with_changed(one, null), 'not_found');
    assert.equal(existsSync(at('tres.out')), false);
    assert.equal((await bea.do('doc', 'get', put.id, '-o', at('tres.out'))).sha256, put.sha256);
  },
);

test('an export holds every version, and verify finds a changed one', { timeout: 60_000 }, async () => {
  const { versions, missing } = await bea.do('export', at('copia'));
  assert.equal(missing, 0);
  const listed = await bea.all('doc', 'list', 'Textos');
  assert.equal(
    versions,
    listed.reduce((sum, d) => sum + d.versions, 0),
  );
  assert.equal((await bea.do('verify', at('copia'))).whole, true);
  const [channel] = readdirSync(at('copia')).filter((name) => existsSync(join(at('copia'), name, 'documents.json')));
  const [document] = JSON.parse(readFileSync(join(at('copia'), channel, 'documents.json'), 'utf8'));
  writeFileSync(join(at('copia'), channel, document.all[0].path), 'cambiado');
  await assert.rejects(bea.do('verify', at('copia')), { code: 'bad_tag' });
});

test('a removed country opens nothing newer', { timeout: 60_000 }, async () => {
  const seen = (await bea.all('doc', 'list', 'Textos')).length;
  await ana.do('channel', 'remove', 'Textos', (await bea.do('whoami')).member);
  const put = await ana.do('doc', 'put', 'Textos', file('nuevo.txt', 'solo para los que están'));
  assert.equal(await bea.refused('doc', 'list', 'Textos'), 'not_admitted');
  assert.equal(await bea.refused('doc', 'get', put.id, '-o', at('nuevo.out')), 'not_found');
  assert.equal(existsSync(at('nuevo.out')), false);
  assert.equal((await ana.all('doc', 'list', 'Textos')).length, seen + 1);
});
