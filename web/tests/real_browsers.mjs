// Several people before one real server, each in a browser profile of their own: how they come in, and what every step
// is held to. For the runs that end with 'N passed, N failed'; SHOTS=FOLDER keeps pictures.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space } from '../../tests/e2e/harness.mjs';
import { browser, complaints, pictures, violations } from './look.mjs';
import { freePort, peopleOf, takeProposed } from './real_people.mjs';

const here = new URL('..', import.meta.url).pathname;
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
export const wait = { timeout: 120_000 };

export async function browsers() {
  const space = new Space();
  space.port = await freePort();
  const config = join(space.folder, 'encuentrod.conf');
  writeFileSync(config, `web = ${here}dist\norigins = https://127.0.0.1:${space.port}\n`);
  const chromium = await browser();
  const line = { down: false }; // the server was taken away: the browser says so
  let passed = 0;
  let failed = 0;

  async function somebody(timezoneId = 'America/Argentina/Buenos_Aires') {
    const context = await chromium.newContext({
      ignoreHTTPSErrors: true,
      viewport: sizes.desktop,
      locale: 'es-AR',
      timezoneId,
    });
    const page = await context.newPage();
    return {
      page,
      wrong: complaints(page, (text) => line.down && /WebSocket|ERR_/.test(text)),
      ...peopleOf({ chromium, page, space }),
      said: (text) => page.getByText(text).first().waitFor(wait),
      dialog: page.getByRole('dialog'),
    };
  }

  // The pages of all `people` are looked at for complaints; after a failure the rest is not run.
  async function step(name, people, work) {
    const all = [people].flat();
    try {
      if (failed > 0) throw 'not run: an earlier step failed';
      await work();
      for (const { wrong } of all) assert.deepEqual(wrong.splice(0), [], 'the page complained');
      passed++;
      console.log(`ok ${name}`);
    } catch (error) {
      if (failed++ === 0) {
        for (const [at, { page }] of all.entries()) {
          await page.screenshot({ path: `${here}tests/failed${at || ''}.png` }).catch(() => undefined);
        }
      }
      console.log(`FAILED ${name}\n   ${error.stack ?? error}`);
    }
  }

  async function look({ page }, name) {
    if (shots) await pictures(page, `${shots}/${name}`, sizes);
    assert.deepEqual(await violations(page), [], `axe, ${name}`);
  }

  // Resolves to the words of the passphrase; `seen` is called just before Home. Without a code: by the link alone.
  async function comeIn({ page, button }, { link, code }, seen = () => {}) {
    await page.goto(link);
    if (code) await page.getByLabel('Código de ocho cifras').fill(code);
    else await page.getByLabel('No tengo código').check(wait);
    await button('Continuar').click();
    const words = await takeProposed(page);
    await button('Entrar').click();
    await page.getByRole('heading', { name: 'Ha entrado' }).waitFor(wait);
    seen();
    await button('Ir a Inicio').click();
    return words;
  }

  async function end() {
    await chromium.close();
    await space.end();
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  }
  // What a page fetched until now, by name, in bytes as the server sent them.
  function fetched({ page }) {
    const sizes = new Map();
    page.context().on('requestfinished', async (request) => {
      const length = await (await request.response())?.headerValue('content-length');
      sizes.set(new URL(request.url()).pathname, Number(length ?? Number.NaN));
    });
    return sizes;
  }

  return { space, config, args: ['--config', config], line, somebody, step, look, comeIn, fetched, end };
}
