// What a first visit costs, compressed: the built page with core and fonts, and the core alone.
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../dist/', import.meta.url);
const kilobytes = (names: string[]) =>
  names.reduce((sum, name) => sum + statSync(new URL(name, folder)).size, 0) / 1024;
const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => /\.(br|woff2)$/.test(name));

test('the core in WebAssembly: at most 180 KB', () => {
  const size = kilobytes(files.filter((name) => name.endsWith('.wasm.br')));
  console.log(`core: ${size.toFixed(1)} KB`);
  assert.ok(size > 0 && size <= 180);
});

test('a first visit, all of it: at most 300 KB', () => {
  const size = kilobytes(files);
  console.log(`first visit: ${size.toFixed(1)} KB`);
  assert.ok(size <= 300);
});
