// Tests: client/views/search.cpp client/cli/verbs/searching.cpp client/cli/verbs/initiatives.cpp client/cli/report.cpp
// Tests: client/cli/verbs/meetings.cpp client/cli/verbs/reports.cpp client/cli/initiative_show.cpp client/cli/paper.cpp
// Tests: client/cli/meeting_show.cpp client/cli/export.cpp client/cli/printing.cpp client/core/proofs.cpp
// What a network keeps and finds again: search, initiatives, meetings, the annual report, and copies that prove who
// wrote what.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork } from './harness.mjs';

const space = new Space();
const at = (name) => join(space.folder, name);
let sec, ana, obs, tra;

before(
  async () => {
    await space.start();
    sec = await foundNetwork(space);
    const statuses = { XA: 'member', XO: 'observer', XT: 'training-only' };
    [ana, obs, tra] = ['XA', 'XO', 'XT'].map((code) => space.person(code));
    for (const who of [ana, obs, tra]) {
      await sec.do('country', 'add', who.name, '--name', `País ${who.name}`, '--status', statuses[who.name]);
      await enter(sec, who, ['--role', 'focal-point', '--country', who.name]);
    }
    await ana.do('channel', 'create', 'Memoria', '--kind', 'committee', '--countries', 'XA,XO');
    await ana.do('channel', 'add', 'Memoria', (await obs.do('whoami')).member);
    await obs.do('sync');
  },
  { timeout: 120_000 },
);
after(() => space.end());

/** The general board and the focal points'. */
async function boards() {
  const all = (await sec.all('channel', 'list')).filter((c) => c.kind === 'board');
  return [true, false].map((general) => all.find((c) => c.roles.includes('alumni') === general).id);
}

