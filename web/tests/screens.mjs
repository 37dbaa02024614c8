// Every screen over the invented network, in three languages, light and dark, desktop and phone: axe finds nothing
// and the page complains of nothing. SHOTS=FOLDER also keeps pictures. Ends with 'N passed, N failed'.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { browser, complaints, serve, violations } from './look.mjs';

const here = new URL('..', import.meta.url).pathname;
if (!process.env.BUILT)
  execFileSync(`${here}node_modules/.bin/vite`, ['build', '--logLevel', 'warn'], {
    cwd: here,
    env: { ...process.env, KIT: '1' },
    stdio: 'inherit',
  });
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

const invitation = `AQEB${'A'.repeat(200)}`;
const channel = '12'.repeat(16);
const [meeting, document] = ['90', 'a1'].map((byte) => byte.repeat(16));
const submit = (page) => page.locator('button[type=submit]').click();
const screens = [
  ['kit', '/kit.html'],
  ['welcome', '/scene.html?stage=empty'],
  ['enter-code', `/scene.html?stage=empty#${invitation}`],
  [
    'enter-phrase',
    `/scene.html?stage=empty#${invitation}`,
    async (page) => {
      await page.locator('input.code').fill('1234 5678');
      await submit(page);
    },
  ],
  [
    'enter-device',
    `/scene.html?stage=empty#${invitation}`,
    async (page) => {
      await page.locator('input.code').fill('0000 0000');
      await submit(page);
      await page.locator('input').last().fill('nube carta lluvia puente tinta roble');
      await submit(page);
      await page.locator('input').waitFor();
      await submit(page);
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'enter-done',
    `/scene.html?stage=empty#${invitation}`,
    async (page) => {
      await page.locator('input.code').fill('1234 5678');
      await submit(page);
      await page.locator('input').last().fill('nube carta lluvia puente tinta roble');
      await submit(page);
      await page.locator('input').waitFor();
      await submit(page);
      await page.locator('.network').waitFor();
    },
  ],
  ['unlock', '/scene.html?stage=locked'],
  [
    'unlock-refused',
    '/scene.html?stage=locked',
    async (page) => {
      await page.locator('input').fill('otra');
      await submit(page);
      await page.locator('button[aria-expanded]').click();
      await page.getByRole('alert').waitFor();
    },
  ],
  ['stopped', '/scene.html?stage=stopped'],
  ['following', '/scene.html?stage=following'],
  ['home', '/scene.html'],
  ['home-wrong', '/scene.html?wrong=1'],
  ['board', '/scene.html#/board'],
  ['announcement', `/scene.html#/board`, (page) => page.locator('h2 a').first().click()],
  ['announcement-secretariat', `/scene.html?as=secretariat#/board`, (page) => page.locator('h2 a').first().click()],
  ['compose', '/scene.html?as=secretariat#/board', (page) => page.locator('main header button').click()],
  ['channels', '/scene.html#/channels'],
  ['talk', `/scene.html#/channels/${channel}`, (page) => page.locator('article').last().waitFor()],
  [
    'talk-people',
    `/scene.html#/channels/${channel}`,
    (page) => page.locator('.talk header button[aria-expanded]').click(),
  ],
  ['talk-wrong', `/scene.html?wrong=1#/channels/${channel}`, (page) => page.locator('article').last().waitFor()],
  [
    'calendar',
    '/scene.html#/calendar',
    async (page) => {
      await page.locator('.views button').first().click();
      await page.locator('td a').first().waitFor();
    },
  ],
  [
    'calendar-list',
    '/scene.html#/calendar',
    async (page) => {
      await page.locator('.views button').last().click();
      await page.locator('.list a').first().waitFor();
    },
  ],
  ['event', `/scene.html#/calendar/${meeting}`, (page) => page.locator('article h1').waitFor()],
  [
    'event-new',
    '/scene.html#/calendar',
    async (page) => {
      await page.locator('main header button').click();
      await page.locator('form button[type=submit]').click();
      await page.getByRole('alert').first().waitFor();
    },
  ],
  ['documents', `/scene.html#/documents/${channel}`, (page) => page.locator('.list li').first().waitFor()],
  [
    'document',
    `/scene.html#/documents/${channel}/${document}`,
    (page) => page.locator('article ol > li').first().waitFor(),
  ],
  [
    'document-view',
    `/scene.html#/documents/${channel}/${document}`,
    async (page) => {
      await page.locator('article ol button[aria-expanded]').first().click();
      await page.locator('.markdown').waitFor();
    },
  ],
  ['directory', '/scene.html#/directory'],
  ['comparison', '/scene.html#/directory', (page) => page.locator('.person button').first().click()],
  ['settings', '/scene.html#/settings'],
  [
    'device-link',
    '/scene.html#/settings',
    (page) =>
      page
        .locator('section button')
        .filter({ has: page.locator('svg') })
        .first()
        .click(),
  ],
  ['hostile-home', '/scene.html?hostile=1'],
  ['hostile-board', '/scene.html?hostile=1#/board'],
  [
    'hostile-announcement',
    '/scene.html?hostile=1&as=secretariat#/board',
    (page) => page.locator('h2 a').first().click(),
  ],
  [
    'hostile-talk',
    `/scene.html?hostile=1#/channels/${channel}`,
    (page) => page.locator('.talk header button[aria-expanded]').click(),
  ],
  ['hostile-calendar', '/scene.html?hostile=1#/calendar', (page) => page.locator('.views button').first().click()],
  ['hostile-event', `/scene.html?hostile=1#/calendar/${meeting}`, (page) => page.locator('article h1').waitFor()],
  [
    'hostile-document',
    `/scene.html?hostile=1#/documents/${channel}/${document}`,
    (page) => page.locator('article ol > li').first().waitFor(),
  ],
  ['hostile-directory', '/scene.html?hostile=1#/directory'],
  ['hostile-settings', '/scene.html?hostile=1#/settings'],
];
// What a payload would have left in the page.
function ran() {
  const found = [];
  if ('hit' in window) found.push('a payload ran');
  for (const element of document.querySelectorAll('*')) {
    if (
      /^(script|iframe|form|base|meta|img|style|object|embed)$/i.test(element.tagName) &&
      document.body.contains(element)
    ) {
      if (element.tagName !== 'FORM' || element.hasAttribute('action')) found.push(`<${element.tagName}>`);
    }
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || /^\s*(javascript|data|vbscript):/i.test(value)) found.push(`${name}=${value}`);
    }
  }
  return found;
}
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 720 } };

