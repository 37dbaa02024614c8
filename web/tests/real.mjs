// The whole line, from the screen to the server's disk and back: the real encuentrod serves the built page, the command
// founds the network, and a focal point enters in Chromium by link and code. Ends with 'N passed, N failed'.
// SHOTS=FOLDER keeps pictures, desktop and phone. CARRIER=command: the same over the page of `encuentro ui`.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space } from '../../tests/e2e/harness.mjs';
import { carrierOf } from './carriers.mjs';
import { browser, complaints, pictures, violations } from './look.mjs';
import { copied, pdfShown, refusedForRoom } from './real_files.mjs';
import { evidenceJudged, noticesAsked, noticesKey, wordsAlike } from './real_proofs.mjs';
import { freePort, peopleOf, until, wordsOf } from './real_people.mjs';

const here = new URL('..', import.meta.url).pathname;
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const languages = ['es', 'pt', 'en'];

const space = new Space();
// The port is chosen first: the server lets in pages of the origins it is told.
space.port = await freePort();
const config = join(space.folder, 'encuentrod.conf');
const room = `country-bytes = 40000000\nmember-bytes = 9000000\n${noticesKey}`;
writeFileSync(config, `web = ${here}dist\norigins = https://127.0.0.1:${space.port}\n${room}`);
const args = ['--config', config];
const carrier = carrierOf(process.env.CARRIER ?? 'browser', space, `${here}dist`);
const chromium = await browser();
const context = await chromium.newContext({
  ignoreHTTPSErrors: true,
  viewport: sizes.desktop,
  locale: 'es-AR',
  timezoneId: 'America/Argentina/Buenos_Aires',
});
const page = await context.newPage();
const wrong = complaints(page, (text) => offline && /WebSocket|ERR_/.test(text));
let offline = false;
let passed = 0;
let failed = 0;
let broken = false;

// Each step stands on the ones before: after a failure the rest is not run, and counts as failed.
async function step(name, work) {
  try {
    if (broken) throw new Error('not run: an earlier step failed');
    await work();
    assert.deepEqual(wrong.splice(0), [], 'the page complained');
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    if (!broken) {
      await page.screenshot({ path: `${here}tests/failed.png` }).catch(() => {});
      console.log(
        `   the page says: ${(
          await page
            .locator('body')
            .innerText()
            .catch(() => '')
        ).slice(0, 600)}\n   ${wrong.join('\n   ')}`,
      );
    }
    broken = true;
    console.log(`FAILED ${name}\n   ${error.stack ?? error}`);
  }
}

// What every screen is held to, in each language; pictures in Spanish.
async function look(name) {
  const before = await page.evaluate(() => localStorage.getItem('encuentro.language') ?? 'es');
  if (shots) await pictures(page, `${shots}/${name}`, sizes);
  assert.deepEqual(await violations(page), [], `axe, ${name}, ${before}`);
}
const { delegate, elsewhere, leave, section, committee, button } = peopleOf({ chromium, page, space });

const secretariat = space.person('secretaria');
const brazil = space.person('brasil');
let link, code, words, board, channel, meeting;
const inBogota = ['--start', '2031-12-02T10:00', '--end', '2031-12-02T11:30', '--zone', 'America/Bogota'];
const phrase = [];

