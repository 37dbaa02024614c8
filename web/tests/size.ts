// What a visit costs, compressed, as it was built: up to Home, and everything that is fetched behind it. The goal of a
// first visit is 300 KB, of it 180 for the core.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../dist/', import.meta.url);
const goals = { core: 180, home: 300 };

const kilobytes = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => {
    const compressed = new URL(`${name}.br`, folder);
    return sum + statSync(existsSync(compressed) ? compressed : new URL(name, folder)).size;
  }, 0) / 1024;
const all = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
  /\.(html|js|css|svg|wasm|woff2)$/.test(name),
);

// index.html, what it names, what those import at once; the worker and its core; one language; the fonts.
function toHome(): Set<string> {
  const names = new Set(['index.html', 'mark.svg']);
  const add = (name: string) => {
    if (names.has(name)) return;
    names.add(name);
    if (!name.endsWith('.js')) return;
    const text = readFileSync(new URL(name, folder), 'utf8');
    for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) add(`assets/${imported}`);
  };
  const page = readFileSync(new URL('index.html', folder), 'utf8');
  for (const [, name] of page.matchAll(/(?:src|href)="\/([^"]+)"/g)) add(name as string);
  for (const name of all) if (/assets\/(worker|es)-.*\.js$|_core-.*\.wasm$|\.woff2$/.test(name)) add(name);
  return names;
}

test('the core in WebAssembly', () => {
  const size = kilobytes(all.filter((name) => /_core-.*\.wasm$/.test(name)));
  console.log(`core: ${size.toFixed(1)} KB`);
  assert.ok(size > 0 && size <= goals.core, `${size} KB, at most ${goals.core}`);
});

test('a first visit up to Home', () => {
  const names = toHome();
  assert.ok([...names].some((name) => name.endsWith('.css')) && [...names].some((name) => /\/es-/.test(name)));
  const size = kilobytes(names);
  console.log(`to Home: ${size.toFixed(1)} KB in ${names.size} files (the goal: ${goals.home})`);
  assert.ok(size <= goals.home, `${size} KB, at most ${goals.home}`);
});

test('everything: all screens, all languages', () => {
  const size = kilobytes(all);
  console.log(`all: ${size.toFixed(1)} KB`);
  assert.ok(size > kilobytes(toHome()));
});
