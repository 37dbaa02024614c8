// No text stands in a component: what people read comes from the catalogues.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'svelte/compiler';

const root = new URL('../src/', import.meta.url);
const spoken = new Set(['label', 'title', 'text', 'hint', 'error', 'placeholder', 'alt', 'aria-label', 'closeLabel']);
const letters = /\p{L}{2,}/u;

function findings(source: string): string[] {
  const found: string[] = [];
  const walk = (node: unknown, attribute?: string): void => {
    if (Array.isArray(node)) return node.forEach((child) => walk(child, attribute));
    if (typeof node !== 'object' || node === null) return;
    const { type, name, data } = node as { type?: string; name?: string; data?: string };
    if (type === 'Text' && letters.test(data ?? '') && (attribute === undefined || spoken.has(attribute))) {
      found.push(data as string);
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'metadata') continue;
      walk(child, type === 'Attribute' ? name : attribute);
    }
  };
  walk(parse(source, { modern: true }).fragment);
  return found;
}

test('the check sees text and spoken attributes, and nothing else', () => {
  assert.deepEqual(findings('<p class="row">Hola</p>'), ['Hola']);
  assert.deepEqual(findings('<Button label="Cerrar" icon="close" />'), ['Cerrar']);
  assert.deepEqual(findings("<p>{t('act.close')}</p>"), []);
});

for (const name of readdirSync(root, { recursive: true }) as string[]) {
  if (!name.endsWith('.svelte') || name === 'design/Kit.svelte') continue;
  test(`no text in ${name}`, () => {
    assert.deepEqual(findings(readFileSync(new URL(name, root), 'utf8')), []);
  });
}
