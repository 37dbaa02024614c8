import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressees, mailto, reminder } from '../src/space/remind.ts';
import { goesInside } from '../src/space/attach.ts';
import type { Person } from '../src/wire/views.ts';

const point = (country: string, email: string, role = 2) => ({ country, email, role }) as Person;
const people = [
  point('XA', 'alba@example.org'),
  point('XA', 'alba@example.org'),
  point('XB', ''),
  point('XB', 'otro@example.org', 3),
  point('XC', 'c@example.org'),
];

test('those of the missing countries who have an address, each once; who has none is named', () => {
  assert.deepEqual(addressees(people, ['XA', 'XB']), { addresses: ['alba@example.org'], without: ['XB'] });
  const forged = addressees([point('XA', 'a@example.org,otro@example.org')], ['XA']);
  assert.deepEqual(forged, { addresses: [], without: ['XA'] });
});

test('one text in three languages that names nothing; blind copies; a long list opens no mail program', async () => {
  const letter = await reminder();
  assert.match(letter.text, /Hay novedades[\s\S]*Há novidades[\s\S]*There is news/);
  const address = new URL(mailto(['a@example.org', 'b@example.org'], letter) as string);
  assert.equal(address.protocol, 'mailto:');
  assert.equal(address.pathname, '');
  assert.deepEqual([...address.searchParams.keys()], ['bcc', 'subject', 'body']);
  assert.equal(address.searchParams.get('bcc'), 'a@example.org,b@example.org');
  const many = Array.from({ length: 60 }, (_, n) => `persona.con.nombre.largo.${n}@ministerio.example.org`);
  assert.equal(mailto(many, letter), undefined);
});

test('small files lie inside an item as long as there is room, the others among the documents', () => {
  const kb = 1024;
  assert.deepEqual(goesInside([{ size: 16 * kb }, { size: 16 * kb + 1 }, { size: 12 * kb }]), [true, false, true]);
  assert.deepEqual(goesInside([{ size: 16 * kb }, { size: 16 * kb }, { size: 1 }]), [true, true, false]);
});
