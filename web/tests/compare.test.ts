// Two versions of a text beside each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, differs, type Part, type Row } from '../src/space/compare.ts';

const said = (parts: Part[] | undefined) => parts?.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');
const shown = (rows: Row[]) =>
  rows.map((row) =>
    row.kind === 'left_out' ? `… ${row.lines}` : `${said(row.before) ?? '-'} | ${said(row.after) ?? '-'}`,
  );

test('a changed word is marked on both sides, a line that came or went stands alone', () => {
  const before = 'Artículo 1\nLas Partes podrán acreditar tres personas.\nFin\n';
  const after = 'Artículo 1\nLas Partes deberán acreditar tres personas.\nOtra línea distinta\nFin';
  assert.deepEqual(shown(compare(before, after)), [
    'Artículo 1 | Artículo 1',
    'Las Partes [podrán] acreditar tres personas. | Las Partes [deberán] acreditar tres personas.',
    '- | [Otra línea distinta]',
    'Fin | Fin',
  ]);
  assert.deepEqual(shown(compare('a\nb\nc', 'a\nc')), ['a | a', '[b] | -', 'c | c']);
  assert.deepEqual(shown(compare('uno dos', 'tres cuatro')), ['[uno dos] | -', '- | [tres cuatro]']);
});

test('what is the same far from a change is left out and counted', () => {
  const lines = Array.from({ length: 12 }, (_, index) => `línea ${index}`);
  const rows = compare(lines.join('\n'), [...lines.slice(0, 11), 'línea 12'].join('\r\n'));
  assert.deepEqual(shown(rows), ['… 9', 'línea 9 | línea 9', 'línea 10 | línea 10', 'línea [11] | línea [12]']);
  assert.ok(differs(rows));
  assert.ok(!differs(compare('a\r\nb\n', 'a\nb')));
});

test('either side comes out whole, whatever the texts', () => {
  let seed = 7;
  const next = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 300; round++) {
    const text = () => Array.from({ length: next(9) }, () => 'abc'[next(3)]).join('\n');
    const [before, after] = [text(), text()];
    const rows = compare(before, after);
    const side = (of: 'before' | 'after') =>
      rows.flatMap((row) => (row.kind === 'left_out' ? [] : row[of] ? [row[of].map(({ text }) => text).join('')] : []));
    if (rows.some(({ kind }) => kind === 'left_out')) continue;
    assert.deepEqual(side('before'), before.split('\n'));
    assert.deepEqual(side('after'), after.split('\n'));
  }
});

test('a text of many lines that has nothing in common with the other takes no long time', () => {
  const of = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index} ${word}`).join('\n');
  const begun = Date.now();
  assert.ok(differs(compare(of('a'), of('b'))));
  assert.ok(Date.now() - begun < 20_000);
});
