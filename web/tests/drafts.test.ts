// What is typed is kept, also when the profile can't be written for a while.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Port } from '../src/port/port.ts';
import { Drafts } from '../src/space/drafts.ts';

function kept(rows: Record<string, string> = {}) {
  const profile = new Map(Object.entries(rows));
  const state = { fails: false, writes: 0 };
  const port = {
    keepDraft: async (place: string, text: string) => {
      if (state.fails) throw new Error('disk full');
      state.writes++;
      if (text === '') profile.delete(place);
      else profile.set(place, text);
    },
    look: async () => [...profile].map(([place, text]) => ({ place, text })),
  } as unknown as Port;
  return { profile, state, drafts: new Drafts(port) };
}

test('what was kept is there; what is typed is written when the keys rest or the page is left', async () => {
  const { profile, state, drafts } = kept({ 'talk/1': 'Estimad' });
  await drafts.load();
  assert.equal(drafts.get('talk/1'), 'Estimad');
  drafts.set('talk/1', 'Estimada');
  drafts.set('talk/1', 'Estimadas');
  assert.equal(profile.get('talk/1'), 'Estimad');
  await drafts.flush();
  assert.deepEqual([profile.get('talk/1'), state.writes], ['Estimadas', 1]);
  drafts.set('talk/1', '');
  await drafts.flush();
  assert.equal(profile.size, 0);
});

test('what could not be written stays over a lock and wins over what the profile has', async () => {
  const { profile, state, drafts } = kept({ a: 'old', b: 'b' });
  await drafts.load();
  state.fails = true;
  drafts.set('a', 'new');
  await drafts.flush();
  drafts.forgetSaved();
  assert.deepEqual([drafts.get('a'), drafts.get('b')], ['new', '']);
  state.fails = false;
  await drafts.load();
  assert.deepEqual([drafts.get('a'), drafts.get('b'), profile.get('a')], ['new', 'b', 'new']);
});

test("what one could not keep is never another person's", async () => {
  const { profile, state, drafts } = kept({ a: 'old' });
  await drafts.load();
  state.fails = true;
  drafts.set('a', 'new');
  await drafts.flush();
  drafts.forget();
  profile.clear();
  state.fails = false;
  await drafts.load();
  await drafts.flush();
  assert.deepEqual([drafts.get('a'), profile.size], ['', 0]);
});

test('a form is kept as a whole; one of another version of the page is empty', async () => {
  const { drafts } = kept({ form: '{"title":"Orden del día","ask":true}', bad: 'no form' });
  await drafts.load();
  assert.deepEqual(drafts.form('form'), { title: 'Orden del día', ask: true });
  assert.deepEqual(drafts.form('bad'), {});
  drafts.setForm('form', undefined);
  assert.deepEqual(drafts.form('form'), {});
  await drafts.flush();
});
