// One browser with several tabs, against the real server: one of them leads, all of them show the space, and work done
// in any of them is the same work. Then what may happen to the one that leads: it is locked from another, closed, its
// core stops in the middle. And the server, killed in the middle of an upload. Nothing typed or sent is lost by any.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaints } from './look.mjs';
import { browsers, wait } from './real_browsers.mjs';
import { peopleOf, takeProposed, until } from './real_people.mjs';

const { space, config, args, line, somebody, step, look, comeIn, end } = await browsers();
const founder = space.person('fundadora');
const title = 'Comité de cultura';
const first = await somebody();
const context = first.page.context();
let words;

// The page as it is built, but that its worker remembers its cores: so this run can tell which tab leads, and break it.
// (Not by Playwright's routes, under which Chromium opens no WebSocket here.)
const web = join(space.folder, 'web');
cpSync(new URL('../dist', import.meta.url), web, { recursive: true });
const remember = `const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  (self.cores ??= []).push(made);
  return made;
};\n`;
for (const name of readdirSync(join(web, 'assets')).filter((one) => /^worker-/.test(one))) {
  const file = join(web, 'assets', name);
  if (name.endsWith('.js')) writeFileSync(file, remember + readFileSync(file, 'utf8'));
  else rmSync(file); // the compressed forms
}
writeFileSync(config, `web = ${web}\norigins = https://127.0.0.1:${space.port}\n`);

const leadingWorker = async ({ page }) => {
  for (const worker of page.workers()) if (await worker.evaluate(() => (self.cores?.length ?? 0) > 0)) return worker;
  return undefined;
};

async function tab() {
  const page = await context.newPage();
  return {
    ...first,
    page,
    wrong: complaints(page, (text) => line.down && /WebSocket|ERR_/.test(text)),
    ...peopleOf({ page, space }),
    said: (text) => page.getByText(text).first().waitFor(wait),
  };
}
const writing = ({ page }) => page.getByLabel('Mensaje', { exact: true });
const message = ({ page }, text) => page.locator('article').filter({ hasText: text }).first();
const standing = (who, text) => message(who, text).getByTitle('En el servidor').waitFor(wait);
const locked = ({ page }) => page.getByRole('heading', { name: 'Abra su espacio' }).waitFor(wait);
const connected = ({ page }) => page.getByText('Conectado', { exact: true }).waitFor(wait);
async function write(who, text) {
  await writing(who).fill(text);
  await who.page.keyboard.press('Enter');
}
async function unlock(who) {
  await who.page.getByLabel('Frase de acceso').fill(words.join(' '));
  await who.button('Abrir').click();
  await connected(who);
}
// Drafts come with the profile, a breath after the screen.
const begun = (who, text) => until(async () => (await writing(who).inputValue()) === text);
async function read(text) {
  const { id } = (await founder.all('channel', 'list')).find((one) => one.title === title);
  return (await founder.all('read', id)).filter(({ body }) => body === text).length;
}
async function documents(who) {
  await who.section('Documentos');
  await who.page.getByLabel('Canal', { exact: true }).selectOption({ label: title }, wait);
}

