// Four people at once, each in a browser of their own, against the real server and each other: the Secretariat,
// Argentina, Brazil and Peru, which observes. Nothing but the founding is done by the command, which then looks on.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { browsers, wait } from './real_browsers.mjs';
import { until } from './real_people.mjs';

const { space, args, line, somebody, step, look, comeIn, fetched, end } = await browsers();
const founder = space.person('fundadora');
const marta = await somebody('America/Panama');
const lucia = await somebody('America/Argentina/Buenos_Aires');
const helena = await somebody('America/Sao_Paulo');
const pedro = await somebody('America/Lima');
const visit = fetched(lucia);
let toHome = new Map();
const everybody = [marta, lucia, helena, pedro];
const countries = ['Argentina', 'Brasil', 'Perú'];
const names = ['Marta Solís', 'Lucía Ferro', 'Helena Duarte', 'Pedro Quispe'];

const writing = ({ page }) => page.getByLabel('Mensaje', { exact: true });
const message = ({ page }, text) => page.locator('article').filter({ hasText: text }).first();
const channelNamed = async (title) => (await founder.all('channel', 'list')).find((one) => one.title === title);

async function write(who, text) {
  await writing(who).fill(text);
  await who.page.keyboard.press('Enter');
  await message(who, text).getByTitle('En el servidor').waitFor(wait);
}

async function foundAndInvite() {
  await space.start({ args });
  const where = ['--server', space.url, '--spki', space.spki];
  await founder.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
  for (const [code, name, status] of [
    ['AR', 'Argentina', 'member'],
    ['BR', 'Brasil', 'member'],
    ['PE', 'Perú', 'observer'],
  ]) {
    await founder.do('country', 'add', code, '--name', name, '--status', status);
  }
  const as = [['--role', 'secretariat']];
  for (const code of ['AR', 'BR', 'PE']) as.push(['--role', 'focal-point', '--country', code]);
  const invited = [];
  for (const [at, role] of as.entries()) invited.push(await founder.do('invite', ...role, '--name', names[at]));
  return invited;
}

