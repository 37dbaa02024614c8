// Tests: client/cli/documents/doors.cpp client/views/page_documents.cpp
// A folder for fewer countries than its channel: a channel of its own behind a door. Who is in goes through by the
// path; who isn't sees the name and whom it is for, and gets nothing, also by the ids it could have heard of.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork } from './harness.mjs';

const space = new Space();
const at = (name) => join(space.folder, name);
let ana, bea, cia;
function file(name, text) {
  writeFileSync(at(name), text);
  return at(name);
}

before(
  async () => {
    await space.start();
    const sec = await foundNetwork(space);
    [ana, bea, cia] = ['XA', 'XB', 'XC'].map((code) => space.person(code));
    for (const who of [ana, bea, cia]) {
      await sec.do('country', 'add', who.name, '--name', `País ${who.name}`);
      await enter(sec, who, ['--role', 'focal-point', '--country', who.name]);
    }
    await ana.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB,XC');
    for (const who of [bea, cia]) await ana.do('channel', 'add', 'Comité', (await who.do('whoami')).member);
    for (const who of [bea, cia]) await who.do('sync');
  },
  { timeout: 180_000 },
);
after(() => space.end());

let made, put;

test('a folder for two of three countries: the path leads through', { timeout: 120_000 }, async () => {
  made = await ana.do('doc', 'folder', 'Comité', 'Textos/Previa', '--countries', 'XB,XA');
  assert.deepEqual(made.admitted, [(await bea.do('whoami')).member]);
  assert.deepEqual(made.unreached, []);
  const text = file('Acta.md', 'solo dos países\n');
  put = await ana.do('doc', 'put', 'Comité', text, '--folder', 'Textos/Previa/2026');
  assert.equal(put.channel, made.door);
  await bea.do('sync');
  const [door, document] = await bea.all('doc', 'list', 'Comité');
  assert.deepEqual([door.folder, door.name, door.open, door.countries], ['Textos', 'Previa', true, ['XA', 'XB']]);
  assert.deepEqual([document.folder, document.name], ['Textos/Previa/2026', 'Acta.md']);
  await bea.do('doc', 'get', 'Textos/Previa/2026/Acta.md', '-o', at('bea.md'));
  assert.equal(readFileSync(at('bea.md'), 'utf8'), 'solo dos países\n');
  const second = file('Acta.md', 'otra vez\n');
  const next = await bea.do('doc', 'put', 'Comité', second, '--folder', 'Textos/Previa/2026');
  assert.equal(next.id, put.id, 'the next version of the document behind the door');
  assert.equal((await ana.all('doc', 'versions', 'Textos/Previa/2026/Acta.md')).length, 2);
});

test('who is outside sees the door and gets nothing', { timeout: 120_000 }, async () => {
  const lines = await cia.all('doc', 'list', 'Comité');
  assert.equal(lines.length, 1);
  assert.deepEqual([lines[0].name, lines[0].open, lines[0].countries], ['Previa', false, ['XA', 'XB']]);
  const get = (words) => cia.refused('doc', 'get', words, '-o', at('cia.md'));
  assert.equal(await get('Textos/Previa/2026/Acta.md'), 'not_admitted');
  assert.equal(await get(put.id), 'not_found');
  assert.equal(await get(put.version), 'not_found');
  assert.equal(existsSync(at('cia.md')), false);
  assert.equal(await cia.refused('doc', 'list', made.door), 'not_admitted');
  const text = file('cia.txt', 'de fuera\n');
  assert.equal(await cia.refused('doc', 'put', 'Comité', text, '--folder', 'Textos/Previa'), 'not_admitted');
  assert.deepEqual(await cia.all('search', 'Acta'), []);
  const { member } = await cia.do('whoami');
  assert.equal(await ana.refused('channel', 'add', made.door, member), 'not_admitted');
});

test('a door is for countries of its channel, its maker among them, and stands once', { timeout: 60_000 }, async () => {
  const folder = (who, path, countries) => who.refused('doc', 'folder', 'Comité', path, '--countries', countries);
  assert.equal(await folder(ana, 'Otra', 'XA,ZZ'), 'malformed');
  assert.equal(await folder(cia, 'Otra', 'XA,XB'), 'not_admitted');
  assert.equal(await folder(ana, 'Textos/Previa', 'XA,XB'), 'already_exists');
  await ana.do('doc', 'put', 'Comité', file('plano.md', 'abierto\n'));
  assert.equal(await ana.refused('doc', 'move', 'plano.md', '--folder', 'Textos/Previa'), 'not_allowed');
  await ana.do('doc', 'folder', 'Comité', 'Textos/Previa/Más', '--countries', 'XA');
  assert.equal((await bea.all('doc', 'list', 'Comité')).filter((line) => line.door).length, 2);
});
