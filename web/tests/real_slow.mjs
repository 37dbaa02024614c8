// The page over a line of 400 ms and 1 Mbit/s, as a ministry far away has it: what a first visit takes, and what one
// does then. The times are told, not judged: whatever is done must be there in the end, and say in between what it
// waits for.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browsers, wait } from './real_browsers.mjs';
import { slowLine } from './slow_line.mjs';

const { space, config, somebody, step, comeIn, fetched, end } = await browsers();
const line = await slowLine(space.port, { rttMs: 400, bitsPerSecond: 1_000_000 });
const url = `https://127.0.0.1:${line.port}`;
writeFileSync(config, `web = ${new URL('..', import.meta.url).pathname}dist\norigins = ${url}\n`);
const founder = space.person('fundadora');
const lucia = await somebody('America/Argentina/Buenos_Aires');
const pedro = await somebody('America/Lima');
const { page, button, dialog } = lucia;
const title = 'Comité de cultura';
let given;
let words;

let started = 0;
const from = () => (started = performance.now());
const took = (what) => console.log(`   ${((performance.now() - started) / 1000).toFixed(1)} s ${what}`);

try {
  await step('a network, with something in it', lucia, async () => {
    await space.start({ args: ['--config', config] });
    const where = ['--server', `wss://127.0.0.1:${line.port}`, '--spki', space.spki];
    await founder.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
    await founder.do('country', 'add', 'AR', '--name', 'Argentina', '--status', 'member');
    await founder.do('announce', 'Reunión de diciembre', { input: 'Se convoca a **todos**.' });
    given = await founder.do('invite', '--role', 'focal-point', '--country', 'AR', '--name', 'Lucía Ferro');
    line.slow = true;
  });

  await step('an invitation is opened, and entered', lucia, async () => {
    from();
    const entering = page.goto(given.link).then(() => page.getByLabel('Código de ocho cifras').waitFor(wait));
    await page.getByText('Encuentro').first().waitFor(wait);
    took('until the first words stand');
    await entering;
    took('until the code can be typed');
    words = await comeIn(lucia, given, () => took('until one has come in, typing and passphrase included'));
    await page.getByText('Conectado', { exact: true }).waitFor(wait);
    took('until Home stands, connected');
    from();
    line.slow = false;
    await founder.do('channel', 'create', title, '--kind', 'committee', '--countries', 'AR');
    for (let turn = 0; turn < 3; turn++) await founder.do('sync');
    const { member } = (await founder.all('roster')).find(({ name }) => name === 'Lucía Ferro');
    await founder.do('channel', 'add', title, member);
    line.slow = true;
    await lucia.said('Tablón de anuncios');
    took('until the boards are there, after a colleague was online');
  });

  await step('a talk: a message is on the server', lucia, async () => {
    await lucia.talk(title);
    const writing = page.getByLabel('Mensaje', { exact: true });
    await writing.fill('Desde lejos.');
    from();
    await page.keyboard.press('Enter');
    const message = page.locator('article').filter({ hasText: 'Desde lejos.' });
    await message.waitFor(wait);
    took('until it stands, as waiting');
    await message.getByTitle('En el servidor').waitFor(wait);
    took('until it is on the server');
  });

  await step('a document of 500 KB: progress, then there', lucia, async () => {
    const file = join(space.folder, 'informe.bin');
    writeFileSync(file, Buffer.alloc(500_000, 7));
    await lucia.section('Documentos');
    await page.getByLabel('Canal', { exact: true }).selectOption({ label: title }, wait);
    from();
    await page.getByLabel('Subir archivos').setInputFiles(file);
    await page.getByRole('progressbar').first().waitFor(wait);
    took('until its progress is shown');
    await page.getByRole('link', { name: 'informe.bin' }).waitFor(wait);
    took('until it is there');
  });

  await step('the space is opened again', lucia, async () => {
    from();
    await page.reload();
    await page.getByLabel('Frase de acceso').fill(words.join(' '));
    took('until the passphrase can be typed');
    await button('Abrir').click();
    await page.getByRole('navigation').first().waitFor(wait);
    took('until it is open');
    await page.getByText('Conectado', { exact: true }).waitFor(wait);
    took('until it is connected');
    assert.equal(await dialog.count(), 0);
  });

  await step('files that do not come: asked for again, or said, or asked for when needed', pedro, async () => {
    line.slow = false;
    const { page } = pedro;
    const came = fetched(pedro);
    const failed = [];
    page.context().on('requestfailed', (request) => failed.push(request.url()));
    const refuse = (what) => page.context().route(what, (route) => route.abort(), { times: 1 });
    const asked = page.getByLabel('Código de ocho cifras');
    const invited = await founder.do('invite', '--role', 'secretariat', '--name', 'Pedro Quispe');
    await refuse(/page-[^/]*\.js$/);
    await page.goto(invited.link);
    await asked.waitFor(wait); // the page loaded itself anew
    await refuse(/core_first-[^/]*\.wasm$/);
    await page.reload();
    await page.getByText('Una parte de la página no llegó', { exact: false }).waitFor(wait);
    await pedro.button('Volver a cargar').click();
    await asked.waitFor(wait);
    await refuse(/core_later-[^/]*\.wasm$/);
    await comeIn(pedro, invited);
    await page.getByText('Conectado', { exact: true }).waitFor(wait);
    await pedro.section('Documentos');
    await page.getByLabel('Canal', { exact: true }).waitFor(wait);
    await page.locator('main .empty').waitFor(wait); // which the later module answers
    assert.equal(failed.filter((url) => /core_later/.test(url)).length, 1);
    assert.ok([...came.keys()].some((name) => /core_later/.test(name)));
    const others = pedro.wrong.splice(0).filter((text) => !/ERR_FAILED/.test(text));
    assert.deepEqual(others, []);
  });
} finally {
  line.end();
  await end();
}