test('search finds what is held, whatever its accents, case and form', { timeout: 120_000 }, async () => {
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

test('initiatives: drafts are confirmed, corrected or withheld by their country', { timeout: 120_000 }, async () => {
  const [general, points] = await boards();
  const file = (who, board, title, ...more) =>
    who.do('initiative', 'add', board, title, '--date', '2017-06', ...more, { input: 'Tres *jornadas*.' });
  const draft = await file(sec, points, 'Taller para docentes', '--country', 'XA', '--theme', 'Educación');
  const other = await file(sec, points, 'Curso anunciado', '--country', 'XA');
  // What waits for a country's word stands where only it and the Secretariat are.
  assert.ok(draft.channel !== points && other.channel === draft.channel);
  const titles = async (who) =>
    (await who.all('initiative', 'list', '--year', '2017')).map((i) => `${i.title}: ${i.state}`).sort();
  assert.deepEqual(await titles(ana), ['Curso anunciado: draft', 'Taller para docentes: draft']);
  assert.deepEqual(await titles(obs), []);
  assert.equal(await obs.refused('read', draft.channel), 'not_admitted');
  await file(obs, points, 'Muestra itinerante');
  assert.equal(await tra.refused('initiative', 'add', general, 'Nada', '--date', '2017'), 'not_allowed');
  assert.equal(await obs.refused('initiative', 'add', points, 'X', '--date', '2017', '--country', 'XA'), 'not_allowed');
  assert.equal(await obs.refused('initiative', 'confirm', draft.id), 'not_found'); // it holds nothing of it
  assert.equal(await sec.refused('initiative', 'confirm', draft.id), 'not_allowed'); // another country's word
  const confirmed = await ana.do('initiative', 'confirm', draft.id);
  assert.equal(confirmed.state, 'confirmed');
  const copy = await obs.do('initiative', 'show', confirmed.published);
  assert.deepEqual([copy.channel, copy.original, copy.state], [points, draft.id, 'confirmed']);
  await sec.do('initiative', 'correct', draft.id, '--title', 'Taller para maestras y maestros');
  assert.equal((await ana.do('initiative', 'show', draft.id)).state, 'draft');
  // Until the country confirms the new words everybody else has those it confirmed.
  assert.deepEqual(await titles(obs), ['Muestra itinerante: confirmed', 'Taller para docentes: confirmed']);
  assert.equal((await ana.do('initiative', 'confirm', draft.id)).published, confirmed.published);
  assert.equal((await ana.do('initiative', 'withhold', other.id)).state, 'withheld');
  const late = await file(sec, points, 'Vencida', '--country', 'XA', '--confirm-by', '2018-03-31');
  assert.equal(await ana.refused('initiative', 'confirm', late.id), 'expired');
  const everybodys = ['Muestra itinerante: confirmed', 'Taller para maestras y maestros: confirmed'];
  assert.deepEqual(await titles(obs), everybodys);
  const all = ['Curso anunciado: withheld', ...everybodys, 'Vencida: draft'];
  assert.deepEqual(await titles(sec), all);
  assert.deepEqual(await titles(ana), all);
  // The observer's own disk holds none of the others' words: its copy tells of two initiatives.
  await obs.do('export', at('copia-obs'));
  const told = readdirSync(at('copia-obs'), { recursive: true })
    .filter((f) => f.endsWith('archive.md'))
    .map((f) => readFileSync(join(at('copia-obs'), f), 'utf8'))
    .join();
  assert.ok(told.includes('Muestra itinerante') && !told.includes('Curso anunciado') && !told.includes('Vencida'));
  writeFileSync(at('lista.json'), JSON.stringify([{ date: '2016-04', country: '*', title: 'Encuentro de la Red' }]));
  assert.equal((await sec.all('initiative', 'import', points, at('lista.json'))).length, 1);
  assert.equal((await sec.all('initiative', 'import', points, at('lista.json'))).length, 0);
});

test('meetings: agenda, who was there, documents, decisions', { timeout: 120_000 }, async () => {
  const days = ['--start', '2017-10-16', '--end', '2017-10-17', '--place', 'Ciudad A', '--host', 'XA'];
  const agenda = { input: '1. Apertura' };
  assert.equal(await obs.refused('meeting', 'add', 'Memoria', 'No', '--start', '2017-01-01'), 'not_allowed');
  const { id } = await ana.do('meeting', 'add', 'Memoria', 'Reunión del comité', ...days, agenda);
  await obs.do('meeting', 'attend', id);
  await ana.do('meeting', 'attend', id);
  await ana.do('meeting', 'document', id, 'Guía.md');
  await ana.do('meeting', 'decide', id, 'Se aprueba la guía', { input: 'Por consenso.' });
  await ana.do('meeting', 'change', id, '--place', 'Ciudad B');
  const shown = await obs.do('meeting', 'show', 'Reunión del comité');
  assert.deepEqual(shown.countries, ['XA', 'XO']);
  assert.equal(shown.documents.length, 1);
  assert.deepEqual(
    [shown.place, shown.agenda, shown.decisions[0].title],
    ['Ciudad B', '1. Apertura', 'Se aprueba la guía'],
  );
  assert.equal((await obs.all('meeting', 'list', '--year', '2016')).length, 0);
});

test(
  'the annual report: confirmed ones alone, each cited, in three languages and forms',
  { timeout: 120_000 },
  async () => {
    const { markdown, left_out, initiatives } = await sec.do('report', '2017', '--lang', 'es');
    assert.equal(initiatives, 2);
    assert.deepEqual(left_out.map((i) => i.title).sort(), ['Curso anunciado', 'Vencida']);
    for (const text of [
      '# Informe anual 2017',
      'Taller para maestras y maestros',
      'Muestra itinerante',
      '█',
      'País XO',
    ])
      assert.ok(markdown.includes(text), `${text}\n${markdown}`);
    assert.ok(!markdown.includes('Curso anunciado') && !markdown.includes('Vencida'), markdown);
    const [confirmed] = (await sec.all('initiative', 'list', '--state', 'confirmed', '--country', 'XO')).values();
    assert.ok(markdown.includes(confirmed.id), 'cites the record');
    const observed = await obs.do('report', '2017', '--lang', 'pt');
    assert.ok(observed.markdown.includes('# Relatório anual 2017') && !('left_out' in observed));
    assert.ok(observed.markdown.includes('Reunión del comité') && observed.markdown.includes('Se aprueba la guía'));
    await obs.do('report', '2017', '--lang', 'en', '--format', 'pdf', '-o', at('2017.pdf'));
    const text = String(spawnSync('pdftotext', [at('2017.pdf'), '-']).stdout);
    assert.ok(text.includes('Annual report 2017') && text.includes('Muestra itinerante'), text);
    await obs.do('report', '2017', '--format', 'docx', '-o', at('2017.docx'));
    assert.ok(String(spawnSync('pandoc', [at('2017.docx'), '-t', 'plain']).stdout).includes('Muestra itinerante'));
  },
);

test('a conversation and a document become PDF with who, when and hash', { timeout: 120_000 }, async () => {
  const paper = (file) => String(spawnSync('pdftotext', [at(file), '-']).stdout);
  await ana.do('export', at('canal.pdf'), '--pdf', 'Memoria', '--lang', 'es');
  assert.ok(paper('canal.pdf').includes('La reunión fue aplazada') && paper('canal.pdf').includes('XA'));
  const put = (await ana.all('doc', 'list', 'Memoria'))[0];
  await ana.do('export', at('guia.pdf'), '--pdf', 'Guía.md');
  const printed = paper('guia.pdf').replace(/\s/g, '');
  assert.ok(printed.includes(put.sha256) && printed.includes('texto'), paper('guia.pdf'));
  assert.equal(await ana.refused('export', at('guia.pdf'), '--pdf', 'Guía.md'), 'already_exists');
});

test(
  'a copy proves who wrote what; a changed word, author, order or a lost item is found',
  { timeout: 120_000 },
  async () => {
    await ana.do('channel', 'create', 'Cerrado', '--kind', 'committee', '--countries', 'XA,XO', '--history', 'sealed');
    await ana.do('channel', 'add', 'Cerrado', (await obs.do('whoami')).member);
    await obs.do('sync');
    await ana.do('send', 'Cerrado', { input: 'Solo entre nosotros' });
    await obs.do('send', 'Cerrado', { input: 'De acuerdo' });
    await ana.do('sync');
    await ana.do('export', at('copia'));
    const whole = await ana.do('verify', at('copia'));
    assert.equal(whole.whole, true);
    assert.ok(whole.proven > 5 && whole.proven <= whole.records, JSON.stringify(whole));
    assert.equal((await ana.do('verify')).proven, whole.proven);
    const refusals = async (channel, name, change) => {
      const folder = readdirSync(at('copia')).find((f) => f.endsWith(channel));
      const place = join(at('copia'), folder, name);
      const right = readFileSync(place, 'utf8');
      writeFileSync(place, name.endsWith('.json') ? JSON.stringify(change(JSON.parse(right))) : change(right));
      try {
        return await ana.all('verify', at('copia')).then(
          () => 'nothing',
          (refused) => refused.code,
        );
      } finally {
        writeFileSync(place, right);
      }
    };
    const item = (list, body) => list.items.find((i) => i.body === body);
    for (const channel of ['Memoria', 'Cerrado']) {
      const body = channel === 'Memoria' ? 'La reunión fue aplazada' : 'De acuerdo';
      const items = (change) =>
        refusals(channel, 'items.json', (list) => {
          change(list);
          return list;
        });
      assert.equal(await items((list) => (item(list, body).body += '.')), 'bad_signature');
      assert.equal(await items((list) => (item(list, body).country = 'XT')), 'bad_signature');
      assert.equal(await items((list) => list.items.splice(list.items.indexOf(item(list, body)), 1)), 'gap');
      assert.equal(await items((list) => list.items.reverse()), 'reordered');
      assert.equal(await refusals(channel, 'conversation.md', (text) => text.replace(body, 'Nada')), 'bad_signature');
    }
    const documents = (list) => {
      list[0].all[0].sha256 = '00'.repeat(32);
      return list;
    };
    assert.equal(await refusals('Memoria', 'documents.json', documents), 'bad_signature');
    assert.equal((await ana.do('verify', at('copia'))).whole, true);
  },
);

test('any file of a copy added, dropped or altered is found', { timeout: 300_000 }, async () => {
  const note = at('nota.txt');
  writeFileSync(note, 'una nota');
  await ana.do('send', 'Memoria', '--attach', note, { input: 'Con una nota' });
  await space.stop();
  await ana.refused('send', 'Memoria', '--wait', '0', { input: 'Todavía no enviado' });
  await space.start();
  await ana.do('--offline', 'export', at('espera'));
  await ana.do('export', at('entera'));
  const verified = (folder) =>
    ana.do('verify', at(folder)).then(
      (report) => report,
      (refused) => refused.code,
    );
  assert.equal((await verified('entera')).whole, true);
  const waiting = await verified('espera');
  assert.ok(waiting.whole && waiting.waiting.length === 1 && waiting.absent.length > 0, JSON.stringify(waiting));

  const files = readdirSync(at('entera'), { recursive: true }).filter((f) => statSync(join(at('entera'), f)).isFile());
  const kinds = [
    'README.md',
    'people.json',
    'Memoria/conversation.md',
    'Memoria/items.json',
    'Memoria/calendar.ics',
    'Memoria/calendar.json',
    'Memoria/archive.md',
    'Memoria/archive.json',
    'Memoria/documents.json',
    'nota.txt',
    '/v1-',
    'Cerrado/conversation.md',
    'proof/names.json',
    'proof/roster.bin',
    '.words.bin',
  ];
  const broken = async (change) => {
    rmSync(at('rota'), { recursive: true, force: true });
    cpSync(at('entera'), at('rota'), { recursive: true });
    change();
    return verified('rota');
  };
  for (const kind of kinds) {
    const file = files.find((f) => f.endsWith(kind) || (kind === '/v1-' && f.includes(kind)));
    assert.ok(file, `${kind}\n${files.join('\n')}`);
    const place = join(at('rota'), file);
    assert.equal(typeof (await broken(() => rmSync(place))), 'string', `${file} dropped`);
    const altered = () => {
      const bytes = readFileSync(place);
      bytes[bytes.length >> 1] ^= 1;
      writeFileSync(place, bytes);
    };
    assert.equal(typeof (await broken(altered)), 'string', `${file} altered`);
    const added = () => writeFileSync(join(place, '..', 'añadido.txt'), 'x');
    assert.equal(await broken(added), 'bad_signature', `beside ${file}`);
  }
  const channel = readdirSync(at('entera')).find((name) => name.endsWith('Memoria'));
  assert.equal(await broken(() => rmSync(join(at('rota'), channel), { recursive: true })), 'gap');
  const invented = () => {
    const place = join(at('rota'), channel, 'items.json');
    const list = JSON.parse(readFileSync(place, 'utf8'));
    list.items.push({ ...list.items[0], id: 'f'.repeat(32), body: 'Inventado', sending: 'waiting' });
    writeFileSync(place, JSON.stringify(list));
  };
  assert.equal(await broken(invented), 'bad_signature');
});
