import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstLine } from '../src/design/first_line.ts';

test('a line in a list says the words and leaves the marks', () => {
  assert.equal(firstLine('Se convoca a la **reunión**.\n\n- Sede: Panamá\n'), 'Se convoca a la reunión. Sede: Panamá');
  assert.equal(firstLine('# Orden\n\n> 1. *Uno* y _dos_\n\n---\n`a`'), 'Orden Uno y dos a');
  assert.equal(firstLine('Véase [la página](https://ejemplo.org/a_b).'), 'Véase la página.');
  assert.equal(firstLine('| A | B |\n|---|---|\n| 1 | 2 |'), '| A | B | | 1 | 2 |');
});

test('what only looks like a mark stays', () => {
  assert.equal(firstLine('2 * 3 = 6, nombre_de_archivo, 5*4'), '2 * 3 = 6, nombre_de_archivo, 5*4');
  assert.equal(firstLine('<b>no</b> es HTML'), '<b>no</b> es HTML');
  assert.equal(firstLine('-5 grados'), '-5 grados');
});

test('a long text costs no more than its beginning', () => {
  const started = performance.now();
  assert.equal(firstLine(`${'[*_'.repeat(300_000)}`).length, 160);
  assert.equal(firstLine('a'.repeat(1_000_000)).length, 160);
  assert.ok(performance.now() - started < 1000);
});
