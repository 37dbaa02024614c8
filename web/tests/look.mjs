// Serves a built folder with the headers the real server sends, and opens Chromium on it: used by the tests that look
// at the pages. Anything a page complains of is a failure.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

const kinds = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};
// As server/net/response.cpp has it.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html enc-worker dompurify',
].join('; ');

export function serve(folder) {
  const server = createServer((request, response) => {
    const file = join(folder, new URL(request.url, 'http://x').pathname);
    response.setHeader('Content-Security-Policy', policy);
    if (!existsSync(file) || file.endsWith('/')) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': kinds[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
  });
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done({ server, origin: `http://127.0.0.1:${server.address().port}` })),
  );
}

export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// Everything the page complains of, from its first byte on. `expected` says which lines are part of the test.
export function complaints(page, expected = () => false) {
  const list = [];
  const add = (text) => {
    if (!expected(text)) list.push(text);
  };
  page.on('pageerror', (error) => add(`pageerror: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') add(`console: ${message.text()}`);
  });
  return list;
}

const axeSource = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// axe goes in through the debugger, which the page's CSP does not touch; by `own` where the caller has a session whose
// authenticators would end with this one.
export async function violations(page, own) {
  const session = own ?? (await page.context().newCDPSession(page));
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  };
  await evaluate(axeSource);
  const found = await evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(standards)} }).then(({ violations }) => violations.map((v) =>
      v.id + ': ' + v.nodes.map((n) =>
        n.target.join(' ') + ' ' + n.failureSummary.replace(/\\s+/g, ' ')).join(' | ')))`,
  );
  if (!own) await session.detach();
  return found;
}

// One picture of the page in each size; it is left in the first of them.
export async function pictures(page, path, sizes) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await page.waitForTimeout(150); // the layout of the other size
    await page.screenshot({ path: `${path}-${size}.png` });
  }
  await page.setViewportSize(Object.values(sizes)[0]);
}
