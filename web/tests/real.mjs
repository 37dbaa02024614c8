// The whole line, from the screen to the server's disk and back: the real encuentrod serves the built page, the command
// founds the network, and a focal point enters in Chromium by link and code. Ends with 'N passed, N failed'.
// SHOTS=FOLDER keeps pictures, desktop and phone.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Space } from '../../tests/e2e/harness.mjs';
import { browser, complaints, violations } from './look.mjs';

const here = new URL('..', import.meta.url).pathname;
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const languages = ['es', 'pt', 'en'];

const space = new Space();
// The port is chosen first: the server lets in pages of the origins it is told.
space.port = await freePort();
const config = join(space.folder, 'encuentrod.conf');
writeFileSync(config, `web = ${here}dist\norigins = https://127.0.0.1:${space.port}\n`);
const args = ['--config', config];
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
  if (shots) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await page.waitForTimeout(150); // the layout of the other size
      await page.screenshot({ path: `${shots}/${name}-${size}.png` });
    }
    await page.setViewportSize(sizes.desktop);
  }
  assert.deepEqual(await violations(page), [], `axe, ${name}, ${before}`);
}
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
const section = (name) => page.getByRole('navigation').getByRole('link', { name }).click();
const button = (name) => page.getByRole('button', { name, exact: true });

const secretariat = space.person('secretaria');
const brazil = space.person('brasil');
let link, code, words, board, channel;
const phrase = [];

try {
  await step('the Secretariat founds the network by the command and announces', async () => {
    await space.start({ args });
    const founded = await secretariat.do(
      'network',
      'found',
      '--server',
      space.url,
      '--spki',
      space.spki,
      '--name',
      'Red de prueba',
      '--member',
      'Elena Prado',
    );
    assert.ok(founded.fingerprint);
    await secretariat.do(
      'country',
      'add',
      'AR',
      '--name',
      'Argentina',
      '--status',
      'member',
      '--institution',
      'Cancillería',
    );
    await secretariat.do('country', 'add', 'BR', '--name', 'Brasil', '--status', 'member');
    const other = await secretariat.do(
      'invite',
      '--role',
      'focal-point',
      '--country',
      'BR',
      '--name',
      'Helena Duarte',
    );
    await brazil.do('join', other.link, '--code', other.code);
    await secretariat.do('announce', 'Convocatoria a la reunión', '--ask-ack', {
      input: 'Se convoca a la **reunión**.\n\n- Sede: Panamá\n',
    });
    channel = (
      await secretariat.do('channel', 'create', 'Comité de educación', '--kind', 'committee', '--countries', 'AR,BR')
    ).id;
    const invited = await secretariat.do(
      'invite',
      '--role',
      'focal-point',
      '--country',
      'AR',
      '--name',
      'Lucía Ferro',
    );
    ({ link, code } = invited);
    assert.match(link, /^https:\/\/127\.0\.0\.1:\d+\/#/);
  });

  await step('the link opens the space and shows the words of the network', async () => {
    await page.goto(link);
    await page.getByRole('heading', { name: 'Ha recibido una invitación' }).waitFor();
    words = await page.getByRole('list', { name: 'Palabras de la red' }).getByRole('listitem').allInnerTexts();
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
    await page.getByRole('heading', { name: 'Buen día, Lucía Ferro' }).waitFor();
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
    await section('Canales');
    await page.getByRole('link', { name: /Comité de educación/ }).click({ timeout: 60_000 });
    await page.getByText('Bienvenida, delegación argentina.').first().waitFor({ timeout: 60_000 });
    await page.getByLabel('Mensaje', { exact: true }).fill('Gracias. Argentina <b>acompaña</b> la propuesta.');
    await page.keyboard.press('Enter');
    const own = page.locator('article.own').last();
    await own.getByTitle('En el servidor').waitFor({ timeout: 30_000 });
    assert.equal(await page.getByLabel('Mensaje', { exact: true }).inputValue(), '');
    const seen = (await secretariat.all('read', channel)).find((line) => line.country === 'AR');
    assert.equal(seen.body, 'Gracias. Argentina <b>acompaña</b> la propuesta.');
    await look('canal');
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

  await step('reload: locked, opened by four letters a word, everything is there', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Abra su espacio' }).waitFor();
    await look('abrir');
    await page.getByLabel('Frase de acceso').fill('otra frase distinta');
    await button('Abrir').click();
    await page.getByText('La frase de acceso no es correcta.').waitFor({ timeout: 30_000 });
    await page.getByLabel('Frase de acceso').fill(phrase.map((word) => word.slice(0, 4)).join(' '));
    await button('Abrir').click();
    await page.getByText('Gracias. Argentina acompaña la propuesta.').first().waitFor({ timeout: 60_000 });
  });

  await step('the server goes away in the middle: it waits, then is sent', async () => {
    offline = true;
    await space.stop();
    await page.getByText('Sin conexión', { exact: false }).first().waitFor({ timeout: 30_000 });
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

  await step('directory, settings and a second tab', async () => {
    await section('Directorio');
    await page.getByRole('heading', { name: 'Argentina' }).waitFor();
    await page.getByText('Helena Duarte').waitFor();
    await look('directorio');
    await section('Ajustes');
    await page.getByText('Sus dispositivos').waitFor();
    await look('ajustes');
    const second = await context.newPage();
    await second.goto(`https://127.0.0.1:${space.port}/`);
    await second.getByRole('heading', { name: 'El espacio está abierto en otra pestaña' }).waitFor();
    await second.close();
  });

  await step('Portuguese and English at once, axe on each screen', async () => {
    for (const language of languages) {
      await section(/Ajustes|Configurações|Settings/);
      await page.locator('main select').first().selectOption(language);
      for (const index of [0, 1, 2, 3, 4]) {
        await page.getByRole('navigation').getByRole('link').nth(index).click();
        assert.deepEqual(await violations(page), [], `${language} ${index}`);
      }
    }
  });
} finally {
  await chromium.close();
  await space.end();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
