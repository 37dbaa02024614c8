// The built page's files as they are fetched, compressed: what each part weighs, and what a first visit needs.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

const folder = new URL('../dist/', import.meta.url);
export const kilobytes = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => {
    const compressed = new URL(`${name}.br`, folder);
    return sum + statSync(existsSync(compressed) ? compressed : new URL(name, folder)).size;
  }, 0) / 1024;
export const all = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
  /\.(html|js|css|svg|wasm|woff2)$/.test(name),
);

// index.html, what it names, what those import at once and the styles name; the page up to Home, the worker, the core's
// first part, one language. What else a visit to Home fetches, the real run would see (real_four.mjs).
export function toHome(): Set<string> {
  const names = new Set(['index.html', 'mark.svg']);
  const add = (name: string) => {
    if (names.has(name)) return;
    names.add(name);
    if (!/\.(js|css)$/.test(name)) return;
    const text = readFileSync(new URL(name, folder), 'utf8');
    for (const [, named] of text.matchAll(/url\(\/?([^)]+)\)/g)) add((named as string).replace(/^\.\//, 'assets/'));
    for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) add(`assets/${imported}`);
  };
  const page = readFileSync(new URL('index.html', folder), 'utf8');
  for (const [, name] of page.matchAll(/(?:src|href)="\/([^"]+)"/g)) add(name as string);
  for (const name of all) if (/assets\/(page|worker|es)-.*\.(js|css)$|core_first-.*\.wasm$/.test(name)) add(name);
  assert.ok([...names].some((name) => name.endsWith('.css')) && [...names].some((name) => /\/es-/.test(name)));
  return names;
}

export const core = () => kilobytes(all.filter((name) => /core_first-.*\.wasm$/.test(name)));
