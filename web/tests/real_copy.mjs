// The copy of everything, in the real run: saved by the page both ways a browser knows, and beside what the command
// writes of the same channel.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
