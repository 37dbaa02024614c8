import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meant, mentioned, nameBegun } from '../src/space/mentions.ts';
import type { Person } from '../src/wire/views.ts';

const person = (name: string) => ({ name, member: name.toLowerCase() }) as Person;
const people = ['Alba Invierno', 'Rocío Salas', 'Rocío Salas Mar', 'Rui Tavares'].map(person);

test('a name is begun after an @ that begins a word, up to the caret', () => {
  assert.deepEqual(nameBegun('Hola @ro', 8), { from: 5, name: 'ro' });
  assert.deepEqual(nameBegun('@', 1), { from: 0, name: '' });
  assert.deepEqual(nameBegun('(@Rocío Sa', 10), { from: 1, name: 'Rocío Sa' });
  assert.deepEqual(nameBegun('@Rocío Sa y', 9), { from: 0, name: 'Rocío Sa' });
  assert.equal(nameBegun('a@example.org', 9), undefined);
  assert.equal(nameBegun('@Alba, sigo', 9), undefined);
});

test('who is meant: by any word of the name, without accents or case', () => {
  assert.deepEqual(
    meant(people, 'ROCIO').map(({ name }) => name),
    ['Rocío Salas', 'Rocío Salas Mar'],
  );
  assert.deepEqual(
    meant(people, 'tav').map(({ name }) => name),
    ['Rui Tavares'],
  );
  assert.equal(meant(people, '').length, 4);
  assert.deepEqual(meant(people, 'xyz'), []);
});

test('who stands in the text is mentioned, and nobody for another', () => {
  assert.deepEqual(mentioned('@Rocío Salas Mar y @Alba Invierno', people), ['rocío salas mar', 'alba invierno']);
  assert.deepEqual(mentioned('@Rocío Salas, gracias', people), ['rocío salas']);
  assert.deepEqual(mentioned('Rui Tavares sin arroba', people), []);
});
