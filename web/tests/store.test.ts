// Rows of a computer that others use too: the same promises as those on disk, and nothing left behind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fleeting } from '../src/edge/store.ts';

const row = (name: number, value: number) => ({ name: Uint8Array.of(name), value: Uint8Array.of(value) });

test('rows are put, replaced and erased; what is kept is a copy', async () => {
  const store = new Fleeting();
  assert.equal(await store.isEmpty(), true);
  const first = row(1, 10);
  await store.apply({ puts: [first, row(2, 20)], erases: [] });
  first.value[0] = 99;
  assert.deepEqual(await store.all(), [row(1, 10), row(2, 20)]);
  await store.apply({ puts: [row(1, 11)], erases: [Uint8Array.of(2)] });
  assert.deepEqual(await store.all(), [row(1, 11)]);
  assert.equal(await store.isEmpty(), false);
  await store.empty();
  assert.equal(await store.isEmpty(), true);
});
