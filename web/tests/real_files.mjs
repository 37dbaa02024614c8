// Files, in the real run: a PDF looked at, and the copy of everything, saved both ways a browser knows, beside what the
// command writes of the same channel.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostilePdf, smallPdf } from '../src/scene/small_pdf.ts';
import { until } from './real_people.mjs';
import { filesOf } from './stored_zip.mjs';

// Picks a file in the browser's own folder, as a person picks one on the disk.
function pickOwn() {
  window.showSaveFilePicker = async ({ suggestedName }) => {
    const folder = await navigator.storage.getDirectory();
    return (window.picked = await folder.getFileHandle(suggestedName, { create: true }));
  };
}
async function readOwn() {
  const file = await window.picked.getFile();
  const encoded = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.readAsDataURL(file);
  });
  return [file.name, encoded];
}

export async function copied({ page, space, person, title }) {
  const begin = page.getByRole('button', { name: 'Guardar una copia' });
  const done = page.getByText('La copia está guardada');
  await page.evaluate(() => delete window.showSaveFilePicker);
  const saved = page.waitForEvent('download');
  await begin.click();
  const download = await saved;
  assert.match(download.suggestedFilename(), /^encuentro-\d{4}-\d\d-\d\d\.zip$/);
  const zip = readFileSync(await download.path());
  await done.waitFor();
  await page.evaluate(pickOwn);
  await begin.click();
  await done.waitFor({ timeout: 60_000 });
  const [name, again] = await page.evaluate(readOwn);
  assert.equal(name, download.suggestedFilename());
  const files = filesOf(zip);
  const names = files.map(([path]) => path);
  assert.deepEqual(
    filesOf(Buffer.from(again, 'base64')).map(([path]) => path),
    names,
  );

  // The command's copy of the same channel has the same documents and attachments, byte for byte.
  const out = join(space.folder, 'copia');
  await person.do('export', out);
  const folderIn = (list) => list.find((one) => one.replace(/\/.*$/, '').endsWith(`-${title}`)).replace(/\/.*$/, '');
  const theirs = folderIn(readdirSync(out));
  const mine = folderIn(names);
  const written = readdirSync(join(out, theirs), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(out, theirs).length + 1));
  const own = new Map(
    files.filter(([path]) => path.startsWith(`${mine}/`)).map(([path, b]) => [path.slice(mine.length + 1), b]),
  );
  const documents = (list) => list.filter((path) => path.startsWith('documents')).sort();
  assert.deepEqual(documents([...own.keys()]), documents(written));
  assert.ok(documents(written).some((path) => path.startsWith('documents/Proyectos/')));
  // Of an event that was changed the page is told the files of the version that stands.
  const same = [...own.keys()].filter((path) => /^(documents|attachments)\//.test(path));
  for (const path of same) assert.ok(readFileSync(join(out, theirs, path)).equals(own.get(path)), path);
  assert.ok(same.some((path) => /^attachments\/[0-9a-f]{8}-1-nota\.txt$/.test(path)));
  for (const kind of ['conversation.md', 'items.json', 'calendar.ics', 'calendar.json', 'documents.json'])
    assert.ok(own.has(kind) && written.includes(kind), kind);
  const said = (text) => JSON.parse(text).items.map(({ id, author, body }) => [id, author, body]);
  assert.deepEqual(said(own.get('items.json')), said(readFileSync(join(out, theirs, 'items.json'))));
}

// Under the server's own headers: drawn, turned by keys, its words found; what a hostile one would do, nobody is asked.
export async function pdfShown({ page, space, person, channel, look }) {
  const put = async (name, bytes) => {
    writeFileSync(join(space.folder, name), bytes);
    await person.do('doc', 'put', channel, join(space.folder, name));
    await page.getByRole('link', { name }).click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Ver aquí' }).click();
  };
  await put('Declaración.pdf', smallPdf([['Declaración conjunta', 'Primera página'], ['Segunda página']]));
  const paper = page.getByRole('group', { name: /^Declaración\.pdf, página/ });
  await paper.getByText('Primera página').waitFor({ timeout: 60_000 });
  await look('pdf');
  await paper.press('ArrowRight');
  await paper.getByText('Segunda página').waitFor();
  await page.getByText('Página 2 de 2').waitFor();
  const inked = () =>
    page.locator('.paper canvas').evaluate((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.some((value, index) => index % 4 < 3 && value < 100 && data[index | 3] > 0);
    });
  await until(inked);
  await page.getByRole('button', { name: 'Comité de educación' }).click();
  const asked = [];
  const note = (request) => asked.push(request.url());
  page.on('request', note);
  await put('Ajeno.pdf', hostilePdf());
  await page.getByText('javascript:hit=1').waitFor({ timeout: 60_000 });
  await page.locator('.paper canvas').click({ force: true });
  page.off('request', note);
  assert.deepEqual(
    asked.filter((url) => !/^(blob:|https?:\/\/127\.0\.0\.1:)/.test(url)),
    [],
  );
  assert.equal(await page.evaluate(() => 'hit' in window), false);
  await page.getByRole('button', { name: 'Comité de educación' }).click();
}

// More than this person's share: how much is used is seen before, and the refusal says the numbers.
export async function refusedForRoom({ page, look }) {
  const room = page.getByRole('region', { name: 'Espacio para documentos' });
  await room.getByText(/^De Argentina: \d.* de 40 MB$/).waitFor({ timeout: 30_000 });
  const file = { name: 'Grabación.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(9_500_000) };
  await page.getByLabel('Subir archivos').setInputFiles(file);
  const said = page.getByRole('alert').filter({ hasText: 'Se agotó el espacio que le corresponde a usted.' });
  await said.getByText(/Este archivo ocupa 9,5 MB\..*De usted: \d.* de 9 MB\./).waitFor({ timeout: 60_000 });
  await look('sin-espacio');
  await page.getByRole('button', { name: 'Quitar Grabación.mp4 de la lista' }).click();
  await page.getByRole('button', { name: 'Olvidar' }).click();
}
