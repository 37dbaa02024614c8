// split.mjs WHOLE.wasm LATER.txt FIRST.wasm LATER.wasm: makes two modules of one. LATER.txt holds the marks of the
// functions that a first visit doesn't call (web/tests/first_visit.mjs writes it); a mark of no function here says
// nothing, so that a changed function only comes with the first module again. wasm-split is binaryen's: the first
// module calls the functions of the second through its table, where they stand once the second has been made.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionNames, markOf } from './function_names.mjs';

const [whole, list, first, later] = process.argv.slice(2);
if (!later) {
  console.error('usage: split.mjs WHOLE.wasm LATER.txt FIRST.wasm LATER.wasm');
  process.exit(2);
}
const marks = new Set(
  readFileSync(list, 'utf8')
    .match(/^[0-9a-f].*$/gm)
    ?.join(' ')
    .split(' '),
);
const names = functionNames(readFileSync(whole)).filter((name) => name && marks.has(markOf(name)));
if (names.length === 0) {
  console.error(`split: ${list} marks no function of ${whole}: count a first visit anew (web/tests/first_visit.mjs)`);
  process.exit(1);
}
// As binaryen calls them: what can't stand in a name of WebAssembly's text format is written in hexadecimal.
const escaped = (name) =>
  name.replace(/[^\w!#$%&'*+\-./:<=>?@^`|~]/g, (byte) => `\\${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
const folder = mkdtempSync(join(tmpdir(), 'encuentro-split-'));
const at = (name) => join(folder, name);
try {
  writeFileSync(at('names'), names.map(escaped).join('\n'));
  execFileSync('wasm-split', [
    whole,
    `--split-funcs=@${at('names')}`,
    '-o1',
    at('first'),
    '-o2',
    at('later'),
    '--export-prefix=~',
  ]);
  for (const [from, to] of [
    [at('first'), first],
    [at('later'), later],
  ])
    execFileSync('wasm-opt', ['-Oz', from, '-o', to]);
} finally {
  rmSync(folder, { recursive: true });
}
