// The second way in, in Chromium with an authenticator of DevTools in the computer's place (WebAuthn, prf), against the
// real server: turned on with the passphrase, opens after a lock and a reload, never takes the passphrase's place.
// Ends with 'N passed, N failed'. SHOTS=FOLDER keeps pictures.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space } from '../../tests/e2e/harness.mjs';
import { browser, complaints, pictures, violations } from './look.mjs';
import { freePort, takeProposed } from './real_people.mjs';

const here = new URL('..', import.meta.url).pathname;
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

// Authenticators know names of hosts, not addresses.
const space = new Space();
space.port = await freePort();
const origin = `https://localhost:${space.port}`;
const config = join(space.folder, 'encuentrod.conf');
writeFileSync(config, `web = ${here}dist\norigins = ${origin}\n`);
const chromium = await browser();
const secretariat = space.person('secretaria');
const context = await chromium.newContext({ ignoreHTTPSErrors: true, viewport: sizes.desktop, locale: 'es-AR' });
const page = await context.newPage();
const wrong = complaints(page);
const tools = await context.newCDPSession(page);
await tools.send('WebAuthn.enable');
const options = {
  protocol: 'ctap2',
  ctap2Version: 'ctap2_1',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  hasPrf: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};
const withAuthenticator = async () =>
  (await tools.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId;
let authenticatorId;

const button = (name) => page.getByRole('button', { name, exact: true });
const heading = (name) => page.getByRole('heading', { name }).first().waitFor({ timeout: 60_000 });
const said = (text) => page.getByText(text).first().waitFor({ timeout: 60_000 });
const settings = () => page.getByRole('link', { name: 'Ajustes', exact: true }).first().click();
const card = page.getByRole('region', { name: 'Abrir también con este equipo' });
// It is opened where it was locked.
const opened = () => heading('Cambiar la frase de acceso');
const lock = async () => {
  await settings();
  await button('Bloquear ahora').first().click();
  await heading('Abra su espacio');
};
const openByPhrase = async (words) => {
  await page.getByLabel('Frase de acceso').fill(words);
  await button('Abrir').click();
  await opened();
};
const keptRow = () =>
  page.evaluate(
    () =>
      new Promise((done, failed) => {
        const opening = indexedDB.open('encuentro');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const name = new TextEncoder().encode('computer');
          const get = opening.result.transaction('rows').objectStore('rows').get(name);
          get.onsuccess = () => done(get.result !== undefined);
        };
      }),
  );
async function look(name) {
  if (shots) await pictures(page, `${shots}/${name}`, sizes);
  assert.deepEqual(await violations(page, tools), [], `axe, ${name}`);
}

let passed = 0;
let failed = 0;
async function step(name, work) {
  try {
    if (failed > 0) throw 'not run: an earlier step failed';
    await work();
    assert.deepEqual(wrong.splice(0), [], 'the page complained');
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    if (failed++ === 0) await page.screenshot({ path: `${here}tests/failed.png` }).catch(() => undefined);
    console.log(`FAILED ${name}\n   ${error.stack ?? error}`);
  }
}

let phrase = '';
try {
  await step('somebody enters; a computer that offers nothing is offered nothing', async () => {
    await space.start({ args: ['--config', config] });
    const where = ['--server', `wss://localhost:${space.port}`, '--spki', space.spki];
    await secretariat.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
    await secretariat.do('country', 'add', 'AR', '--name', 'Argentina', '--status', 'member');
    const asPoint = ['--role', 'focal-point', '--country', 'AR', '--name', 'Lucía Ferro'];
    const { link, code } = await secretariat.do('invite', ...asPoint);
    await page.goto(link);
    await page.getByLabel('Código de ocho cifras').fill(code);
    await button('Continuar').click();
    phrase = (await takeProposed(page)).join(' ');
    await button('Entrar').click();
    await button('Ir a Inicio').click();
    await settings();
    await heading('Cambiar la frase de acceso');
    assert.equal(await card.count(), 0);
  });

  await step('it is turned on with the passphrase, not without', async () => {
    authenticatorId = await withAuthenticator();
    await page.getByRole('link', { name: 'Inicio', exact: true }).first().click();
    await settings();
    await card.waitFor();
    await card.getByLabel('Frase actual').fill('otra frase que no es');
    await card.getByRole('button', { name: 'Activar en este equipo' }).click();
    await card.getByRole('alert').waitFor();
    assert.equal(await keptRow(), false);
    await card.getByLabel('Frase actual').fill(phrase);
    await card.getByRole('button', { name: 'Activar en este equipo' }).click();
    await said('la próxima vez podrá abrir el espacio con este equipo');
    assert.equal(await keptRow(), true);
    await look('ajustes-equipo');
  });

  await step('after a lock, and after a reload, the computer opens the space', async () => {
    await lock();
    await button('Abrir con este equipo').waitFor();
    await look('abrir-equipo');
    await button('Abrir con este equipo').click();
    await opened();
    await page.reload();
    await button('Abrir con este equipo').click();
    await opened();
  });

  await step('the passphrase can change; the computer opens as before', async () => {
    const changed = 'el puente nuevo sobre el río';
    await settings();
    const form = page.locator('form', { hasText: 'Frase nueva' });
    await form.getByLabel('Frase actual').fill(phrase);
    await form.getByLabel('Frase nueva').fill(changed);
    await form.getByLabel('Escríbala una vez').fill(changed);
    await form.getByRole('button', { name: 'Cambiar la frase de acceso' }).click();
    await said('La frase de acceso cambió.');
    phrase = changed;
    await lock();
    await button('Abrir con este equipo').click();
    await opened();
  });

  await step('who is not known to the computer gets nothing, and the passphrase opens', async () => {
    await lock();
    await tools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await button('Abrir con este equipo').click();
    await said('Este equipo no abrió el espacio');
    await look('abrir-equipo-no');
    await openByPhrase(phrase);
  });

  await step('another authenticator opens nothing', async () => {
    await lock();
    await tools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    authenticatorId = await withAuthenticator();
    await button('Abrir con este equipo').click();
    await said('Este equipo no abrió el espacio');
    await openByPhrase(phrase);
  });

  await step('turned off, only the passphrase is left', async () => {
    await settings();
    await button('Dejar de abrir con este equipo').click();
    await said('Ahora solo lo abre su frase de acceso.');
    assert.equal(await keptRow(), false);
    await lock();
    await page.getByLabel('Frase de acceso').waitFor();
    assert.equal(await button('Abrir con este equipo').count(), 0);
    await openByPhrase(phrase);
  });
} finally {
  await chromium.close();
  await space.end();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