// The parts that go to the server from now on.
function parts(context) {
  const count = { sent: 0, until: async (wanted) => until(() => count.sent >= wanted) };
  context.on('request', (request) => (count.sent += Number(/\/v1\/chunk\//.test(request.url()))));
  return count;
}
const largeParts = 160;
// `begin` puts it up from the other tab, and resolves when a quarter is on its way.
async function large(name) {
  const file = join(space.folder, name);
  writeFileSync(file, randomBytes(largeParts * 256 * 1024));
  await documents(other);
  const begin = async () => {
    const { until } = parts(context);
    await other.page.getByLabel('Subir archivos').setInputFiles(file);
    await until(largeParts / 4);
  };
  return { file, begin };
}
async function arrived(name, file) {
  await other.page.getByRole('link', { name }).waitFor(wait);
  const transfers = other.page.getByRole('list', { name: 'Archivos en camino' });
  assert.equal(await transfers.getByRole('alert').count(), 0);
  const { id } = (await founder.all('channel', 'list')).find((one) => one.title === title);
  const [listed] = (await founder.all('doc', 'list', id)).filter((one) => one.name === name);
  const out = join(space.folder, 'bajado.bin');
  await founder.do('doc', 'get', listed.id, '-o', out);
  assert.ok(readFileSync(out).equals(readFileSync(file)));
}

let other = await tab();
try {
  await step('one comes in in one tab; another, opened before, is in as well', [first, other], async () => {
    await space.start({ args });
    const where = ['--server', space.url, '--spki', space.spki];
    await founder.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
    await founder.do('country', 'add', 'AR', '--name', 'Argentina', '--status', 'member');
    const given = await founder.do('invite', '--role', 'focal-point', '--country', 'AR', '--name', 'Lucía Ferro');
    await first.page.goto(`${new URL(given.link).origin}/`);
    await first.page.getByLabel('Enlace de invitación').waitFor(wait);
    await other.page.goto(`${new URL(given.link).origin}/`);
    await other.page.getByLabel('Enlace de invitación').waitFor(wait);
    words = await comeIn(first, given);
    await connected(first);
    await connected(other);
    assert.ok(await leadingWorker(first));
    assert.equal(await leadingWorker(other), undefined);
    await founder.do('channel', 'create', title, '--kind', 'committee', '--countries', 'AR');
    for (let turn = 0; turn < 3; turn++) await founder.do('sync');
    const { member } = (await founder.all('roster')).find(({ name }) => name === 'Lucía Ferro');
    await founder.do('channel', 'add', title, member);
  });

  await step('what is written in either stands in both, once', [first, other], async () => {
    for (const who of [first, other]) await who.talk(title);
    await write(other, 'Desde la otra pestaña.');
    await write(first, 'Desde la primera.');
    for (const who of [first, other]) {
      await standing(who, 'Desde la otra pestaña.');
      await standing(who, 'Desde la primera.');
    }
    assert.equal(await writing(other).inputValue(), '');
    for (const text of ['Desde la otra pestaña.', 'Desde la primera.']) assert.equal(await read(text), 1);
    await look(other, 'pestana');
  });

  await step('a file goes up and comes down in the tab that does not lead', [first, other], async () => {
    const bytes = randomBytes(700_000);
    await documents(other);
    await other.page.getByLabel('Subir archivos').setInputFiles({ name: 'Acta.bin', mimeType: '', buffer: bytes });
    await documents(first);
    await first.page.getByRole('link', { name: 'Acta.bin' }).waitFor(wait);
    await other.page.getByRole('link', { name: 'Acta.bin' }).click(wait);
    const saved = other.page.waitForEvent('download');
    await other.page.getByRole('button', { name: 'Guardar Acta.bin, versión 1' }).click(wait);
    assert.ok(readFileSync(await (await saved).path()).equals(bytes));
  });

  await step('locked in one, all are, and opened; a sentence begun stands where it was', [first, other], async () => {
    for (const who of [first, other]) await who.talk(title);
    await writing(first).fill('A medio escri');
    await other.button('Bloquear ahora').click();
    for (const who of [first, other]) await locked(who);
    await first.said('El espacio se bloqueó o se cerró en otra pestaña.');
    assert.equal(await first.page.getByText('A medio escri').count(), 0);
    await look(first, 'pestana-bloqueada');
    await unlock(other);
    for (const who of [first, other]) await connected(who);
    await begun(first, 'A medio escri');
  });

  await step('the tab that leads is closed: the other says so, asks, and goes on', [first, other], async () => {
    const [leads, follows] = (await leadingWorker(first)) ? [first, other] : [other, first];
    await follows.talk(title);
    await writing(follows).fill('Sigo aquí');
    await leads.page.close();
    await locked(follows);
    await follows.said('El espacio se bloqueó o se cerró en otra pestaña.');
    await unlock(follows);
    assert.ok(await leadingWorker(follows));
    await begun(follows, 'Sigo aquí');
    await follows.page.keyboard.press('End');
    await writing(follows).press('Enter');
    await standing(follows, 'Sigo aquí');
    assert.equal(await read('Sigo aquí'), 1);
    Object.assign(first, follows);
    other = await tab();
    await other.page.goto(new URL(follows.page.url()).origin);
    await connected(other);
  });

  await step('the core stops: every tab says so, and it goes on from what was stored', [first, other], async () => {
    for (const who of [first, other]) await who.talk(title);
    await write(first, 'Antes de que se detenga.');
    await standing(first, 'Antes de que se detenga.');
    await writing(other).fill('Una frase sin termi');
    await writing(first).fill('Otra en la primera');
    const worker = await leadingWorker(first);
    // All of its memory, its own allocator's book included, is nonsense from one moment to the next.
    await worker.evaluate(() => new Uint8Array(self.cores.at(-1).exports.memory.buffer).fill(0xa5));
    await founder.do('announce', 'Circular de aquel momento', { input: 'Llegó mientras se detenía.' });
    for (const { page } of [first, other])
      await page.getByRole('heading', { name: 'El programa se detuvo y se volvió a abrir' }).waitFor(wait);
    await look(other, 'pestana-detenida');
    await unlock(other);
    await connected(first);
    await message(first, 'Antes de que se detenga.').waitFor(wait);
    await begun(first, 'Otra en la primera');
    await begun(other, 'Una frase sin termi');
    await write(first, 'Después.');
    await standing(other, 'Después.');
    assert.equal(await read('Después.'), 1);
    await first.section('Tablón');
    await first.said('Circular de aquel momento');
    assert.equal(await first.page.getByText('Conectado por la vía lenta').count(), 0);
  });

  await step('the server is killed in the middle of an upload: it goes on by itself', [first, other], async () => {
    const { file, begin } = await large('Informe.bin');
    await begin();
    line.down = true;
    await space.stop('SIGKILL');
    await other.said('Sigue por sí solo en cuanto vuelva la conexión.');
    await look(other, 'pestana-subida-cortada');
    const again = parts(context);
    await space.start({ args });
    await connected(other);
    line.down = false;
    await arrived('Informe.bin', file);
    assert.ok(again.sent > 0 && again.sent < largeParts, `${again.sent} parts were sent again`);
  });

  await step('the space is locked in the middle of an upload: opened again, it goes on', [first, other], async () => {
    const { file, begin } = await large('Anexo.bin');
    await begin();
    await first.button('Bloquear ahora').click();
    for (const who of [first, other]) await locked(who);
    const again = parts(context);
    await unlock(first);
    await arrived('Anexo.bin', file);
    assert.ok(again.sent > 0 && again.sent < largeParts, `${again.sent} parts were sent again`);
  });

  await step('a tab at work keeps the others open; nobody at any of them, all lock', [first, other], async () => {
    const later = (minutes) => context.clock.fastForward(minutes * 60_000); // on every page of the browser
    await context.clock.install();
    for (const { page } of [first, other]) await page.reload();
    await first.page.getByLabel('Frase de acceso').waitFor(wait);
    await unlock(first);
    await connected(other);
    await first.page.evaluate(() => {
      window.touched = new BroadcastChannel('encuentro-touched');
      window.heard = new Promise((done) => (window.touched.onmessage = () => done()));
    });
    await later(14);
    await other.page.keyboard.press('Shift');
    await first.page.evaluate(() => window.heard);
    await later(14);
    for (const who of [first, other]) assert.equal(await who.page.getByText('Conectado', { exact: true }).count(), 1);
    await later(2);
    for (const who of [first, other]) await locked(who);
  });

  await step('on a shared computer every tab knows, and locking in any ends the access', other, async () => {
    const guest = await somebody();
    const given = await founder.do('invite', '--role', 'secretariat', '--name', 'Pedro Quispe');
    const { page, button } = guest;
    await page.goto(given.link);
    await page.getByText('Red de prueba').waitFor(wait);
    await page.getByLabel('Código de ocho cifras').fill(given.code);
    await button('Continuar').click();
    await takeProposed(page);
    await page.getByLabel('Este equipo es compartido').check();
    await button('Entrar').click();
    await button('Ir a Inicio').click(wait);
    const second = await page.context().newPage();
    await second.goto(new URL(given.link).origin);
    await second.getByRole('button', { name: 'Salir de este equipo' }).click(wait);
    await second.getByRole('dialog').getByRole('button', { name: 'Salir de este equipo' }).click();
    await second.getByLabel('Enlace de invitación').waitFor(wait);
    await page.getByLabel('Enlace de invitación').waitFor(wait);
    assert.deepEqual(guest.wrong, []);
  });
} finally {
  await end();
}
