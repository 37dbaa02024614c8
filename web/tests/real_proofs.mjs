// In the real run, what two people hold against each other outside the space: words that both read, and an alarm's file
// that a third person judges. And the notices a person asks for, as the server then says they stand.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { bin, run } from '../../tests/e2e/harness.mjs';

// Nobody sends here: an address is sealed to whoever would.
export const noticesKey = `notices-key = ${Buffer.alloc(32, 9).toString('base64url')}\n`;

export async function noticesAsked({ page, look }) {
  const button = (name) => page.getByRole('button', { name, exact: true });
  await page.getByText('Ahora no recibe avisos.').waitFor({ timeout: 30_000 });
  await page.getByLabel('Dirección de correo').fill('lucia');
  await button('Activar los avisos').click();
  await page.getByText('Escriba una dirección completa', { exact: false }).waitFor({ timeout: 30_000 });
  assert.equal(await page.getByLabel('Dirección de correo').inputValue(), 'lucia');
  await page.getByLabel('Dirección de correo').fill('lucia.ferro@ejemplo.org');
  await page.getByLabel('Cuándo').selectOption('daily');
  await button('Activar los avisos').click();
  await page.getByText('Los avisos están activados.').waitFor({ timeout: 30_000 });
  await page.getByText('Recibe a lo sumo un aviso por día', { exact: false }).waitFor();
  await look('avisos');
  // Seen anew it is what the server says, and the address isn't told back.
  await page.getByRole('navigation').getByRole('link', { name: 'Directorio' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Ajustes' }).click();
  await page.getByText('Recibe a lo sumo un aviso por día', { exact: false }).waitFor({ timeout: 30_000 });
  assert.equal(await page.getByLabel('Dirección de correo').inputValue(), '');
  await button('Desactivar los avisos').click();
  await page.getByText('Los avisos están desactivados.').waitFor({ timeout: 30_000 });
  await page.getByText('Ahora no recibe avisos.').waitFor();
}

// What stands under a label: the words without their numbers.
async function wordsUnder(page, label) {
  const list = page.getByRole('dialog').getByRole('list', { name: label });
  await list.waitFor({ timeout: 30_000 });
  const number = Number((await list.getAttribute('aria-label')).match(/\d+$/)[0]);
  const words = await list.getByRole('listitem').allInnerTexts();
  return [number, words.map((word) => word.replace(/^\d+\s*/, '').trim()).join(' ')];
}

// In the channel that is open: the page and the command show the same, list of participants, log and keys.
export async function wordsAlike({ page, person, channel, look }) {
  const people = page.locator('.talk header button[aria-expanded]');
  await people.click();
  await page.getByRole('button', { name: 'Comparar palabras con otra persona' }).click();
  const lines = await person.all('compare', channel);
  const [roster, of] = ['roster', 'channel'].map((kind) => lines.find((line) => line.kind === kind));
  assert.deepEqual(await wordsUnder(page, /^Lista de participantes/), [roster.number, roster.words]);
  assert.deepEqual(await wordsUnder(page, /^Lo escrito en este canal/), [of.number, of.words]);
  assert.deepEqual(await wordsUnder(page, /^Quiénes pueden leer/), [of.epoch, of.epoch_words]);
  await look('comparar-palabras');
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).click();
  await people.click();
}

// The server shows two people two histories of the open channel. The page finds it, and the file it saves says to
// anyone, with a profile or without, whose word it holds.
export async function evidenceJudged({ page, space, person, channel, args, look }) {
  const others = join(space.folder, 'para-otros');
  const { device } = await person.do('whoami');
  const say = async (text) => {
    await page.getByLabel('Mensaje', { exact: true }).fill(text);
    await page.keyboard.press('Enter');
    await page.locator('article.own').last().getByText(text).waitFor({ timeout: 30_000 });
    await page.locator('article.own').last().getByTitle('En el servidor').waitFor({ timeout: 90_000 });
  };
  await space.stop();
  cpSync(space.data, others, { recursive: true });
  await space.start({ args });
  await say('Aquí, uno.');
  await space.stop();
  await space.start({ args, data: others });
  for (const input of ['Allí, uno.', 'Allí, dos.', 'Allí, tres.']) await person.do('send', channel, { input });
  const more = page.locator('.wrong button[aria-expanded]');
  await more.click({ timeout: 120_000 });
  await look('alarma');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Guardar la evidencia' }).first().click();
  const saved = await saving;
  assert.match(saved.suggestedFilename(), /^\d{4}-\d\d-\d\dT\d{6}-fork\.evidence$/);
  const file = join(space.folder, saved.suggestedFilename());
  await saved.saveAs(file);
  const roster = (await person.all('compare')).find((line) => line.kind === 'roster');
  for (const who of [
    person.args(['verify', file]),
    ['--home', join(space.folder, 'nadie'), '--json', 'verify', file],
  ]) {
    const { code, stdout } = await run(join(bin, 'encuentro'), who);
    const said = JSON.parse(stdout.split('\n')[0]);
    assert.deepEqual([code, said.alarm, said.verdict, said.channel], [0, 'fork', 'genuine', channel]);
    assert.equal(said.roster_entries, roster.number);
    assert.deepEqual(
      said.entries.map((entry) => [entry.device, entry.genuine]),
      [[device, true]],
    );
  }
}