try {
  await step('the Secretariat founds the network by the command and announces', async () => {
    await space.start({ args });
    const where = ['--server', space.url, '--spki', space.spki];
    const who = ['--name', 'Red de prueba', '--member', 'Elena Prado'];
    assert.ok((await secretariat.do('network', 'found', ...where, ...who)).fingerprint);
    const argentina = ['--name', 'Argentina', '--status', 'member', '--institution', 'Cancillería'];
    await secretariat.do('country', 'add', 'AR', ...argentina);
    await secretariat.do('country', 'add', 'BR', '--name', 'Brasil', '--status', 'member');
    const other = await secretariat.do('invite', '--role', 'focal-point', '--country', 'BR', '--name', 'Helena Duarte');
    await brazil.do('join', other.link, '--code', other.code);
    await secretariat.do('announce', 'Convocatoria a la reunión', '--ask-ack', {
      input: 'Se convoca a la **reunión**.\n\n- Sede: Panamá\n',
    });
    channel = (
      await secretariat.do('channel', 'create', 'Comité de educación', '--kind', 'committee', '--countries', 'AR,BR')
    ).id;
    const invited = await secretariat.do('invite', '--role', 'focal-point', '--country', 'AR', '--name', 'Lucía Ferro');
    ({ link, code } = invited);
    assert.match(link, /^https:\/\/127\.0\.0\.1:\d+\/#/);
  });

  await step('the link opens the space and shows the words of the network', async () => {
    await carrier.invited(page, link);
    await page.getByRole('heading', { name: 'Ha recibido una invitación' }).waitFor();
    await page.getByText(carrier.frontSays).waitFor();
    words = await page.getByRole('list', { name: 'Palabras de la red' }).getByRole('listitem').allInnerTexts();
    await page.getByText('Red de prueba').waitFor();
    assert.equal(words.length, 6);
    await look('entrar-codigo');
  });

  await step('the code, a proposed passphrase, the device', async () => {
    await page.getByLabel('Código de ocho cifras').fill(code);
    await button('Continuar').click();
    const shown = page.getByRole('list', { name: 'Frase propuesta' }).getByRole('listitem');
    await shown.first().waitFor();
    for (const word of await shown.allInnerTexts()) phrase.push(word.replace(/^\d+\s*/, '').trim());
    assert.equal(phrase.length, 6);
    await look('entrar-frase');
    await page.getByLabel('Escríbala una vez').fill(phrase.map((word) => word.slice(0, 4).toUpperCase()).join(' '));
    await button('Continuar').click();
    await page.getByRole('heading', { name: 'Nombre de este dispositivo' }).waitFor();
    await button('Entrar').click();
    await page.getByRole('heading', { name: 'Ha entrado' }).waitFor({ timeout: 60_000 });
    await page.getByText('Red de prueba').waitFor();
    await look('entrar-hecho');
    await button('Ir a Inicio').click();
  });

  await step('Home: what waits for me', async () => {
    await page.getByRole('heading', { name: /^Buen(o|a)s (días|tardes|noches), Lucía Ferro$/ }).waitFor();
    // What was announced before she entered opens when somebody who can read it passes by (design §4, links).
    await page.getByText('Todavía no se abren los anuncios anteriores').waitFor({ timeout: 60_000 });
    await secretariat.do('sync');
    await page.getByText('Convocatoria a la reunión').waitFor({ timeout: 60_000 });
    await page.getByText('Conectado', { exact: true }).waitFor({ timeout: 60_000 });
    await look('inicio');
  });

  await step('the board: read, acknowledged; the Secretariat sees the country', async () => {
    await section('Tablón de anuncios');
    await page.getByRole('link', { name: 'Convocatoria a la reunión' }).click();
    await page.getByText('Sede: Panamá').waitFor();
    await look('anuncio');
    await button('Acusar recibo').click();
    await page.getByText('Acuse de recibo enviado').waitFor({ timeout: 30_000 });
    const lines = await secretariat.all('board');
    board = lines.find((line) => line.title === 'Convocatoria a la reunión');
    assert.deepEqual(board.acks, ['AR']);
    await button('Todos los anuncios').click();
    await look('tablon');
  });

  await step('a channel: read and written; the command sees it', async () => {
    await secretariat.do(
      'channel',
      'add',
      channel,
      (await secretariat.all('roster')).find((line) => line.name === 'Lucía Ferro').member,
    );
    await secretariat.do('send', channel, { input: 'Bienvenida, delegación argentina.' });
    await committee();
    await page.getByText('Bienvenida, delegación argentina.').first().waitFor({ timeout: 60_000 });
    await page.getByLabel('Mensaje', { exact: true }).fill('Gracias. Argentina <b>acompaña</b> la propuesta.');
    await page.keyboard.press('Enter');
    const own = page.locator('article.own').last();
    await own.getByTitle('En el servidor').waitFor({ timeout: 30_000 });
    assert.equal(await page.getByLabel('Mensaje', { exact: true }).inputValue(), '');
    const seen = (await secretariat.all('read', channel)).find((line) => line.country === 'AR');
    assert.equal(seen.body, 'Gracias. Argentina <b>acompaña</b> la propuesta.');
    await look('canal');
    await wordsAlike({ page, person: secretariat, channel, look });
  });

  await step('edit and react; the command sees both', async () => {
    const own = page.locator('article.own').last();
    await own.hover();
    await own.getByRole('button', { name: 'Corregir' }).click();
    await page.getByLabel('Mensaje', { exact: true }).fill('Gracias. Argentina acompaña la propuesta.');
    await page.keyboard.press('Enter');
    await own.getByText('corregido').waitFor({ timeout: 30_000 });
    const theirs = page.locator('article:not(.own)').last();
    await theirs.hover();
    await theirs.getByRole('button', { name: 'Reaccionar', exact: true }).click();
    await theirs.getByRole('button', { name: 'Reaccionar con 👍' }).click();
    await theirs.getByRole('button', { name: /👍 1 persona/ }).waitFor({ timeout: 30_000 });
    const lines = await secretariat.all('read', channel);
    assert.ok(lines.some((line) => line.body === 'Gracias. Argentina acompaña la propuesta.'));
  });

  await step('an event of the command on the page: both clocks, answered; the command sees the country', async () => {
    const agenda = join(space.folder, 'agenda.txt');
    writeFileSync(agenda, 'Punto 1');
    const also = ['--where', 'Sala 2', '--attach', agenda];
    meeting = await secretariat.do('event', 'add', channel, 'Reunión técnica', ...inBogota, ...also);
    await section('Calendario');
    await button('Lista').click();
    while (!(await page.getByRole('heading', { name: 'Diciembre de 2031' }).isVisible())) {
      await page.getByRole('button', { name: 'Mes siguiente' }).click();
    }
    await page.getByRole('link', { name: 'Reunión técnica' }).click({ timeout: 60_000 });
    await page.getByText('12:00–13:30').waitFor();
    await page.getByText('10:00–11:30').waitFor();
    await page.getByText('Sala 2').waitFor();
    await button('Asistirá').click();
    await page.getByRole('listitem').getByText('Argentina').waitFor({ timeout: 30_000 });
    const [seen] = (await secretariat.all('event', 'list')).filter(({ id }) => id === meeting.id);
    assert.deepEqual(
      seen.answers.map(({ country, answer }) => [country, answer]),
      [['AR', 'attending']],
    );
    await look('evento');
    await button('Cambiar el evento').click();
    await page.getByLabel('Lugar (opcional)').fill('Sala 3');
    await button('Guardar el cambio').click();
    await page.getByText('Sala 3').waitFor({ timeout: 30_000 });
    const changed = await secretariat.do('event', 'show', meeting.id);
    assert.deepEqual(
      changed.attachments.map(({ name }) => name),
      ['agenda.txt'],
    );
    await button('Calendario').click();
    await look('calendario-lista');
    await button('Mes').click();
    await look('calendario');
  });

  await step('an event of the page: the command lists it, changes it, and the page calls it off', async () => {
    await button('Nuevo evento').click();
    await page.getByLabel('Título', { exact: true }).fill('Taller, primera parte');
    await page.getByLabel('Comienza el').fill('2031-12-09');
    await page.getByLabel('Comienza el').dispatchEvent('change');
    await page.getByLabel('a las', { exact: true }).fill('15:00');
    await page.getByLabel('a las', { exact: true }).dispatchEvent('change');
    await page.getByLabel('Termina el').fill('2031-12-09');
    await page.getByLabel('hasta las').fill('16:30');
    await page.getByLabel('Hora de').selectOption('America/Santiago');
    await page.getByLabel('Se repite').selectOption('FREQ=WEEKLY');
    await page.getByLabel('Hasta el día (opcional)').fill('2031-12-31');
    await page.getByLabel('Lugar (opcional)').fill('Santiago');
    await look('evento-nuevo');
    await page.getByRole('button', { name: 'Agregar al calendario' }).click();
    await page.getByRole('heading', { name: 'Taller, primera parte' }).waitFor({ timeout: 30_000 });
    const dates = (
      await secretariat.all('event', 'list', '--from', '2031-12-01', '--to', '2032-01-31', '--zone', 'UTC')
    ).filter(({ title }) => title === 'Taller, primera parte');
    assert.deepEqual(
      dates.map(({ start }) => start.slice(0, 16)),
      ['2031-12-09T18:00', '2031-12-16T18:00', '2031-12-23T18:00', '2031-12-30T18:00'],
    );
    await secretariat.do('event', 'change', dates[0].id, '--where', 'Valparaíso');
    await page.getByText('Valparaíso').waitFor({ timeout: 30_000 });
    await button('Cancelar el evento').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancelar el evento' }).click();
    await page.getByText('Cancelado', { exact: true }).first().waitFor({ timeout: 30_000 });
    const off = await secretariat.do('event', 'show', dates[0].id);
    assert.deepEqual([off.status, off.conflict, off.title], ['cancelled', false, 'Taller, primera parte']);
  });

  await step('a calendar file in and out', async () => {
    await button('Calendario').click();
    const file = join(space.folder, 'otro.ics');
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:otro', 'BEGIN:VEVENT', 'UID:ajeno@otro', 'SUMMARY:Ajeno'];
    const end = ['DTSTART;VALUE=DATE:20311224', 'X-PROPIO:queda', 'END:VEVENT', 'END:VCALENDAR', ''];
    writeFileSync(file, [...lines, ...end].join('\r\n'));
    await page.getByLabel('Agregar desde un archivo .ics').setInputFiles(file);
    await page.getByRole('dialog').getByRole('button', { name: 'Agregar al calendario' }).click();
    await page.getByText('Se agregó o actualizó 1 evento.').waitFor({ timeout: 30_000 });
    await button('Cerrar').click();
    assert.ok((await secretariat.all('event', 'list')).some(({ uid }) => uid === 'ajeno@otro'));
    const saved = page.waitForEvent('download');
    await button('Guardar como archivo .ics').click();
    const text = readFileSync(await (await saved).path(), 'utf8');
    for (const part of ['UID:ajeno@otro', 'X-PROPIO:queda', 'SUMMARY:Reunión técnica'])
      assert.ok(text.includes(part), part);
  });

  await step(
    'a document of the command on the page: shown, saved whole; the command sees that we have it',
    async () => {
      const bytes = Buffer.alloc(700_000, 'línea de texto\n');
      writeFileSync(join(space.folder, 'Acta.txt'), bytes);
      const put = await secretariat.do('doc', 'put', channel, join(space.folder, 'Acta.txt'), '--note', 'para leer');
      await section('Documentos');
      await page.getByLabel('Canal', { exact: true }).selectOption(channel);
      await page.getByRole('link', { name: 'Acta.txt' }).click({ timeout: 60_000 });
      await page.getByText('para leer').waitFor();
      await button('Ver aquí').click();
      await page.locator('pre').getByText('línea de texto').first().waitFor({ timeout: 60_000 });
      await look('documento');
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Guardar Acta.txt, versión 1' }).click();
      assert.ok(readFileSync(await (await saved).path()).equals(bytes));
      await page.getByText('La tienen: Lucía Ferro').waitFor({ timeout: 30_000 });
      const [version] = await secretariat.all('doc', 'versions', put.id);
      assert.deepEqual(version.fetched, ['AR']);
      const longer = Buffer.concat([bytes, Buffer.from('línea nueva\n')]);
      const file = { name: 'Acta.txt', mimeType: 'text/plain', buffer: longer };
      await page.getByLabel('Subir nueva versión').setInputFiles(file);
      await page.getByText('2 versiones').waitFor({ timeout: 60_000 });
      await button('Comparar versiones').click();
      await page.locator('ins').getByText('línea nueva').waitFor({ timeout: 60_000 });
      assert.equal(await page.locator('ins').count(), 1);
      await look('comparar');
    },
  );

  await step('a PDF in the page, and a hostile one', async () => {
    await page.getByRole('button', { name: 'Comité de educación' }).click();
    await pdfShown({ page, space, person: secretariat, channel, look });
  });

  await step(
    'files of the page: a folder, one of several chunks, a new version; the command gets the same bytes',
    async () => {
      await button('Nueva carpeta').click();
      await page.getByLabel('Nombre de la carpeta').fill('Proyectos');
      await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
      await page.getByRole('link', { name: 'Proyectos' }).click({ timeout: 30_000 });
      const bytes = Buffer.from(Array.from({ length: 600_000 }, (_, index) => (index * 7) % 251));
      const file = { name: 'Guía.bin', mimeType: 'application/octet-stream', buffer: bytes };
      await page.getByLabel('Subir archivos').setInputFiles(file);
      await page.getByRole('link', { name: 'Guía.bin' }).waitFor({ timeout: 60_000 });
      await look('documentos');
      const listed = (await secretariat.all('doc', 'list', channel)).find(({ name }) => name === 'Guía.bin');
      assert.equal(listed.folder, 'Proyectos');
      const out = join(space.folder, 'fuera.bin');
      await secretariat.do('doc', 'get', listed.id, '-o', out);
      assert.ok(readFileSync(out).equals(bytes));
      await refusedForRoom({ page, look });
      await page.getByRole('link', { name: 'Guía.bin' }).click();
      await page.getByLabel('Subir nueva versión').setInputFiles({ ...file, buffer: Buffer.from('breve') });
      await page.getByText('2 versiones').waitFor({ timeout: 60_000 });
      await secretariat.do('doc', 'get', listed.id, '--version', '2', '-o', `${out}2`);
      assert.equal(readFileSync(`${out}2`, 'utf8'), 'breve');
    },
  );

  await step('a name, a comment, a freeze, removed and put back: both see the same', async () => {
    const [{ id }] = (await secretariat.all('doc', 'list', channel)).filter(({ name }) => name === 'Guía.bin');
    await button('Cambiar el nombre').click();
    await page.getByRole('dialog').getByLabel('Nombre').fill('Guía final.bin');
    await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('heading', { name: 'Guía final.bin' }).waitFor({ timeout: 30_000 });
    await button('Comentar').first().click();
    await page.getByLabel('Comentar').fill('Conforme.');
    await button('Enviar comentario').click();
    await page.getByText('Conforme.').waitFor({ timeout: 30_000 });
    await secretariat.do('doc', 'freeze', id, '--version', '2');
    await page.getByText('Texto definitivo').first().waitFor({ timeout: 30_000 });
    const versions = await secretariat.all('doc', 'versions', id);
    assert.equal(versions[1].comments[0].body, 'Conforme.');
    await button('Quitar').click();
    await page.getByText('Se quitó Guía final.bin').waitFor();
    const gone = async () =>
      (await secretariat.all('doc', 'list', channel, '--removed')).find((d) => d.id === id).removed;
    await page.getByRole('link', { name: 'Guía final.bin' }).waitFor({ state: 'detached', timeout: 30_000 });
    assert.equal(await gone(), true);
    await button('Deshacer').click();
    await page.getByRole('link', { name: 'Guía final.bin' }).waitFor({ timeout: 30_000 });
    assert.equal(await gone(), false);
  });

  await step('a mention and two files, one inside and one among the documents; the command sees them', async () => {
    const helena = (await secretariat.all('roster')).find((line) => line.name === 'Helena Duarte').member;
    await secretariat.do('channel', 'add', channel, helena); // only who is in the channel can be named there
    await committee();
    const field = page.getByLabel('Mensaje', { exact: true });
    await field.pressSequentially('De acuerdo, @hele');
    await page.getByRole('option', { name: /Helena Duarte/ }).waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await field.inputValue(), 'De acuerdo, @Helena Duarte ');
    await page.locator('input[type=file]').setInputFiles([
      { name: 'nota.txt', mimeType: 'text/plain', buffer: Buffer.from('breve') },
      { name: 'anexo.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(40_000, 7) },
    ]);
    await page.getByText('se guarda en Documentos del canal').waitFor();
    await button('Enviar').click();
    const own = page.locator('article.own').last();
    await own.getByRole('link', { name: 'anexo.bin' }).waitFor({ timeout: 60_000 });
    await own.getByTitle('En el servidor').waitFor({ timeout: 30_000 });
    const seen = (await secretariat.all('read', channel)).findLast((line) => line.country === 'AR');
    assert.deepEqual(
      seen.attachments.map(({ name, bytes }) => [name, bytes]),
      [
        ['nota.txt', 5],
        ['anexo.bin', 40_000],
      ],
    );
    assert.equal(seen.mentions.length, 1);
    await own.getByRole('link', { name: 'anexo.bin' }).click();
    await page.getByRole('heading', { name: 'anexo.bin' }).waitFor({ timeout: 30_000 });
  });

  await step('found again by a word without its accent', async () => {
    await page.getByRole('link', { name: 'Buscar' }).click();
    await page.getByLabel('Palabras').fill('delegacion');
    await page.getByRole('link', { name: /Elena Prado/ }).waitFor({ timeout: 30_000 });
    await look('buscar');
  });

  await step('a channel made on the page, and a person of the delegation let in by it', async () => {
    await section('Canales');
    await button('Nuevo canal').click();
    await page.getByLabel('Título').fill('Grupo de redacción');
    await page.getByLabel('Brasil').check();
    await page.getByLabel('Helena Duarte').check();
    await look('canal-nuevo');
    await button('Crear el canal').click();
    await page.getByRole('heading', { name: 'Grupo de redacción' }).waitFor({ timeout: 60_000 });
    await page.getByLabel('Mensaje', { exact: true }).fill('Empezamos.');
    await page.keyboard.press('Enter');
    await page.locator('article.own').last().getByTitle('En el servidor').waitFor({ timeout: 30_000 });
    await until(async () => {
      const made = (await brazil.all('channel', 'list')).find((line) => line.title === 'Grupo de redacción');
      return made && (await brazil.all('read', made.id)).some((line) => line.body === 'Empezamos.');
    });
    await section('Directorio');
    await delegate('Tomás Ríos', 'tomas', () => look('invitar'));
    await button('Dar de baja').click();
    await button('Continuar').click();
    await page.getByLabel(/Comprendo que Tomás Ríos/).check();
    await button('Dar de baja').click();
    await page.getByText('Tomás Ríos quedó dado de baja.').waitFor({ timeout: 30_000 });
    await button('Terminar').click();
    await section('Documentos');
    await page.getByLabel('Canal', { exact: true }).selectOption(channel);
    await page.getByRole('link', { name: 'Proyectos' }).click({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Guía final.bin' }).waitFor({ timeout: 30_000 });
  });

  await step('reload: locked, opened by four letters a word, all is there, also what was half typed', async () => {
    await committee();
    await page.getByLabel('Mensaje', { exact: true }).fill('A medio escri');
    await section('Documentos');
    await page.getByLabel('Canal', { exact: true }).selectOption(channel);
    await page.getByRole('link', { name: 'Proyectos' }).click({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Guía final.bin' }).waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByRole('heading', { name: 'Abra su espacio' }).waitFor();
    await look('abrir');
    await page.getByLabel('Frase de acceso').fill('otra frase distinta');
    await button('Abrir').click();
    await page.getByText('La frase de acceso no es correcta.').waitFor({ timeout: 30_000 });
    await page.getByLabel('Frase de acceso').fill(phrase.map((word) => word.slice(0, 4)).join(' '));
    await button('Abrir').click();
    await page.getByRole('link', { name: 'Guía final.bin' }).waitFor({ timeout: 60_000 });
    await committee();
    await page.getByText('Gracias. Argentina acompaña la propuesta.').first().waitFor({ timeout: 60_000 });
    assert.equal(await page.getByLabel('Mensaje', { exact: true }).inputValue(), 'A medio escri');
  });

  await step('the server goes away in the middle: it waits, then is sent', async () => {
    offline = true;
    await space.stop();
    await page.getByText('No hay conexión con el servidor.').waitFor({ timeout: 30_000 });
    await page.getByLabel('Mensaje', { exact: true }).fill('Escrito sin conexión.');
    await page.keyboard.press('Enter');
    const own = page.locator('article.own').last();
    await own.getByText('Escrito sin conexión.').waitFor({ timeout: 15_000 });
    await own.getByTitle('En espera').waitFor();
    await look('sin-conexion');
    await space.start({ args });
    await own.getByTitle('En el servidor').waitFor({ timeout: 90_000 });
    offline = false;
    assert.ok((await secretariat.all('read', channel)).some((line) => line.body === 'Escrito sin conexión.'));
  });

  await step('put out of a channel while it waited: the text stays with its reason, and comes back', async () => {
    const lucia = (await secretariat.all('roster')).find((line) => line.name === 'Lucía Ferro').member;
    const members = ['--kind', 'committee', '--countries', 'AR,BR'];
    const { id } = await secretariat.do('channel', 'create', 'Por poco tiempo', ...members);
    await secretariat.do('channel', 'add', id, lucia);
    await page.getByRole('link', { name: /Por poco tiempo/ }).click({ timeout: 60_000 });
    await page.getByLabel('Mensaje', { exact: true }).waitFor({ timeout: 30_000 });
    offline = true;
    await space.stop();
    await page.getByText('No hay conexión con el servidor.').waitFor({ timeout: 30_000 });
    await page.getByLabel('Mensaje', { exact: true }).fill('Escrito antes de saberlo.');
    await page.keyboard.press('Enter');
    await page.locator('article.own').last().getByTitle('En espera').waitFor();
    await button('Bloquear ahora').click();
    await page.getByRole('heading', { name: 'Abra su espacio' }).waitFor();
    await space.start({ args });
    await secretariat.do('channel', 'remove', id, lucia);
    await page.getByLabel('Frase de acceso').fill(phrase.join(' '));
    await button('Abrir').click();
    const own = page.locator('article.own').last();
    await own.getByText('No se pudo enviar.').waitFor({ timeout: 60_000 });
    offline = false;
    await own.getByText('Ya no participa en este canal.', { exact: false }).waitFor();
    await look('no-enviado');
    await own.getByRole('button', { name: 'Recuperar el texto' }).click();
    await page.locator('article.own').waitFor({ state: 'detached', timeout: 30_000 });
  });

  await step('directory, settings and a second tab', async () => {
    await section('Directorio');
    await page.getByRole('heading', { name: 'Argentina' }).waitFor();
    await page.getByText('Helena Duarte').waitFor();
    await look('directorio');
    await section('Ajustes');
    await page.getByText('Sus dispositivos').waitFor();
    await look('ajustes');
    const second = await context.newPage();
    await second.goto(carrier.second());
    await second.getByRole('heading', { name: carrier.secondSays }).waitFor();
    await second.close();
  });

  await step('notices by mail: on, as the server says, and off', () => noticesAsked({ page, look }));
  await step('a copy of everything as a .zip, beside the one of the command', () =>
    copied({ page, space, person: secretariat, title: 'Comité de educación' }),
  );

  await step('an access sheet of the page: another browser enters with its text and keeps nothing', async () => {
    await button('Hacer una hoja de acceso').click();
    await button('Hacer una hoja de acceso').click();
    const text = (await page.locator('.sheet .text').innerText({ timeout: 30_000 })).replace(/\s/g, '');
    assert.equal(await button('Terminar').isDisabled(), true);
    await look('hoja');
    await page.getByLabel('La imprimí y la guardé').check();
    await button('Terminar').click();
    const other = await elsewhere(`https://127.0.0.1:${space.port}/#${text}`, 'Hoja de acceso', true);
    await other.getByRole('heading', { name: 'Ha entrado' }).waitFor({ timeout: 60_000 });
    await other.getByRole('button', { name: 'Ir a Inicio' }).click();
    await other.getByRole('heading', { name: /Lucía Ferro$/ }).waitFor();
    await leave(other);
    assert.deepEqual(other.complaints, []);
    await other.context().close();
  });

  await step('re-entry: two people hear the same six words, one on the page and one at the command', async () => {
    await section('Directorio');
    await delegate('Marta Paz', 'marta');
    const row = page.locator('.person').filter({ hasText: 'Marta Paz' });
    await row.getByRole('button', { name: 'Reingreso' }).click();
    await button('Crear el enlace').click();
    const [text] = (await page.locator('.guide .link').innerText({ timeout: 30_000 })).match(/https:\S+/);
    const other = await elsewhere(text, 'Reingreso');
    await other.getByRole('heading', { name: 'Falta que le reconozcan' }).waitFor({ timeout: 60_000 });
    const request = await other.locator('.request').innerText();
    const said = await wordsOf(other);
    assert.equal(said.length, 6);
    await page.getByLabel('Texto que muestra su dispositivo nuevo').fill(request.slice(4));
    await button('Continuar').click();
    await page.getByText('Este texto no es un pedido de reingreso de Marta Paz', { exact: false }).waitFor();
    await page.getByLabel('Texto que muestra su dispositivo nuevo').fill(request);
    await button('Continuar').click();
    await page.getByText('Marta Paz debe decirle estas palabras', { exact: false }).waitFor();
    assert.deepEqual(await wordsOf(page), said);
    await look('reingreso');
    await page.getByLabel('Las oí de Marta Paz', { exact: false }).check();
    await button('Confirmar el reingreso').click();
    await page.getByText('Falta la de otra persona', { exact: false }).waitFor({ timeout: 30_000 });
    await button('Terminar').click();
    const marta = (await secretariat.all('roster')).find((line) => line.name === 'Marta Paz').member;
    await secretariat.do('re-entry', 'confirm', marta, { input: 's\n' });
    await other.getByRole('heading', { name: 'Ha entrado' }).waitFor({ timeout: 90_000 });
    assert.deepEqual(other.complaints, []);
    await page.getByText('Marta Paz reingresó con un dispositivo nuevo').waitFor({ timeout: 30_000 });
    await button('Entendido').click();
    await other.context().close();
  });

  await step('two histories: the file the page saves shows a third person whose word it holds', async () => {
    await committee();
    offline = true;
    await evidenceJudged({ page, space, person: secretariat, channel, args, look });
    offline = false;
  });

  await step('Portuguese and English at once, axe on each screen', async () => {
    for (const language of languages) {
      await section(/Ajustes|Configurações|Settings/);
      await page.locator('main select').first().selectOption(language);
      for (const index of [0, 1, 2, 3, 4, 5, 6]) {
        await page.getByRole('navigation').getByRole('link').nth(index).click();
        assert.deepEqual(await violations(page), [], `${language} ${index}`);
      }
    }
  });
} finally {
  await carrier.end();
  await chromium.close();
  await space.end();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
