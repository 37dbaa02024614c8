// What real_four.mjs leaves out: the Secretariat, Argentina, Brazil and Peru, each in a browser of their own, enter in
// their own ways, lose a browser and come back, remind, mention, correct and search, repeat an event and carry it over
// as a file, drop and look at files, and designate, relieve, re-enter and remove. The command founds, and looks on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { browsers, wait } from './real_browsers.mjs';
import { takeProposed, until, wordsOf } from './real_people.mjs';

const { space, args, somebody, step, look, comeIn, end } = await browsers();
const founder = space.person('fundadora');
const marta = await somebody('America/Panama');
const lucia = await somebody('America/Argentina/Buenos_Aires');
const helena = await somebody('America/Sao_Paulo');
const pedro = await somebody('America/Lima');
const ana = await somebody('America/Argentina/Buenos_Aires');
const julia = await somebody('America/Argentina/Buenos_Aires');
const everybody = [marta, lucia, helena, pedro];
const names = ['Marta Solís', 'Lucía Ferro', 'Helena Duarte', 'Pedro Quispe'];
const countries = ['Argentina', 'Brasil', 'Perú'];
const title = 'Comité de redacción';
const own = 'una frase que solo yo conozco';

const writing = ({ page }) => page.getByLabel('Mensaje', { exact: true });
const message = ({ page }, text) => page.locator('article').filter({ hasText: text }).first();
const person = ({ page }, name) => page.locator('.person').filter({ hasText: name });
const channelNamed = async (wanted) => (await founder.all('channel', 'list')).find((one) => one.title === wanted);
async function write(who, text) {
  await writing(who).fill(text);
  await who.page.keyboard.press('Enter');
  await message(who, text).getByTitle('En el servidor').waitFor(wait);
}
async function documents(who) {
  const { id } = await channelNamed(title);
  await who.section('Documentos');
  await who.page.getByLabel('Canal', { exact: true }).selectOption(id, wait);
}
async function choosePhrase({ page, button }) {
  await button('Usar una frase propia').click();
  await page.getByLabel('Usar una frase propia').fill('corta');
  await page.getByLabel('Escríbala una vez').fill('corta');
  await button('Continuar').click();
  await page.getByText('Es demasiado corta').waitFor(wait);
  await page.getByLabel('Usar una frase propia').fill(own);
  await page.getByLabel('Escríbala una vez').fill(own);
  await button('Continuar').click();
}
// By a link that needs no code: a sheet's, a re-entry's. Up to what the page says then.
async function comeBack({ page, button }, link, heading) {
  await page.goto(link);
  await page.getByRole('heading', { name: heading }).waitFor(wait);
  await button('Continuar').click();
  await takeProposed(page);
  await button('Entrar').click();
}
// What a browser keeps, gone: by its own tidying up, or somebody's.
async function emptied({ page }) {
  const { origin } = new URL(page.url());
  await page.goto('about:blank');
  const tools = await page.context().newCDPSession(page);
  await tools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await tools.detach();
  await page.goto(origin);
}
async function drop({ page }, name, mimeType, buffer) {
  const data = await page.evaluateHandle(
    ([name, type, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], name, { type }));
      return transfer;
    },
    [name, mimeType, buffer.toString('base64')],
  );
  await page.getByText('También puede arrastrar archivos hasta aquí.').dispatchEvent('drop', { dataTransfer: data });
}

