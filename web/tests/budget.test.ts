// No visit becomes heavier unnoticed. These are what was reached, a little above; they only go down. The goals are in
// size.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { core, kilobytes, toHome } from './sizes.ts';

const budgets = { core: 195, home: 276 };

test('the core in WebAssembly stays within its budget', () => {
  assert.ok(core() > 0 && core() <= budgets.core, `${core().toFixed(1)} KB, at most ${budgets.core}`);
});

test('a first visit up to Home stays within its budget', () => {
  const size = kilobytes(toHome());
  assert.ok(size <= budgets.home, `${size.toFixed(1)} KB, at most ${budgets.home}`);
});
