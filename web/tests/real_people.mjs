// Who acts in the real run beside its one page: a delegate who comes in by the command, a browser that was never here.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { complaints } from './look.mjs';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
// Asked again for as long as it isn't so: the command learns of things when it next connects.
export async function until(holds, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it never came');
    await setTimeout(20); // for what is to come
  }
}

// The words to compare that a page shows.
export const wordsOf = (where) =>
  where
    .getByRole('list', { name: /palabras/i })
    .getByRole('listitem')
    .allInnerTexts();

// Takes the passphrase that is proposed, typed once. Resolves to its words.
export async function takeProposed(page) {
  const shown = page.getByRole('list', { name: 'Frase propuesta' }).getByRole('listitem');
  await shown.first().waitFor();
  const words = (await shown.allInnerTexts()).map((word) => word.replace(/^\d+\s*/, '').trim());
  await page.getByLabel('Escríbala una vez').fill(words.join(' '));
  await page.getByRole('button', { name: 'Continuar', exact: true }).click();
  return words;
}

export function peopleOf({ chromium, page, space }) {
  // Somebody of the delegation, invited on the page, comes in by the command.
  async function delegate(name, home, seen = async () => {}) {
    await button('Designación e invitación').click();
    await page.getByLabel('Entra como').selectOption('3');
    await page.getByLabel('Nombre y apellido').fill(name);
    await button('Continuar').click();
    await page.getByText('No compromete al país.', { exact: false }).waitFor();
    await button('Crear la invitación').click();
    const given = await page.locator('.guide .code').innerText({ timeout: 30_000 });
    const [text] = (await page.locator('.guide .link').innerText()).match(/https:\S+/);
    await seen();
    await button('Terminar').click();
    await space.person(home).do('join', text, '--code', given.replace(/\D/g, ''));
    await page.getByText(name).waitFor({ timeout: 30_000 });
  }
  // A browser that was never here opens a link that needs no code, and goes as far as it goes by itself.
  async function elsewhere(link, title, shared = false) {
    const other = await (await chromium.newContext({ ignoreHTTPSErrors: true, locale: 'es-AR' })).newPage();
    other.complaints = complaints(other);
    const press = (name) => other.getByRole('button', { name, exact: true }).click();
    await other.goto(link);
    await other.getByRole('heading', { name: title }).waitFor();
    assert.equal(await other.getByLabel('Código de ocho cifras').count(), 0);
    await press('Continuar');
    await takeProposed(other);
    if (shared) await other.getByLabel('Este equipo es compartido').check();
    await press('Entrar');
    return other;
  }
  const section = (name) => page.getByRole('navigation').getByRole('link', { name }).click();
  // The talk is there before anything is typed: another one may have stood open.
  async function talk(title) {
    await section('Canales');
    await page.getByRole('link', { name: new RegExp(title) }).click({ timeout: 60_000 });
    await page.getByRole('heading', { name: title }).waitFor();
  }
  const committee = () => talk('Comité de educación');
  const button = (name) => page.getByRole('button', { name, exact: true });
  // Leaves a computer that others use too: nothing was written there, and the next person is asked for an invitation.
  async function leave(other) {
    const rows = await other.evaluate(async () => {
      const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
      const database = await answer(indexedDB.open('encuentro'));
      const count = await answer(database.transaction('rows').objectStore('rows').count());
      database.close();
      return count;
    });
    assert.equal(rows, 0);
    const press = (where) => where.getByRole('button', { name: 'Salir de este equipo' }).click();
    await press(other);
    await press(other.getByRole('dialog'));
    await other.getByLabel('Enlace').waitFor();
  }

  return { delegate, elsewhere, leave, section, talk, committee, button };
}
