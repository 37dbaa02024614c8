// The main tasks without a mouse, in Chromium against the real server: keys alone, and at every stop the focus is seen.
// Ends with 'N passed, N failed'. SHOTS=FOLDER keeps pictures.
import assert from 'node:assert/strict';
import { handsOf } from './hands.mjs';
import { browsers } from './real_browsers.mjs';

const shots = process.env.SHOTS;
const { space, args, somebody: inBrowser, step: judged, end } = await browsers();
const secretariat = space.person('secretaria');

// Somebody at a keyboard, in a browser of their own.
async function somebody() {
  const { page, wrong } = await inBrowser();
  const heading = (name) => page.getByRole('heading', { name }).first().waitFor({ timeout: 60_000 });
  const said = (text) => page.getByText(text).first().waitFor({ timeout: 60_000 });
  return { page, hands: handsOf(page), wrong, heading, said, phrase: [] };
}

let pictures = 0;
const step = (name, who, work) =>
  judged(name, who, async () => {
    await work();
    const picture = `${shots}/keys-${String(++pictures).padStart(2, '0')}.png`;
    if (shots) await who.page.screenshot({ path: picture });
  });

async function founded() {
  await space.start({ args });
  const where = ['--server', space.url, '--spki', space.spki];
  await secretariat.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
  await secretariat.do('country', 'add', 'AR', '--name', 'Argentina', '--status', 'member');
  const { id } = await secretariat.do('channel', 'create', 'Comité de educación', '--kind', 'network');
  const office = await secretariat.do('invite', '--role', 'secretariat', '--name', 'Inés Robles');
  const asPoint = ['--role', 'focal-point', '--country', 'AR'];
  return { channel: id, office, point: await secretariat.do('invite', ...asPoint, '--name', 'Lucía Ferro') };
}

async function comeIn({ page, hands, heading, phrase }, { link, code }, name) {
  await page.goto(link);
  await heading('Ha recibido una invitación');
  await hands.write(/^Código de ocho cifras/, code);
  await hands.press('Enter');
  const shown = page.getByRole('list', { name: 'Frase propuesta' }).getByRole('listitem');
  await shown.first().waitFor();
  for (const word of await shown.allInnerTexts()) phrase.push(word.replace(/^\d+\s*/, '').trim());
  await hands.write(/^Escríbala una vez/, phrase.join(' '));
  await hands.press('Enter');
  await heading('Nombre de este dispositivo');
  await hands.enter(/^Entrar$/);
  await heading('Ha entrado');
  await hands.enter(/^Ir a Inicio$/);
  await heading(name);
}

const [ines, lucia] = [await somebody(), await somebody()];
const { page, hands, heading, said, phrase } = lucia;
try {
  const { channel, office, point } = await founded();

  await step('two people come in by invitation', lucia, async () => {
    await comeIn(ines, office, /Inés Robles$/);
    await comeIn(lucia, point, /Lucía Ferro$/);
  });

  await step('one writes an announcement', ines, async () => {
    await ines.hands.open(/^Tablón de anuncios/);
    await ines.hands.enter(/^Nuevo anuncio$/);
    await ines.hands.write(/^Título/, 'Convocatoria sin ratón');
    await ines.hands.write(/^Texto/, 'Se convoca **solo** con teclas.');
    await ines.hands.to(/^Pedir acuse de recibo/);
    await ines.hands.press('Space');
    await ines.hands.enter(/^Vista previa$/);
    await ines.page.locator('strong').getByText('solo').waitFor();
    await ines.hands.press('Enter');
    await ines.hands.enter(/^Publicar$/);
    await ines.page.getByRole('link', { name: 'Convocatoria sin ratón' }).waitFor({ timeout: 60_000 });
  });

  await step('the other reads and acknowledges it', lucia, async () => {
    await said('Convocatoria sin ratón');
    await hands.enter(/^Convocatoria sin ratón$/);
    await page.locator('strong').getByText('solo').waitFor();
    await hands.enter(/^Acusar recibo$/);
    await said('Acuse de recibo enviado');
    const listed = (await secretariat.all('board')).find(({ title }) => title === 'Convocatoria sin ratón');
    assert.deepEqual([listed.ask_ack, listed.acks], [true, ['AR']]);
  });

  await step('opens a channel and sends', lucia, async () => {
    const me = (await secretariat.all('roster')).find(({ name }) => name === 'Lucía Ferro').member;
    await secretariat.do('channel', 'add', channel, me);
    await hands.open(/^Canales/);
    await page.getByRole('link', { name: /Comité de educación/ }).waitFor({ timeout: 60_000 });
    await hands.enter(/Comité de educación/);
    await hands.write(/^Mensaje/, 'Sin ratón también se conversa.');
    await hands.press('Enter');
    await page.locator('article.own').getByTitle('En el servidor').waitFor({ timeout: 60_000 });
    assert.ok((await secretariat.all('read', channel)).some(({ body }) => body === 'Sin ratón también se conversa.'));
  });

  await step('adds an event', lucia, async () => {
    await hands.open(/^Calendario/);
    await hands.enter(/^Nuevo evento$/);
    await hands.write(/^Título/, 'Reunión de teclas');
    await hands.choose(/^Canal/, /Comité de educación/);
    await hands.write(/^Lugar/, 'Sala 1');
    await hands.enter(/^Agregar al calendario$/);
    await heading('Reunión de teclas');
    assert.ok((await secretariat.all('event', 'list')).some(({ title }) => title === 'Reunión de teclas'));
  });

  await step('uploads a document and looks at it; a dialog opens and closes by keys', lucia, async () => {
    await hands.open(/^Documentos/);
    await hands.choose(/^Canal/, /Comité de educación/);
    await page.locator('main .empty').waitFor(); // the channel's own documents: none
    const asked = page.waitForEvent('filechooser');
    await hands.enter(/^Subir archivos$/);
    const buffer = Buffer.from('Lo que dice la nota.\n');
    await (await asked).setFiles({ name: 'Nota.txt', mimeType: 'text/plain', buffer });
    await page.getByRole('link', { name: 'Nota.txt' }).waitFor({ timeout: 60_000 });
    await hands.enter(/^Nota\.txt$/);
    await hands.enter(/^Ver aquí$/);
    await said('Lo que dice la nota.');
    await hands.enter(/^Cambiar el nombre$/);
    await page.getByRole('dialog').waitFor();
    await hands.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.match((await hands.here()).name, /^Cambiar el nombre$/);
  });

  await step('locks and unlocks', lucia, async () => {
    await hands.enter(/^Bloquear ahora$/);
    await heading('Abra su espacio');
    await hands.write(/^Frase de acceso/, phrase.map((word) => word.slice(0, 4)).join(' '));
    await hands.press('Enter');
    await heading('Nota.txt');
  });
} finally {
  console.log(`${lucia.hands.stops() + ines.hands.stops()} stops, the focus seen at each`);
  await end();
}