try {
  await step('four people come in at the same time', everybody, async () => {
    const invited = await foundAndInvite();
    const seen = (who) => () => who === lucia && (toHome = new Map(visit));
    await Promise.all(everybody.map((who, at) => comeIn(who, invited[at], seen(who))));
    for (const who of everybody) await who.page.getByText('Conectado', { exact: true }).waitFor(wait);
  });

  await step('a first visit came to Home in less than 300 KB; what others need came behind it', lucia, async () => {
    const names = [...toHome.keys()];
    assert.ok(names.some((name) => /core_first/.test(name)) && !names.some((name) => /core_later|woff2/.test(name)));
    const bytes = [...toHome.values()].reduce((sum, size) => sum + size, 0);
    console.log(`   ${(bytes / 1024).toFixed(1)} KB in ${names.length} answers`);
    assert.ok(bytes > 0 && bytes < 300 * 1024);
    await until(() => [...visit.keys()].some((name) => /core_later/.test(name)));
  });

  await step('the directory shows each of them to each of them', everybody, async () => {
    for (const who of everybody) {
      await who.section('Directorio');
      for (const name of names) await who.said(name);
    }
  });

  await step('announced on one page, looked at first; read and acknowledged on three others', everybody, async () => {
    await marta.section('Tablón de anuncios');
    await marta.button('Nuevo anuncio').click();
    await marta.page.getByLabel('Título').fill('Reunión de diciembre');
    await marta.page.getByLabel('Texto').fill('Se convoca a la **reunión**.\n\n- Sede: Lima\n');
    await marta.page.getByLabel('Pedir acuse de recibo').check();
    await marta.button('Vista previa').click();
    await marta.page.locator('strong').getByText('reunión').waitFor();
    await marta.button('Publicar').click();
    for (const who of [lucia, helena, pedro]) {
      await who.section('Inicio');
      await who.page.getByRole('link', { name: 'Reunión de diciembre' }).first().click(wait);
      await who.said('Sede: Lima');
    }
    for (const who of [lucia, helena, pedro]) {
      await who.button('Acusar recibo').click();
      await who.page.getByText('Acuse de recibo enviado').waitFor(wait);
    }
    await marta.page.getByRole('link', { name: 'Reunión de diciembre' }).click(wait);
    for (const country of countries) {
      await marta.page.getByRole('listitem').getByText(country).first().waitFor(wait);
    }
    await until(async () => {
      const [{ acks }] = (await founder.all('board')).filter(({ title }) => title === 'Reunión de diciembre');
      return acks.join() === 'AR,BR,PE';
    });
    await look(marta, 'cuatro-acuses');
  });

  await step('a committee made on one page, its talk on four: answered and reacted to', everybody, async () => {
    await marta.section('Canales');
    await marta.button('Nuevo canal').click();
    await marta.page.getByLabel('Título').fill('Comité de cultura');
    for (const country of countries) await marta.page.getByLabel(country, { exact: true }).check();
    for (const name of [...names.slice(1), 'Elena Prado']) await marta.page.getByLabel(name).check();
    await marta.button('Crear el canal').click();
    await marta.page.getByRole('heading', { name: 'Comité de cultura' }).waitFor(wait);
    await write(marta, 'Bienvenidos al comité.');
    for (const who of [lucia, helena, pedro]) {
      await who.talk('Comité de cultura');
      await message(who, 'Bienvenidos al comité.').waitFor(wait);
    }
    const first = message(lucia, 'Bienvenidos al comité.');
    await first.hover();
    await first.getByRole('button', { name: 'Responder' }).click();
    await write(lucia, 'Argentina propone empezar por el acta.');
    const theirs = message(helena, 'Argentina propone empezar por el acta.');
    await theirs.waitFor(wait);
    await theirs.hover();
    await theirs.getByRole('button', { name: 'Reaccionar', exact: true }).click();
    await theirs.getByRole('button', { name: 'Reaccionar con 👍' }).click();
    for (const who of everybody) {
      const answer = message(who, 'Argentina propone empezar por el acta.');
      await answer.getByRole('button', { name: /👍 1 persona/ }).waitFor(wait);
      await answer.getByText('Marta Solís: Bienvenidos al comité.').waitFor(wait);
    }
    await write(pedro, 'Perú acompaña como observador.');
    for (const who of everybody) await message(who, 'Perú acompaña como observador.').waitFor(wait);
    await look(helena, 'cuatro-canal');
  });

  await step('all four write at once, and all four read the same in the same order', everybody, async () => {
    const texts = names.map((name) => `A la vez: ${name}.`);
    await Promise.all(everybody.map((who, at) => write(who, texts[at])));
    const order = async ({ page }) => {
      for (const text of texts) await page.getByText(text).first().waitFor(wait);
      const shown = (await page.locator('article').allInnerTexts()).join('\n');
      return [...texts].sort((a, b) => shown.indexOf(a) - shown.indexOf(b));
    };
    const [one, ...others] = await Promise.all(everybody.map(order));
    for (const other of others) assert.deepEqual(other, one);
  });

  await step('an event of one page, answered on two: each in their own hours', everybody, async () => {
    await marta.section('Calendario');
    await marta.button('Nuevo evento').click();
    const day = '2031-12-09';
    await marta.page.getByLabel('Título', { exact: true }).fill('Taller de archivos');
    for (const [label, value] of [
      ['Comienza el', day],
      ['Termina el', day],
    ]) {
      await marta.page.getByLabel(label).fill(value);
      await marta.page.getByLabel(label).dispatchEvent('change');
    }
    await marta.page.getByLabel('a las', { exact: true }).fill('15:00');
    await marta.page.getByLabel('a las', { exact: true }).dispatchEvent('change');
    await marta.page.getByLabel('hasta las').fill('16:30');
    await marta.page.getByLabel('Hora de').selectOption('America/Panama');
    await marta.page.getByRole('button', { name: 'Agregar al calendario' }).click();
    await marta.page.getByRole('heading', { name: 'Taller de archivos' }).waitFor(wait);
    for (const [who, theirs, answer] of [
      [lucia, '17:00–18:30', 'Asistirá'],
      [helena, '17:00–18:30', 'No asistirá'],
    ]) {
      await who.section('Calendario');
      await who.button('Lista').click();
      while (!(await who.page.getByRole('heading', { name: 'Diciembre de 2031' }).isVisible())) {
        await who.page.getByRole('button', { name: 'Mes siguiente' }).click();
      }
      await who.page.getByRole('link', { name: 'Taller de archivos' }).click(wait);
      await who.page.getByText(theirs).waitFor(wait);
      await who.button(answer).click();
    }
    for (const country of ['Argentina', 'Brasil']) {
      await marta.page.getByRole('listitem').getByText(country).first().waitFor(wait);
    }
    await until(async () => {
      const [event] = (await founder.all('event', 'list')).filter(({ title }) => title === 'Taller de archivos');
      const answers = event?.answers.map(({ country, answer }) => `${country} ${answer}`).sort();
      return answers?.join() === 'AR attending,BR declined';
    });
    await look(marta, 'cuatro-evento');
  });

  await step('a document goes round: put, continued, commented, compared, shown', everybody, async () => {
    const { id } = await channelNamed('Comité de cultura');
    const file = (text) => ({ name: 'Acta.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    const documents = async ({ page, section }) => {
      await section('Documentos');
      await page.getByLabel('Canal', { exact: true }).selectOption(id, wait);
    };
    await documents(lucia);
    await lucia.page.getByLabel('Subir archivos').setInputFiles(file('Primero.\nSegundo.\n'));
    await lucia.page.getByRole('link', { name: 'Acta.txt' }).waitFor(wait);
    await documents(helena);
    await helena.page.getByRole('link', { name: 'Acta.txt' }).click(wait);
    await helena.page.getByLabel('Subir nueva versión').setInputFiles(file('Primero.\nSegundo, corregido.\n'));
    await helena.page.getByText('2 versiones').waitFor(wait);
    await documents(marta);
    await marta.page.getByRole('link', { name: 'Acta.txt' }).click(wait);
    await marta.page.getByText('2 versiones').waitFor(wait);
    await marta.button('Comentar').first().click();
    await marta.page.getByLabel('Comentar').fill('De acuerdo con el cambio.');
    await marta.button('Enviar comentario').click();
    await documents(pedro);
    await pedro.page.getByRole('link', { name: 'Acta.txt' }).click(wait);
    await pedro.said('De acuerdo con el cambio.');
    await pedro.button('Comparar versiones').click();
    await pedro.page.locator('ins').getByText(', corregido').waitFor(wait);
    await look(pedro, 'cuatro-documento');
    const [listed] = (await founder.all('doc', 'list', id)).filter(({ name }) => name === 'Acta.txt');
    const out = join(space.folder, 'acta.txt');
    await founder.do('doc', 'get', listed.id, '-o', out);
    assert.equal(readFileSync(out, 'utf8'), 'Primero.\nSegundo, corregido.\n');
  });

  await step('the server is killed in mid-sentence: nothing is lost, nothing twice', everybody, async () => {
    for (const who of everybody) await who.talk('Comité de cultura');
    await writing(pedro).fill('A medio escri');
    line.down = true;
    await space.stop('SIGKILL');
    for (const who of everybody) await who.page.getByText('No hay conexión con el servidor.').waitFor(wait);
    const texts = [marta, lucia, helena].map((_, at) => `Sin conexión: ${names[at]}.`);
    for (const [at, who] of [marta, lucia, helena].entries()) {
      await writing(who).fill(texts[at]);
      await who.page.keyboard.press('Enter');
      await message(who, texts[at]).getByTitle('En espera').waitFor(wait);
    }
    await space.start({ args });
    for (const who of everybody) {
      await who.page.getByText('Conectado', { exact: true }).waitFor(wait);
      for (const text of texts) await message(who, text).waitFor(wait);
    }
    line.down = false;
    assert.equal(await writing(pedro).inputValue(), 'A medio escri');
    const { id } = await channelNamed('Comité de cultura');
    const bodies = (await founder.all('read', id)).map(({ body }) => body);
    for (const text of texts) assert.equal(bodies.filter((body) => body === text).length, 1, text);
  });

  await step('put out on one page, out on the other, and nothing later is read there', everybody, async () => {
    await marta.button('Quiénes participan').click();
    await marta.page.getByRole('button', { name: 'Quitar a Pedro Quispe' }).click();
    await marta.dialog.getByRole('button', { name: 'Quitar del canal' }).click();
    await pedro.said('Ya no participa');
    await marta.talk('Comité de cultura');
    await write(marta, 'Solo entre miembros.');
    for (const who of [lucia, helena]) await message(who, 'Solo entre miembros.').waitFor(wait);
    assert.equal(await pedro.page.getByText('Solo entre miembros.').count(), 0);
  });
} finally {
  await end();
}
