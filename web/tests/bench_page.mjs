// What the page costs with much in it, in Chromium against the real server: `npm run bench`. A core under node writes
// 10,000 messages into each of two channels; then somebody comes in by the page, catches up, leaves and comes again,
// reads, and sends a file. Nothing is judged: figures for docs/PERFORMANCE.md. The machine should have nothing else to
// do.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the server's certificate is its own; the page accepts it the same way
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browsers, wait } from './real_browsers.mjs';
import { corePerson } from './core_person.mjs';

const long = { timeout: 600_000 };
const messages = Number(process.env.MESSAGES ?? 10_000);
const bytes = Number(process.env.BYTES ?? 256 * 1024 * 1024);
const { space, config, args, somebody, comeIn, end } = await browsers();
const founder = space.person('fundadora');
const lucia = await somebody('America/Argentina/Buenos_Aires');
const { page, button } = lucia;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const worst = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)];
const print = (what, value, unit) => console.log(`${what.padEnd(60)} ${value.toFixed(1).padStart(9)} ${unit}`);
let started = 0;
const from = () => (started = performance.now());
const ms = () => performance.now() - started;

// Of the process that draws the page and runs its workers.
async function rendererMb() {
  const session = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(readFileSync(`/proc/${id}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024);
  return Math.max(...sizes);
}

async function twoChannels() {
  const as = ['--role', 'secretariat', '--name', 'Quien escribe'];
  const writer = await corePerson(await founder.do('invite', ...as));
  const channels = [];
  for (const title of ['Canal uno', 'Canal dos']) {
    const create = { is: 'CreateChannel', title, kind: 3, history: 1, self_join: false, countries: ['AR'], roles: [] };
    channels.push((await writer.run({ ...create, members: [] })).channel);
  }
  from();
  for (const channel of channels) {
    const send = (body) => writer.run({ is: 'Send', channel, body, reply_to: undefined, mentions: [], files: [] });
    for (let number = 0; number < messages; ) {
      const count = Math.min(100, messages - number);
      await Promise.all(Array.from({ length: count }, () => send(`${++number}: ${'texto '.repeat(20)}`)));
    }
  }
  print(`written by a core under node, ${2 * messages} messages, each`, ms() / (2 * messages), 'ms');
  return { writer, channels };
}

async function firstVisit() {
  const given = await founder.do('invite', '--role', 'focal-point', '--country', 'AR', '--name', 'Lucía Ferro');
  from();
  await page.goto(given.link);
  await page.getByLabel('Código de ocho cifras').waitFor(wait);
  print('first visit: until the code can be typed', ms(), 'ms');
  const words = await comeIn(lucia, given);
  await page.getByText('Conectado', { exact: true }).waitFor(wait);
  print('the renderer with an empty space', await rendererMb(), 'MB');
  const { member } = (await founder.all('roster')).find(({ name }) => name === 'Lucía Ferro');
  return { words, member };
}

async function catchUp({ writer, channels }, member) {
  from();
  for (const channel of channels) await writer.run({ is: 'AddToChannel', channel, member });
  await page.getByRole('link', { name: 'Canales' }).first().click();
  for (const title of ['Canal uno', 'Canal dos']) {
    await page.getByRole('link', { name: new RegExp(`${title}.*${messages}:`, 's') }).waitFor(long);
  }
  print(`caught up with ${2 * messages} records of others, each`, ms() / (2 * messages), 'ms');
  print(`the renderer with ${2 * messages} records`, await rendererMb(), 'MB');
}

async function laterVisit(words) {
  from();
  await page.reload();
  await page.getByLabel('Frase de acceso').waitFor(wait);
  print('later visit: until the passphrase can be typed', ms(), 'ms');
  await page.getByLabel('Frase de acceso').fill(words.join(' '));
  from();
  await button('Abrir').click();
  await page.getByRole('navigation').first().waitFor(long);
  print(`later visit: from there to Home, with ${2 * messages} records`, ms(), 'ms');
  await page.getByText('Conectado', { exact: true }).waitFor(long);
  print('the renderer, opened again', await rendererMb(), 'MB');
}

// Between two pictures, while the wheel turns.
async function frames(turns, deltaY) {
  await page.evaluate(() => {
    const times = (window.pictureTimes = []);
    let last = performance.now();
    const next = (now) => {
      times.push(now - last);
      last = now;
      if (window.pictureTimes === times) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  for (let turn = 0; turn < turns; turn++) await page.mouse.wheel(0, deltaY);
  return page.evaluate(() => {
    const times = window.pictureTimes.slice(1);
    window.pictureTimes = undefined;
    return times;
  });
}

async function read() {
  from();
  await lucia.talk('Canal uno');
  await page.getByText(`${messages}: texto`).first().waitFor(long);
  print(`a channel of ${messages} messages opened`, ms(), 'ms');
  await page.locator('article').last().hover();
  const pressed = [];
  const scrolled = [];
  for (let depth = 0; depth < 40; depth++) {
    scrolled.push(...(await frames(30, -400)));
    const earlier = button('Ver mensajes anteriores');
    if ((await earlier.count()) === 0) break;
    const top = await page.locator('article').first().innerText();
    from();
    await earlier.click();
    await page.waitForFunction((was) => document.querySelector('article')?.innerText !== was, top, long);
    pressed.push(ms());
  }
  print('scrolling up: between two pictures, median', median(scrolled), 'ms');
  print('scrolling up: between two pictures, 99 of 100 within', worst(scrolled), 'ms');
  print(`earlier messages, ${pressed.length} times: median`, median(pressed), 'ms');
  print('earlier messages: 99 of 100 within', worst(pressed), 'ms');
}

async function send() {
  const file = join(space.folder, 'archivo.bin');
  writeFileSync(file, Buffer.alloc(bytes, 7));
  await lucia.section('Documentos');
  await page.getByLabel('Canal', { exact: true }).selectOption({ label: 'Canal uno' }, wait);
  from();
  await page.getByLabel('Subir archivos').setInputFiles(file);
  await page.getByRole('link', { name: 'archivo.bin' }).waitFor(long);
  print(`a file of ${bytes / 1024 / 1024} MB: hashed, sealed, sent, stored`, bytes / 1e3 / ms(), 'MB/s');
}

try {
  // Nobody writes 20,000 messages in a minute.
  appendFileSync(config, 'messages-per-second = 100000\nmessages-burst = 100000\n');
  await space.start({ args });
  const where = ['--server', space.url, '--spki', space.spki];
  await founder.do('network', 'found', ...where, '--name', 'Red de medida', '--member', 'Elena Prado');
  await founder.do('country', 'add', 'AR', '--name', 'Argentina', '--status', 'member');
  const written = await twoChannels();
  const { words, member } = await firstVisit();
  await catchUp(written, member);
  await laterVisit(words);
  await read();
  await send();
  written.writer.end();
} finally {
  await end();
}
