// What a visit costs, compressed, as it was built: up to Home, of it the core, and everything that is fetched behind
// it. The goal of a first visit is 300 KB; budget.test.ts holds what was reached.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { all, core, kilobytes, toHome } from './sizes.ts';

const goal = 300;

test('a first visit up to Home', () => {
  const names = toHome();
  const size = kilobytes(names);
  const files = `in ${names.size} files, of it the core ${core().toFixed(1)}`;
  console.log(`to Home: ${size.toFixed(1)} KB ${files} (the goal: ${goal})`);
  assert.ok(size <= goal, `${size} KB, at most ${goal}`);
});

test('everything: all screens, all languages', () => {
  const size = kilobytes(all);
  console.log(`all: ${size.toFixed(1)} KB`);
  assert.ok(size > kilobytes(toHome()));
});
