// Every screen over the invented network, in three languages, light and dark, desktop and phone: axe finds nothing, the
// page complains of nothing and asks no other origin for anything. SHOTS=FOLDER also keeps pictures. Ends with
// 'N passed, N failed'. ONLY=WORD: the screens with that word in their name.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { payloads } from '../src/scene/hostile.ts';
import { browser, complaints, serve, violations } from './look.mjs';
import { officeScreens } from './screens_offices.mjs';
import { smallPng } from './small_png.mjs';

const here = new URL('..', import.meta.url).pathname;
if (!process.env.BUILT)
  execFileSync(`${here}node_modules/.bin/vite`, ['build', '--logLevel', 'warn'], {
    cwd: here,
    env: { ...process.env, KIT: '1' },
    stdio: 'inherit',
  });
const shots = process.env.SHOTS;
const only = new RegExp(process.env.ONLY ?? '');
if (shots) mkdirSync(shots, { recursive: true });

const invitation = `AQEB${'A'.repeat(200)}`;
const channel = '12'.repeat(16);
const [meeting, document, pdf] = ['90', 'a1', 'a7'].map((byte) => byte.repeat(16));
// An iCalendar file of a stranger's: a payload in each text.
function hostileCalendar() {
  const object = (text, index) =>
    `BEGIN:VEVENT\r\nUID:${index}@x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20270101T100000Z\r\n` +
    `SUMMARY:${text}\r\nLOCATION:${text}\r\nDESCRIPTION:${text}\r\nEND:VEVENT\r\n`;
  const texts = payloads.map((text) => text.replace(/\s/g, ' '));
  const calendar = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${texts.map(object).join('')}END:VCALENDAR\r\n`;
  return { name: `${payloads[1]}.ics`, mimeType: 'text/calendar', buffer: Buffer.from(calendar) };
}
async function invite(page) {
  await page.locator('.guide select').nth(1).selectOption('XB');
  await page.locator('.guide input').first().fill('Clara Primavera');
  await page.locator('.guide button[type=submit]').click();
  await page.locator('.guide dl').waitFor();
}
const copy = (until) => async (page) => {
  const card = page.locator('section').filter({ hasText: '.zip' });
  await card.locator('button').click();
  await card.locator(until).waitFor();
  await card.locator(until).scrollIntoViewIfNeeded();
};
async function compareWords(page) {
  await page.getByRole('button', { name: /^(Comparar palabras|Comparar palavras|Compare words)/ }).click();
  await page.getByRole('dialog').locator('ol').first().waitFor();
}
const noticesCard = (page) => page.locator('section.card').filter({ has: page.locator('input[type=email]') });
async function notices(page, address, until) {
  const card = noticesCard(page);
  await card.locator('input').fill(address);
  await card.locator('select').selectOption('daily');
  await card.locator('button').first().click();
  await card.locator(until).waitFor();
  await card.locator(until).scrollIntoViewIfNeeded();
}
const paused = (page) => page.locator('.person').filter({ hasText: 'Alba Invierno' });
// A PDF on the screen with these words in it.
async function shown(page, words) {
  await page.locator('article ol button[aria-expanded]').first().click();
  await page.locator('.text').getByText(words).waitFor();
  await page.waitForTimeout(300); // its picture
}
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
      await page.locator('input').first().waitFor();
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
      await page.locator('input').first().waitFor();
      await submit(page);
      await page.locator('.network').waitFor();
    },
  ],
  ['enter-sheet', `/scene.html?stage=empty&link=3#${invitation}`],
  ['enter-again', `/scene.html?stage=empty&link=4#${invitation}`],
  ['enter-asked', '/scene.html?stage=asked', (page) => page.locator('.request').waitFor()],
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
  ['away', '/scene.html?stage=away'],
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
  [
    'channel-add-unready',
    `/scene.html#/channels/${channel}`,
    async (page) => {
      await page.locator('.talk header button[aria-expanded]').click();
      await page.locator('.add select').selectOption({ index: 1 });
      await page.locator('.add button').click();
      await page.locator('section .banner.attention').first().waitFor();
    },
  ],
  [
    'talk-words',
    `/scene.html#/channels/${channel}`,
    async (page) => {
      await page.locator('.talk header button[aria-expanded]').click();
      await compareWords(page);
    },
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
  [
    'documents-full',
    `/scene.html?tight=1#/documents/${channel}`,
    async (page) => {
      const large = { name: 'Grabación.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(4_000_000) };
      await page.locator('input[type=file]').setInputFiles(large);
      await page.locator('.documents [role=alert]').waitFor();
      await page.locator('.documents section').last().scrollIntoViewIfNeeded();
    },
  ],
  ['document-pdf', `/scene.html#/documents/${channel}/${pdf}`, (page) => shown(page, 'Declaración conjunta')],
  [
    'document-compare',
    `/scene.html#/documents/${channel}/${document}`,
    async (page) => {
      await page.locator('article .heading button').click();
      await page.locator('ins').first().waitFor();
    },
  ],
  ['directory', '/scene.html#/directory'],
  ['comparison', '/scene.html#/directory', (page) => page.locator('.person button').first().click()],
  ['settings', '/scene.html#/settings'],
  ['settings-words', '/scene.html#/settings', compareWords],
  ['notices-refused', '/scene.html#/settings', (page) => notices(page, 'sin arroba', '[role=alert]')],
  ['notices-on', '/scene.html#/settings', (page) => notices(page, 'ana@example.org', '.banner.success')],
  [
    'notices-none',
    '/scene.html?tight=1#/settings',
    (page) => page.getByText(/^(En este servidor nadie|Neste servidor ninguém|On this server nobody)/).waitFor(),
  ],
  ['copy-going', '/scene.html?stuck=1#/settings', copy('progress')],
  ['copy-done', '/scene.html#/settings', copy('.banner.success')],
  ['copy-missing', '/scene.html?wrong=offline#/settings', copy('.banner.attention ul')],
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
  [
    'sheet',
    '/scene.html#/settings',
    (page) => page.getByRole('button', { name: /^(Hacer una hoja|Fazer uma folha|Make an access sheet)/ }).click(),
  ],
  [
    'sheet-made',
    '/scene.html#/settings',
    async (page) => {
      await page.getByRole('button', { name: /^(Hacer una hoja|Fazer uma folha|Make an access sheet)/ }).click();
      await page.locator('.sheet button.primary').click();
      await page.locator('.sheet .text').waitFor();
    },
  ],
  [
    're-entry',
    '/scene.html?as=alba#/directory',
    async (page) => {
      await page
        .getByRole('button', { name: /^(Reingreso|Reingresso|Re-entry)$/ })
        .first()
        .click();
      await page.locator('.guide button.secondary').first().click();
      await page.locator('.guide .link').waitFor();
    },
  ],
  [
    're-entry-words',
    '/scene.html?as=secretariat#/directory',
    async (page) => {
      await page.locator('.banner.attention button').first().click();
      await page.locator('.guide ol li').first().waitFor();
    },
  ],
  [
    'talk-mention',
    `/scene.html#/channels/${channel}`,
    async (page) => {
      await page.locator('textarea').fill('De acuerdo, @');
      await page.locator('textarea').press('End');
      await page.keyboard.type('al');
      await page.getByRole('option').first().waitFor();
    },
  ],
  [
    'talk-withdraw',
    `/scene.html#/channels/${channel}`,
    async (page) => {
      await page.locator('article.own .acts button').last().click({ force: true });
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['channel-new', '/scene.html#/channels', (page) => page.locator('main .top button').click()],
  [
    'channel-remove',
    `/scene.html#/channels/${channel}`,
    async (page) => {
      await page.locator('.talk header button[aria-expanded]').click();
      await page.locator('.notes li button').first().click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'announcement-correct',
    '/scene.html?as=secretariat#/board',
    async (page) => {
      await page.locator('h2 a').first().click();
      await page.locator('.tools button').first().click();
      await page.locator('textarea').waitFor();
    },
  ],
  [
    'remind',
    '/scene.html?as=secretariat#/board',
    async (page) => {
      await page.locator('h2 a').first().click();
      await page.locator('footer section button').last().click();
      await page.getByRole('dialog').locator('blockquote').waitFor();
    },
  ],
  ['invite', '/scene.html?as=secretariat#/directory', (page) => page.locator('main .top button').click()],
  [
    'invite-review',
    '/scene.html?as=secretariat#/directory',
    async (page) => {
      await page.locator('main .top button').click();
      await invite(page);
    },
  ],
  [
    'invite-link',
    '/scene.html?as=secretariat#/directory',
    async (page) => {
      await page.locator('main .top button').click();
      await invite(page);
      await page.locator('.guide .acts button').first().click();
      await page.locator('.guide .code').waitFor();
    },
  ],
  [
    'confirm',
    '/scene.html?as=alba#/directory',
    async (page) => {
      await page.locator('.person .acts button.secondary').first().click();
      await page.locator('.guide ol li').first().waitFor();
    },
  ],
  ['paused-own', '/scene.html?as=alba&paused=1', (page) => page.locator('.home .banner.attention').first().waitFor()],
  ['paused-directory', '/scene.html?as=irene&paused=1#/directory', (page) => paused(page).scrollIntoViewIfNeeded()],
  [
    'paused-confirm',
    '/scene.html?as=irene&paused=1#/directory',
    async (page) => {
      await paused(page).locator('.acts button.secondary').click();
      await page.locator('.guide ol li').first().waitFor();
    },
  ],
  [
    'remove',
    '/scene.html?as=alba#/directory',
    async (page) => {
      await page
        .getByRole('button', { name: /^(Dar de baja|Cancelar acesso|Remove access)$/ })
        .first()
        .click();
      await page.locator('.guide .acts button').first().click();
      await page.locator('.guide .last').waitFor();
    },
  ],
  [
    'relieve',
    '/scene.html?as=alba#/directory',
    async (page) => {
      await page
        .getByRole('button', { name: /^(Relevar|Substituir|Hand over)$/ })
        .first()
        .click();
      await page.locator('.guide h1').waitFor();
    },
  ],
  [
    'search',
    '/scene.html#/search',
    async (page) => {
      await page.locator('main input').fill('orden');
      await page.locator('.search li').first().waitFor();
    },
  ],
  ['offline', '/scene.html?wrong=offline'],
  ['asleep', '/scene.html?wrong=asleep'],
  ['slow-line', '/scene.html?wrong=slow'],
  ['clock', '/scene.html?wrong=clock'],
  ['disk-full', '/scene.html?stage=full'],
  [
    'alarms',
    '/scene.html?wrong=1',
    async (page) => {
      await page.locator('.wrong button[aria-expanded]').click();
      await page.locator('.wrong li').first().waitFor();
      const saving = page.waitForEvent('download');
      await page.locator('.wrong li button').first().click();
      if (!(await saving).suggestedFilename().endsWith('.evidence')) throw new Error('no file of evidence');
    },
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
  [
    'hostile-document-view',
    `/scene.html?hostile=1#/documents/${channel}/${document}`,
    async (page) => {
      await page.locator('article ol > li').first().waitFor();
      await page.locator('article ol button[aria-expanded]').first().click();
    },
  ],
  [
    'hostile-document-pdf',
    `/scene.html?hostile=1#/documents/${channel}/${pdf}`,
    async (page) => {
      const asked = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      page.on('dialog', () => asked.push('a dialog'));
      await shown(page, 'javascript:hit=1');
      await page.locator('.page').click();
      await page.locator('.paper').press('Enter');
      await page.waitForTimeout(300);
      const strange = asked.filter((path) => !/^\/assets\/[\w.-]+\.(js|css|wasm)$/.test(path));
      if (
        strange.length > 0 ||
        page
          .context()
          .pages()
          .some((one) => one.url().includes('example.org'))
      )
        throw new Error(`a PDF asked for ${strange.join(' ')}`);
    },
  ],
  [
    'hostile-documents',
    `/scene.html?hostile=1#/documents/${channel}`,
    (page) => page.locator('.list li').first().waitFor(),
  ],
  [
    'hostile-import',
    '/scene.html#/calendar',
    async (page) => {
      await page.locator('input[type=file]').setInputFiles(hostileCalendar());
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'hostile-search',
    '/scene.html?hostile=1#/search',
    async (page) => {
      await page.locator('main input').fill('javascript');
      await page.locator('.search p').last().waitFor();
    },
  ],
  [
    'hostile-alarm',
    '/scene.html?hostile=1&wrong=1',
    async (page) => {
      await page.locator('.wrong button[aria-expanded]').click();
      await page.locator('.wrong li').first().waitFor();
    },
  ],
  ['hostile-directory', '/scene.html?hostile=1#/directory'],
  ['hostile-settings', '/scene.html?hostile=1#/settings'],
  ...officeScreens,
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
// Every screen in Spanish on both sizes, and in one more look, so that over the run every language, scheme and size
// comes many times; ALL=1 takes each screen through all of them.
const always = [
  ['es', 'light', 'desktop'],
  ['es', 'light', 'phone'],
];
const inTurn = [
  ['pt', 'dark', 'phone'],
  ['en', 'dark', 'desktop'],
  ['es', 'dark', 'phone'],
  ['pt', 'light', 'desktop'],
  ['en', 'light', 'phone'],
  ['es', 'dark', 'desktop'],
  ['en', 'dark', 'phone'],
  ['pt', 'dark', 'desktop'],
  ['en', 'light', 'desktop'],
  ['pt', 'light', 'phone'],
];
const looks = [...always, ...inTurn];
const isHere = (look, index) => always.includes(look) || process.env.ALL || inTurn[index % inTurn.length] === look;
async function through(look) {
  const [language, scheme, size] = look;
  const viewport = sizes[size];
  const context = await chromium.newContext({
    viewport,
    colorScheme: scheme,
    timezoneId: 'America/Argentina/Buenos_Aires',
    locale: { es: 'es-AR', pt: 'pt-BR', en: 'en-GB' }[language],
    reducedMotion: 'reduce',
  });
  await context.addInitScript((wanted) => {
    localStorage.setItem('encuentro.language', wanted);
    delete window.showSaveFilePicker; // the system's own window, where nobody answers
  }, language);
  for (const [index, [name, path, act]] of screens.entries()) {
    if (!isHere(look, index) || !only.test(name)) continue;
    const page = await context.newPage();
    const wrong = complaints(page);
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== origin)
        wrong.push(`asked another origin: ${request.url()}`);
    });
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
        writeFileSync(
          `${shots}/${name}-${size}${scheme === 'dark' ? '-dark' : ''}.png`,
          smallPng(await page.screenshot()),
        );
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