let url;
let sheet;
let seen;
try {
  await step('three enter by proposed words, one by a phrase of her own', everybody, async () => {
    await space.start({ args });
    const where = ['--server', space.url, '--spki', space.spki];
    await founder.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
    const as = [['--role', 'secretariat', '--name', names[0]]];
    for (const [at, code] of ['AR', 'BR', 'PE'].entries()) {
      const status = code === 'PE' ? 'observer' : 'member';
      await founder.do('country', 'add', code, '--name', countries[at], '--status', status);
      const reach = code === 'PE' ? [] : ['--email', `${code.toLowerCase()}@ejemplo.org`];
      as.push(['--role', 'focal-point', '--country', code, '--name', names[at + 1], ...reach]);
    }
    const invited = [];
    for (const one of as) invited.push(await founder.do('invite', ...one));
    url = new URL(invited[0].link).origin;
    await Promise.all([marta, lucia, pedro].map((who, at) => comeIn(who, invited[at < 2 ? at : 3])));
    await helena.page.goto(invited[2].link);
    await helena.page.getByText('Red de prueba').waitFor(wait);
    await helena.page.getByLabel('Código de ocho cifras').fill(invited[2].code);
    await helena.button('Continuar').click();
    await choosePhrase(helena);
    await helena.button('Entrar').click();
    await helena.button('Ir a Inicio').click(wait);
    await helena.button('Bloquear ahora').click();
    await helena.page.getByLabel('Frase de acceso').fill(own);
    await helena.button('Abrir').click();
    for (const who of everybody) await who.page.getByText('Conectado', { exact: true }).waitFor(wait);
  });

  await step('an emptied browser is no error, and an access sheet brings her back', lucia, async () => {
    const { page, button } = lucia;
    await page.getByRole('heading', { name: 'Proteja su acceso (1 de 3)' }).waitFor(wait);
    await button('Proteger mi acceso').click();
    await button('Hacer una hoja de acceso').click();
    await button('Hacer una hoja de acceso').click();
    sheet = (await page.locator('.sheet .text').innerText(wait)).replace(/\s/g, '');
    await page.getByLabel('La imprimí y la guardé').check();
    await button('Terminar').click();
    await lucia.section('Inicio');
    await page.getByRole('heading', { name: 'Pendientes' }).waitFor(wait);
    assert.equal(await page.getByRole('heading', { name: /^Proteja su acceso/ }).count(), 0);
    await emptied(lucia);
    await page.getByLabel('Enlace de invitación').waitFor(wait);
    await comeBack(lucia, `${url}/#${sheet}`, 'Hoja de acceso');
    await page.getByRole('heading', { name: 'Ha entrado' }).waitFor(wait);
    await button('Ir a Inicio').click();
    await page.getByRole('heading', { name: /Lucía Ferro$/ }).waitFor(wait);
    await page.getByText('Conectado', { exact: true }).waitFor(wait);
  });

  await step('announced with a file and a day: it waits at Home; who is missing is reminded', everybody, async () => {
    await marta.section('Tablón de anuncios');
    await marta.button('Nuevo anuncio').click();
    await marta.page.getByLabel('Título').fill('Consulta sobre archivos');
    await marta.page.getByLabel('Texto').fill('Se pide **respuesta** de cada país.');
    await marta.page.getByLabel('Pedir acuse de recibo').check();
    await marta.page.getByLabel('Hasta el día (opcional)').fill('2031-12-20');
    const file = { name: 'Consulta.txt', mimeType: 'text/plain', buffer: Buffer.from('Tres preguntas.') };
    await marta.page.locator('input[type=file]').setInputFiles(file);
    await marta.button('Publicar').click();
    for (const who of [lucia, helena, pedro]) await who.section('Inicio');
    const waiting = helena.page.locator('section').filter({ hasText: 'Pendientes' }).first();
    await waiting.getByText('Consulta sobre archivos').waitFor(wait);
    await waiting.getByText('Por Brasil', { exact: false }).waitFor();
    await waiting.getByText('Vence el 21 dic 2031, 1:59').waitFor(); // in her hours, two after Panama's
    await look(helena, 'seis-inicio');
    await lucia.page.getByRole('link', { name: 'Consulta sobre archivos' }).first().click(wait);
    const saved = lucia.page.waitForEvent('download');
    await lucia.page.getByRole('button', { name: /Consulta\.txt/ }).first().click();
    assert.equal(readFileSync(await (await saved).path(), 'utf8'), 'Tres preguntas.');
    await lucia.button('Acusar recibo').click();
    await lucia.page.getByText('Acuse de recibo enviado').waitFor(wait);
    await marta.page.getByRole('link', { name: 'Consulta sobre archivos' }).click(wait);
    await marta.page.getByRole('listitem').getByText('Argentina').first().waitFor(wait);
    await marta.button('Recordar').click();
    await marta.dialog.getByText('Sin correo en el directorio: Perú').waitFor(wait);
    const letter = new URL(await marta.dialog.getByRole('link', { name: 'Abrir en su correo' }).getAttribute('href'));
    assert.deepEqual([letter.protocol, letter.pathname], ['mailto:', '']);
    assert.equal(letter.searchParams.get('bcc'), 'br@ejemplo.org');
    for (const told of ['Consulta', 'Argentina', 'prueba', 'Helena']) assert.ok(!letter.href.includes(told), told);
    await marta.dialog.getByRole('button', { name: 'Cerrar' }).click();
  });

  await step('a channel: who is in it and what it keeps; named, corrected, attached, found', everybody, async () => {
    await marta.section('Canales');
    await marta.button('Nuevo canal').click();
    await marta.page.getByLabel('Título').fill(title);
    for (const country of countries) await marta.page.getByLabel(country, { exact: true }).check();
    for (const name of [...names.slice(1), 'Elena Prado']) await marta.page.getByLabel(name).check();
    await marta.button('Crear el canal').click();
    for (const who of everybody) await who.talk(title);
    await pedro.button('Quiénes participan').click();
    const within = pedro.page.getByRole('region', { name: 'Quiénes participan' });
    for (const shown of [...names, ...countries]) await within.getByText(shown).first().waitFor(wait);
    await pedro.said(/(Conserva el historial|Sin historial anterior): quien entre después/);
    await pedro.talk(title);
    await writing(lucia).pressSequentially('Pido a @hele');
    await lucia.page.getByRole('option', { name: /Helena Duarte/ }).waitFor(wait);
    await lucia.page.keyboard.press('Enter');
    await writing(lucia).pressSequentially('la redacion.');
    await lucia.page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'Borrador.txt', mimeType: 'text/plain', buffer: Buffer.from('Artículo 1') }]);
    await lucia.button('Enviar').click();
    await message(lucia, 'la redacion.').getByTitle('En el servidor').waitFor(wait);
    await message(helena, 'la redacion.').getByText('@Helena Duarte').waitFor(wait);
    const mine = lucia.page.locator('article.own').last();
    await mine.hover();
    await mine.getByRole('button', { name: 'Corregir' }).click();
    await writing(lucia).fill('Pido a @Helena Duarte la redacción.');
    await lucia.page.keyboard.press('Enter');
    for (const who of [helena, pedro, marta]) {
      const read = message(who, 'la redacción.');
      await read.getByText('corregido').waitFor(wait);
      await read.getByText('Borrador.txt').waitFor(wait);
    }
    const saved = pedro.page.waitForEvent('download');
    await message(pedro, 'la redacción.').getByRole('button', { name: /Borrador\.txt/ }).click();
    assert.equal(readFileSync(await (await saved).path(), 'utf8'), 'Artículo 1');
    await helena.page.getByRole('link', { name: 'Buscar' }).click();
    await helena.page.getByLabel('Palabras').fill('REDACCION');
    await helena.page.getByRole('link', { name: /Lucía Ferro/ }).first().waitFor(wait);
    const { id } = await channelNamed(title);
    const seen = (await founder.all('read', id)).find(({ country }) => country === 'AR');
    assert.deepEqual([seen.body, seen.mentions.length], ['Pido a @Helena Duarte la redacción.', 1]);
  });

  await step('an event that repeats is carried from one calendar to another as a file', [helena, pedro], async () => {
    const { page } = helena;
    await helena.section('Calendario');
    await helena.button('Nuevo evento').click();
    await page.getByLabel('Título', { exact: true }).fill('Ronda de redacción');
    for (const [label, value] of [
      ['Comienza el', '2031-12-02'],
      ['Termina el', '2031-12-02'],
      ['a las', '10:00'],
      ['hasta las', '11:00'],
    ]) {
      await page.getByLabel(label, { exact: true }).fill(value);
      await page.getByLabel(label, { exact: true }).dispatchEvent('change');
    }
    await page.getByLabel('Se repite').selectOption('FREQ=WEEKLY');
    await page.getByLabel('Hasta el día (opcional)').fill('2031-12-20');
    await page.getByRole('button', { name: 'Agregar al calendario' }).click();
    await page.getByRole('heading', { name: 'Ronda de redacción' }).waitFor(wait);
    await helena.button('Calendario').click();
    const saved = page.waitForEvent('download');
    await helena.button('Guardar como archivo .ics').click();
    const text = readFileSync(await (await saved).path(), 'utf8');
    assert.match(text, /RRULE:FREQ=WEEKLY/);
    // Another meeting's invitation, of another calendar program.
    const other = text.replaceAll('Ronda de redacción', 'Ronda de Lima').replace(/^UID:.*$/m, 'UID:lima@otro');
    await pedro.section('Calendario');
    const file = { name: 'lima.ics', mimeType: 'text/calendar', buffer: Buffer.from(other) };
    await pedro.page.getByLabel('Agregar desde un archivo .ics').setInputFiles(file);
    await pedro.dialog.getByRole('button', { name: 'Agregar al calendario' }).click();
    await pedro.said('Se agregó o actualizó 1 evento.');
    await pedro.button('Cerrar').click();
    await pedro.button('Lista').click();
    while (!(await pedro.page.getByRole('heading', { name: 'Diciembre de 2031' }).isVisible())) {
      await pedro.page.getByRole('button', { name: 'Mes siguiente' }).click();
    }
    for (const name of ['Ronda de redacción', 'Ronda de Lima']) {
      await until(async () => (await pedro.page.getByRole('link', { name }).count()) === 3);
    }
    await look(pedro, 'seis-calendario');
  });

  await step('files dropped into a folder, looked at by another: a picture, Markdown', [lucia, pedro], async () => {
    await documents(lucia);
    await lucia.button('Nueva carpeta').click();
    await lucia.page.getByLabel('Nombre de la carpeta').fill('Anexos');
    await lucia.dialog.getByRole('button', { name: 'Guardar' }).click();
    await lucia.page.getByRole('link', { name: 'Anexos' }).click(wait);
    await drop(lucia, 'Mapa.png', 'image/png', await lucia.page.screenshot());
    await drop(lucia, 'Nota.md', 'text/markdown', Buffer.from('# Título de la nota\n\n**Importante**.\n'));
    for (const name of ['Mapa.png', 'Nota.md']) await lucia.page.getByRole('link', { name }).waitFor(wait);
    await documents(pedro);
    await pedro.page.getByRole('link', { name: 'Anexos' }).click(wait);
    await pedro.page.getByRole('link', { name: 'Mapa.png' }).click(wait);
    await pedro.button('Ver aquí').click();
    const picture = pedro.page.locator('main img');
    await picture.waitFor(wait);
    assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
    await documents(pedro);
    await pedro.page.getByRole('link', { name: 'Anexos' }).click(wait);
    await pedro.page.getByRole('link', { name: 'Nota.md' }).click(wait);
    await pedro.button('Ver aquí').click();
    await pedro.page.getByRole('heading', { name: 'Título de la nota' }).waitFor(wait);
    await look(pedro, 'seis-nota');
  });

  await step('a focal point designates, and whoever is designated enters', [lucia, ana], async () => {
    await lucia.section('Directorio');
    await lucia.button('Designación e invitación').click();
    await lucia.page.getByLabel('Entra como').selectOption('3');
    await lucia.page.getByLabel('Nombre y apellido').fill('Ana Ruiz');
    await lucia.button('Continuar').click();
    await lucia.said(/^Desde que entre, Ana Ruiz podrá leer el tablón general/);
    await lucia.button('Crear la invitación').click();
    const code = (await lucia.page.locator('.guide .code').innerText(wait)).replace(/\D/g, '');
    const [link] = (await lucia.page.locator('.guide .link').innerText()).match(/https:\S+/);
    await lucia.button('Terminar').click();
    await comeIn(ana, { link, code });
    await ana.page.getByText('Conectado', { exact: true }).waitFor(wait);
    await lucia.said('Ana Ruiz');
  });

  await step('by the link alone one reads the board; confirmed by voice one is in', [lucia, julia], async () => {
    await lucia.button('Designación e invitación').click();
    await lucia.page.getByLabel('Entra como').selectOption('3');
    await lucia.page.getByLabel('Nombre y apellido').fill('Julia Roca');
    await lucia.button('Continuar').click();
    await lucia.page.getByLabel('No puedo dar un código de viva voz').check();
    await lucia.said(/^Con el enlace solo, Julia Roca podrá leer el tablón general y nada más/);
    await lucia.button('Crear la invitación').click();
    const [link] = (await lucia.page.locator('.guide .link').innerText(wait)).match(/https:\S+/);
    await lucia.button('Terminar').click();
    const provisional = julia.page.getByText('Su entrada está por confirmar', { exact: false });
    await comeIn(julia, { link }, () => (seen = provisional.count()));
    assert.equal(await seen, 1);
    await julia.page.getByText('Conectado', { exact: true }).waitFor(wait);
    await julia.section('Canales');
    await julia.said('Todavía no participa en ningún canal.');
    await julia.section('Directorio');
    await person(julia, 'Julia Roca').getByRole('button', { name: 'Comparar palabras' }).click(wait);
    await person(lucia, 'Julia Roca').getByRole('button', { name: 'Confirmar' }).click(wait);
    await until(async () => (await wordsOf(julia.dialog)).length === 6);
    assert.deepEqual(await wordsOf(lucia.page.locator('.guide')), await wordsOf(julia.dialog));
    await lucia.page.getByLabel('Las leímos los dos y son iguales').check();
    await lucia.button('Continuar').click();
    await lucia.said(/^Desde que entre, Julia Roca podrá leer el tablón general y los canales de Argentina/);
    await lucia.page.locator('.guide').getByRole('button', { name: 'Confirmar' }).click();
    await lucia.said('Julia Roca quedó confirmado.');
    await lucia.button('Terminar').click();
    await julia.dialog.getByRole('button', { name: 'Cerrar' }).click();
    await person(julia, 'Julia Roca').getByText('Por confirmar').waitFor({ ...wait, state: 'detached' });
  });

  await step('re-entry: two hear the same six words on their pages, and she is in', [lucia, marta, ana], async () => {
    await lucia.section('Directorio');
    await person(lucia, 'Ana Ruiz').getByRole('button', { name: 'Reingreso' }).click();
    await lucia.button('Crear el enlace').click();
    const [link] = (await lucia.page.locator('.guide .link').innerText(wait)).match(/https:\S+/);
    await emptied(ana);
    await ana.page.getByLabel('Enlace de invitación').waitFor(wait);
    await comeBack(ana, link, 'Reingreso');
    await ana.page.getByRole('heading', { name: 'Falta que le reconozcan' }).waitFor(wait);
    const said = await wordsOf(ana.page);
    assert.equal(said.length, 6);
    const request = await ana.page.locator('.request').innerText();
    await lucia.page.getByLabel('Texto que muestra su dispositivo nuevo').fill(request);
    await lucia.button('Continuar').click();
    await lucia.said(/^Desde que dos personas lo confirmen, Ana Ruiz lee con su dispositivo nuevo/);
    assert.deepEqual(await wordsOf(lucia.page), said);
    await lucia.page.getByLabel('Las oí de Ana Ruiz', { exact: false }).check();
    await lucia.button('Confirmar el reingreso').click();
    await lucia.said('Falta la de otra persona');
    await lucia.button('Terminar').click();
    await marta.section('Inicio');
    await marta.section('Directorio');
    await person(marta, 'Ana Ruiz').getByRole('button', { name: 'Reingreso' }).click();
    await until(async () => (await wordsOf(marta.page)).length === 6);
    assert.deepEqual(await wordsOf(marta.page), said);
    await marta.page.getByLabel('Las oí de Ana Ruiz', { exact: false }).check();
    await marta.button('Confirmar el reingreso').click();
    await marta.said('Ana Ruiz vuelve a estar dentro, como la misma persona.');
    await marta.button('Terminar').click();
    await ana.page.getByRole('heading', { name: 'Ha entrado' }).waitFor(wait);
    await ana.button('Ir a Inicio').click();
    await ana.page.getByText('Conectado', { exact: true }).waitFor(wait);
  });

  await step('relief: the office passes to her, and all four pages say so', [lucia, helena, pedro, marta], async () => {
    await lucia.section('Directorio');
    await person(lucia, 'Lucía Ferro').getByRole('button', { name: 'Relevar' }).click();
    await lucia.page.getByLabel('Quién sucede').selectOption({ label: 'Ana Ruiz · Integrante de la delegación' });
    await lucia.button('Continuar').click();
    await lucia.said(/^Desde el primer día, Ana Ruiz habla por Argentina/);
    await lucia.button('Firmar el relevo').click();
    await lucia.said('El relevo de Lucía Ferro por Ana Ruiz está en el registro.');
    await lucia.button('Terminar').click();
    for (const who of [helena, pedro, marta]) {
      await who.section('Directorio');
      await person(who, 'Ana Ruiz').getByText('Punto focal', { exact: false }).first().waitFor(wait);
    }
    const [relief] = await founder.all('succession', 'list');
    assert.equal(relief.member, (await founder.all('roster')).find(({ name }) => name === 'Lucía Ferro').member);
  });

  await step('removal: a page says who reads what from now on, and it is so', [helena, marta], async () => {
    await helena.section('Directorio');
    await helena.delegate('Bruno Lima', 'bruno');
    const bruno = space.person('bruno');
    const { id } = await channelNamed(title);
    await marta.talk(title);
    await marta.button('Quiénes participan').click();
    await marta.page.getByLabel('Agregar a alguien').selectOption({ label: 'Bruno Lima · Brasil' }, wait);
    await marta.button('Agregar').click();
    const within = marta.page.getByRole('region', { name: 'Quiénes participan' });
    const listed = within.getByRole('listitem').filter({ hasText: 'Bruno Lima' });
    await listed.waitFor(wait);
    await write(marta, 'Con Bruno.');
    const bodies = async () => (await bruno.all('read', id)).map(({ body }) => body);
    await until(async () => (await bodies()).includes('Con Bruno.'));
    await person(helena, 'Bruno Lima').getByRole('button', { name: 'Dar de baja' }).click();
    await helena.button('Continuar').click();
    await helena.said(/^Bruno Lima no podrá leer nada de lo que se escriba desde ahora/);
    await helena.page.getByLabel('Comprendo que Bruno Lima deja de tener acceso').check();
    await helena.button('Dar de baja').last().click();
    await helena.said('Bruno Lima quedó dado de baja.');
    await look(helena, 'seis-baja');
    await helena.button('Terminar').click();
    await listed.waitFor({ ...wait, state: 'detached' });
    await write(marta, 'Ya sin Bruno.');
    await helena.talk(title);
    await message(helena, 'Ya sin Bruno.').waitFor(wait);
    assert.equal(await bruno.refused('send', id, { input: 'sigo' }), 'revoked');
    assert.ok(!(await bodies().catch(() => [])).includes('Ya sin Bruno.'));
  });
} finally {
  await end();
}