const { server, origin } = await serve(`${here}dist-kit`);
const chromium = await browser();
let passed = 0;
let failed = 0;
// Each language, scheme and size, and in Spanish all of their combinations.
const looks = [
  ['es', 'light', 'desktop'],
  ['es', 'light', 'phone'],
  ['es', 'dark', 'desktop'],
  ['es', 'dark', 'phone'],
  ['pt', 'light', 'desktop'],
  ['pt', 'dark', 'phone'],
  ['en', 'light', 'phone'],
  ['en', 'dark', 'desktop'],
];
async function through([language, scheme, size]) {
  const viewport = sizes[size];
  const context = await chromium.newContext({
    viewport,
    colorScheme: scheme,
    timezoneId: 'America/Argentina/Buenos_Aires',
    reducedMotion: 'reduce',
  });
  await context.addInitScript((wanted) => localStorage.setItem('encuentro.language', wanted), language);
  for (const [name, path, act] of screens) {
    const page = await context.newPage();
    const wrong = complaints(page);
    try {
      await page.goto(origin + path);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      await act?.(page);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 0) wrong.push(`${wide} px wider than the screen`);
      if (shots && language === 'es' && !name.startsWith('hostile'))
        await page.screenshot({ path: `${shots}/${name}-${size}${scheme === 'dark' ? '-dark' : ''}.png` });
      // The bar below covers what is about to be scrolled in: axe looks at the whole length.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, height) });
      wrong.push(...(await violations(page)));
      if (name.startsWith('hostile')) wrong.push(...(await page.evaluate(ran)));
    } catch (error) {
      wrong.push(String(error));
    }
    if (wrong.length === 0) passed++;
    else {
      failed++;
      console.log(`FAILED ${name} ${language} ${scheme} ${size}\n  ${wrong.join('\n  ')}`);
    }
    await page.close();
  }
  await context.close();
}
const left = looks.filter((look) => look.join(' ').startsWith(process.env.LOOKS ?? ''));
const worker = async () => {
  for (let look = left.shift(); look; look = left.shift()) await through(look);
};
await Promise.all([worker(), worker()]);
await chromium.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
