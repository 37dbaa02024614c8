// Tests: client/views/search.cpp client/cli/verbs/searching.cpp
// What a network keeps and finds again: search over all that a device holds.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork } from './harness.mjs';

const space = new Space();
const at = (name) => join(space.folder, name);
let sec, ana, obs;

before(
  async () => {
    await space.start();
    sec = await foundNetwork(space);
    const statuses = { XA: 'member', XO: 'observer' };
    [ana, obs] = ['XA', 'XO'].map((code) => space.person(code));
    for (const who of [ana, obs]) {
      await sec.do('country', 'add', who.name, '--name', `País ${who.name}`, '--status', statuses[who.name]);
      await enter(sec, who, ['--role', 'focal-point', '--country', who.name]);
    }
    await ana.do('channel', 'create', 'Memoria', '--kind', 'committee', '--countries', 'XA,XO');
    await ana.do('channel', 'add', 'Memoria', (await obs.do('whoami')).member);
    await obs.do('sync');
  },
  { timeout: 60_000 },
);
after(() => space.end());

test('search finds what is held, whatever its accents, case and form', { timeout: 60_000 }, async () => {
  const { id } = await ana.do('send', 'Memoria', { input: 'La Reunión sobre REPARACIÓN empieza el lunes' });
  await ana.do('send', 'Memoria', { input: 'Otra cosa, sin relación' });
  const when = ['--start', '2026-12-01T10:00', '--zone', 'America/Lima', '--where', 'Sala de la Defensoría'];
  const event = await ana.do('event', 'add', 'Memoria', 'Encuentro de trabajo', ...when);
  writeFileSync(at('Guía.md'), 'texto');
  const put = await ana.do('doc', 'put', 'Memoria', at('Guía.md'), '--note', 'con las reuniões do Brasil');
  await sec.do('announce', 'Reuniones de 2027', { input: 'Fechas por confirmar' });

  const found = async (...words) => (await obs.all('search', ...words)).map((line) => `${line.kind} ${line.id}`);
  assert.deepEqual(await found('reparacion', 'reuniones'), [`message ${id}`]);
  assert.deepEqual(await found('DEFENSORIA'), [`event ${event.id}`]);
  assert.deepEqual(await found('guia'), [`document ${put.id}`]);
  assert.equal((await found('reunion')).length, 3);
  assert.deepEqual(await found('fechas', 'confir'), (await found('2027')).slice(0, 1));
  assert.deepEqual(await found('nada-de-esto'), []);
  const [line] = await obs.all('search', 'lunes');
  assert.ok(line.excerpt.includes('empieza el lunes') && line.country === 'XA' && line.channel_title === 'Memoria');

  await ana.do('edit', id, { input: 'La reunión fue aplazada' });
  assert.deepEqual(await found('lunes'), []);
  assert.deepEqual(await found('aplazar'), [`message ${id}`]);
});
