// Tests: client/cli/attaching.cpp client/cli/drafts.cpp client/cli/verbs/attachments.cpp
// Files that go with messages, announcements, events and initiatives, small and large, and out again.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork } from './harness.mjs';

const space = new Space();
const at = (name) => join(space.folder, name);
let sec, ana, obs;

function file(name, bytes) {
  writeFileSync(at(name), bytes);
  return at(name);
}
const small = Buffer.from('una nota');
const large = randomBytes(300_000);

before(
  async () => {
    await space.start();
    sec = await foundNetwork(space);
    [ana, obs] = ['XA', 'XO'].map((code) => space.person(code));
    await sec.do('country', 'add', 'XA', '--name', 'País XA');
    await sec.do('country', 'add', 'XO', '--name', 'País XO', '--status', 'observer');
    for (const who of [ana, obs]) await enter(sec, who, ['--role', 'focal-point', '--country', who.name]);
    await ana.do('channel', 'create', 'Memoria', '--kind', 'committee', '--countries', 'XA,XO');
    await ana.do('channel', 'add', 'Memoria', (await obs.do('whoami')).member);
    await obs.do('sync');
    file('nota.txt', small);
    file('mapa.pdf', large);
  },
  { timeout: 240_000 },
);
after(() => space.end());

const got = async (who, item, name, bytes) => {
  await who.do('attachment', 'get', item, name, '-o', at('salida'));
  assert.deepEqual(readFileSync(at('salida')), bytes, `${item} ${name}`);
};

test('a message carries a small file inside and a large one as a document', { timeout: 240_000 }, async () => {
  const attach = ['--attach', at('nota.txt'), '--attach', at('mapa.pdf')];
  const { id } = await ana.do('send', 'Memoria', ...attach, { input: 'Con dos archivos' });
  const listed = await obs.all('attachment', 'list', id);
  assert.deepEqual(
    listed.map(({ name, bytes, version }) => [name, bytes, version !== undefined]),
    [
      ['nota.txt', small.length, false],
      ['mapa.pdf', large.length, true],
    ],
  );
  await got(obs, id, 'nota.txt', small);
  await got(obs, id, '2', large);
  assert.ok((await obs.all('doc', 'list', 'Memoria')).some((d) => d.name === 'mapa.pdf'));
  assert.equal(await obs.refused('attachment', 'get', id), 'ambiguous');
  assert.equal(await obs.refused('attachment', 'get', id, 'otro.txt'), 'not_found');
  assert.equal(await ana.refused('send', 'Memoria', '--attach', at('nada.txt'), { input: 'x' }), 'not_found');
  const { version } = listed[1];
  await ana.do('doc', 'erase', version);
  assert.equal(await obs.refused('attachment', 'get', id, 'mapa.pdf', '-o', at('salida')), 'not_found');
});

test('an announcement and an event do too; an agenda is a document of the channel', { timeout: 240_000 }, async () => {
  const aviso = await sec.do('announce', 'Convocatoria', '--attach', at('mapa.pdf'), { input: 'Adjunta' });
  await got(ana, aviso.id, 'mapa.pdf', large);
  const agenda = await ana.do('doc', 'put', 'Memoria', file('orden.md', '1. Apertura'));
  const when = ['--start', '2026-12-01T10:00', '--zone', 'America/Lima'];
  const files = ['--agenda', 'orden.md', '--attach', at('nota.txt')];
  const event = await ana.do('event', 'add', 'Memoria', 'Reunión', ...when, ...files);
  const [shown] = await obs.all('event', 'list', 'Memoria', '--from', '2026-11-30', '--to', '2026-12-03');
  assert.equal(shown.attachments[0].version, agenda.version);
  await got(obs, event.id, 'orden.md', Buffer.from('1. Apertura'));
  await got(obs, 'Reunión', 'nota.txt', small);
  await ana.do('event', 'change', event.id, '--title', 'Reunión ampliada'); // its files stay
  await got(obs, 'Reunión ampliada', 'orden.md', Buffer.from('1. Apertura'));
  await ana.do('channel', 'create', 'Otro', '--kind', 'committee', '--countries', 'XA');
  assert.equal(await ana.refused('event', 'add', 'Otro', 'X', ...when, '--agenda', 'orden.md'), 'not_allowed');
});

test('a draft takes its large file along when its country confirms it', { timeout: 240_000 }, async () => {
  const draft = await sec.do(
    'initiative',
    'add',
    (await sec.all('channel', 'list')).find((c) => c.kind === 'board' && !c.roles.includes('alumni')).id,
    'Taller',
    ...['--date', '2017-06', '--country', 'XA', '--attach', at('mapa.pdf'), '--attach', at('nota.txt')],
    { input: 'Tres jornadas' },
  );
  const { published } = await ana.do('initiative', 'confirm', draft.id);
  await got(obs, published, 'mapa.pdf', large);
  await got(obs, published, 'nota.txt', small);
});

test('a copy holds them all', { timeout: 240_000 }, async () => {
  await obs.do('export', at('copia'));
  const files = readdirSync(at('copia'), { recursive: true });
  assert.equal(files.filter((f) => /attachments\/.*nota\.txt$/.test(f)).length, 4); // message, event twice, initiative
  assert.ok(files.some((f) => /documents\/mapa\.pdf-/.test(f)));
  assert.ok((await obs.do('verify', at('copia'))).whole);
});
