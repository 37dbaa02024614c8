// Who decides, in Chromium against the real server with the command on the other side: an objection to an invitation
// into a vacant seat, new keys of the network that countries sign, invitations that are closed, an office that ends and
// one that passes on. The countries are invented. Ends with 'N passed, N failed'. SHOTS=FOLDER keeps pictures.
import assert from 'node:assert/strict';
import { enter } from '../../tests/e2e/harness.mjs';
import { browsers, wait } from './real_browsers.mjs';
import { until } from './real_people.mjs';

const { space, args, somebody, step, look, comeIn, end } = await browsers();
const secretariat = space.person('secretaria');

const asPoint = (code) => ['--role', 'focal-point', '--country', code];
const person = ({ page }, name) => page.locator('.person').filter({ hasText: name });
const irene = await somebody();
const alba = await somebody();
let benito, carla;

try {
  await step('three countries, a delegate and a focal point of which come in by the page', irene, async () => {
    await space.start({ args });
    const where = ['--server', space.url, '--spki', space.spki];
    await secretariat.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
    for (const code of ['XA', 'XB', 'XC'])
      await secretariat.do('country', 'add', code, '--name', `País ${code}`, '--status', 'member');
    benito = await enter(secretariat, space.person('Benito Verano'), asPoint('XB'));
    carla = await enter(secretariat, space.person('Carla Invierno'), asPoint('XC'));
    const delegate = ['--role', 'delegate', '--country', 'XB', '--name', 'Irene Otoño'];
    await comeIn(irene, await benito.do('invite', ...delegate));
    await comeIn(alba, await secretariat.do('invite', ...asPoint('XA'), '--name', 'Alba Invierno'));
  });

  await step('whoever is left in a vacant seat objects to whom others want there', irene, async () => {
    const { member } = await benito.do('whoami');
    await secretariat.do('member', 'revoke', member);
    const wanted = await secretariat.do('invite', ...asPoint('XB'), '--name', 'Tomás Deshielo');
    await irene.section('Inicio');
    await irene.said(/^Se propone a Tomás Deshielo como punto focal de País XB: su delegación puede oponerse hasta/);
    await look(irene, 'objecion');
    await irene.button('Oponerse').click();
    await irene.dialog.getByText('La invitación se anula en el acto', { exact: false }).waitFor();
    await irene.dialog.getByRole('button', { name: 'Oponerse' }).click();
    await irene.dialog.getByText('Su oposición está en el registro', { exact: false }).waitFor(wait);
    await irene.dialog.getByRole('button', { name: 'Terminar' }).click();
    assert.equal(await irene.page.getByText('Se propone a Tomás Deshielo', { exact: false }).count(), 0);
    await until(async () => (await secretariat.all('invite', 'list')).length === 0);
    const tomas = space.person('Tomás Deshielo');
    assert.equal(await tomas.refused('join', wanted.link, '--code', wanted.code), 'revoked');
  });

  await step('what others sign is shown as theirs', alba, async () => {
    const { keys } = await secretariat.do('roots', 'show');
    const { key } = await carla.do('roots', 'key');
    await secretariat.do('roots', 'hand-over', '--threshold', '2', keys[0].key, key);
    await secretariat.do('country', 'add', 'XD', '--name', 'País XD', '--status', 'observer');
    await alba.section('Directorio');
    await alba.page.getByRole('link', { name: 'Lo que espera firmas' }).click();
    await alba.said('País XD entra en la red. Situación: País observador.');
    await alba.said('1 de 2 llaves de la red');
    await alba.said('Esperan la firma de otras personas');
    assert.equal(await alba.button('Leer y firmar').count(), 0);
  });

  await step('a country signs new keys of the network on the page, and that is enough', alba, async () => {
    const { key, words } = await carla.do('roots', 'key');
    await carla.do('roots', 'hand-over', '--threshold', '1', key);
    await alba.section('Inicio');
    const pending = alba.page.getByRole('link', { name: 'harán falta 1 de 1 llaves nuevas', exact: false });
    await pending.waitFor(wait);
    await look(alba, 'pendiente-firmar');
    await pending.click();
    await alba.said(words);
    await alba.said('Carla Invierno (País XC)');
    await look(alba, 'firmas');
    await alba.button('Leer y firmar').click();
    await alba.dialog.getByText('harán falta 1 de 1 llaves nuevas', { exact: false }).waitFor();
    await alba.dialog.getByRole('button', { name: 'Firmar', exact: true }).click();
    await alba.dialog.getByText('Con su firma alcanza').waitFor(wait);
    await look(alba, 'firmado');
    await alba.dialog.getByRole('button', { name: 'Terminar' }).click();
    await alba.said('Hoy decide una sola llave de la red.');
    const roots = await carla.do('roots', 'show');
    assert.deepEqual([roots.threshold, roots.keys.map((one) => one.key)], [1, [key]]);
  });

  await step('an invitation that nobody has used is closed, and opens nothing', alba, async () => {
    await alba.section('Directorio');
    await alba.button('Designación e invitación').click();
    await alba.page.getByLabel('Nombre y apellido').fill('Sol Perdida');
    await alba.button('Continuar').click();
    await alba.button('Crear la invitación').click();
    const code = (await alba.page.locator('.guide .code').innerText(wait)).replace(/\D/g, '');
    const [link] = (await alba.page.locator('.guide .link').innerText()).match(/https:\S+/);
    await alba.button('Terminar').click();
    await alba.page.getByRole('link', { name: 'Invitaciones abiertas' }).click();
    await alba.page.getByRole('button', { name: 'Anular · Sol Perdida' }).click();
    await alba.dialog.getByRole('button', { name: 'Anular', exact: true }).click();
    await alba.dialog.getByText('La invitación de Sol Perdida ya no abre nada').waitFor(wait);
    await alba.dialog.getByRole('button', { name: 'Terminar' }).click();
    await alba.said('No hay invitaciones abiertas.');
    await look(alba, 'invitaciones');
    assert.equal(await space.person('Sol').refused('join', link, '--code', code), 'revoked');
    await alba.button('Volver al directorio').click();
  });

  await step('an office ends on a date without a successor', alba, async () => {
    await alba.delegate('Darío Lluvia', 'dario');
    await alba.delegate('Nora Monte', 'nora');
    await person(alba, 'Darío Lluvia').getByRole('button', { name: 'Terminar su función' }).click();
    await alba.button('Continuar').click();
    await alba.said(/^Hasta el .* Darío Lluvia lee y escribe como hasta ahora/);
    await look(alba, 'fin-de-funcion');
    await alba.button('Firmar el fin de la función').click();
    await alba.said(/^Está en el registro: Darío Lluvia termina su función el/);
    await alba.button('Terminar').click();
    await person(alba, 'Darío Lluvia').getByText('Hasta el', { exact: false }).waitFor(wait);
    assert.equal(await person(alba, 'Nora Monte').getByText('Hasta el', { exact: false }).count(), 0);
  });

  await step('an office passes on, and the page says what passes with it', alba, async () => {
    await secretariat.do('announce', 'Convocatoria', '--ask-ack', { input: 'Se convoca.' });
    await person(alba, 'Alba Invierno').getByRole('button', { name: 'Relevar' }).click();
    await alba.said('Nadie termina su propia función sin sucesor');
    await alba.page.getByLabel('Quién sucede').selectOption({ label: 'Nora Monte · Integrante de la delegación' });
    await alba.button('Continuar').click();
    await alba.button('Firmar el relevo').click();
    await alba.said('El relevo de Alba Invierno por Nora Monte está en el registro.');
    await alba.button('Terminar').click();
    await alba.section('Inicio');
    const card = alba.page.locator('section.card').filter({ hasText: 'Nora Monte releva a Alba Invierno' });
    await card.getByText('Tablón de anuncios · Solo para: puntos focales', { exact: false }).waitFor(wait);
    await card.getByRole('link', { name: 'Convocatoria' }).waitFor(wait);
    await look(alba, 'relevo');
    const [relief] = await carla.all('succession', 'list');
    assert.equal(relief.member, (await carla.all('roster')).find((one) => one.name === 'Alba Invierno').member);
  });
} finally {
  await end();
}
