import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isKey, type Key, languages, learn, phrase, preferred } from '../src/words/catalogue.ts';

const root = new URL('../src/', import.meta.url);
const [es, pt, en] = [await learn('es'), await learn('pt'), await learn('en')];
const catalogues = { es, pt, en };
const keys = Object.keys(catalogues.es) as Key[];
const texts = (language: (typeof languages)[number]) =>
  keys.flatMap((key) => {
    const entry = catalogues[language][key];
    return (typeof entry === 'string' ? [entry] : [entry.one, entry.other]).map((text) => [key, text] as const);
  });
const sources = (readdirSync(root, { recursive: true }) as string[])
  .filter((name) => /\.(svelte|ts)$/.test(name) && !/^(design\/Kit|scene\/)/.test(name))
  .map((name) => [name, readFileSync(new URL(name, root), 'utf8')] as const);

test('the three catalogues have the same keys, the same forms and the same gaps', () => {
  for (const language of languages) {
    assert.deepEqual(Object.keys(catalogues[language]), keys, language);
    for (const key of keys) {
      const [mine, master] = [catalogues[language][key], catalogues.es[key]];
      assert.equal(typeof mine, typeof master, `${language} ${key}`);
      const forms = typeof mine === 'string' ? [mine] : [mine.one, mine.other];
      const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
      const wanted = gaps(typeof master === 'string' ? master : master.other);
      for (const form of forms) {
        assert.notEqual(form.trim(), '', `${language} ${key} is empty`);
        assert.deepEqual(gaps(form), wanted, `${language} ${key}`);
      }
    }
  }
});

test('a text that counts has its plural forms', () => {
  assert.equal(phrase('es', 'board.ack.count', { n: 1 }), '1 país acusó recibo');
  assert.equal(phrase('pt', 'board.ack.count', { n: 2 }), '2 países confirmaram');
  assert.equal(phrase('en', 'board.ack.count', { n: 0 }), '0 countries acknowledged');
});

test('no word that the glossary keeps off the screens', () => {
  const words = [
    'vot(ar|o|os|ación|ação|e|ing)',
    'delegad[oa]s?',
    'reservad[oa]s?',
    'confidencia(l|is|les)',
    'secret[oa]s?',
    'sigilos[oa]s?',
    'escaños?',
    'MLS',
    'epoch',
    'época',
    'claves? públicas?',
    'chaves? públicas?',
    'public keys?',
  ];
  const never = new RegExp(`\\b(${words.join('|')})\\b`, 'i');
  for (const language of languages) {
    for (const [key, text] of texts(language)) assert.doesNotMatch(text, never, `${language} ${key}`);
  }
});

test('Spanish says usted', () => {
  const informal = /\b(tú|tu|tus|puedes|tienes|quieres|escribe tu|haz|vos|podés)\b/i;
  for (const [key, text] of texts('es')) assert.doesNotMatch(text, informal, key);
});

test('every key is used, and every key that is used exists', () => {
  const all = sources.map(([, text]) => text).join('\n');
  // Some keys are put together at run time: prefix and the name of a role, status, code, ...
  const words = 'computer|error|hint|role|status|standing|kind|session|language|nav';
  const built = new RegExp(`^(${words}|settings\\.devices\\.kind|settings\\.look|copy\\.initiative)\\.`);
  for (const key of keys) {
    assert.ok(built.test(key) || all.includes(`'${key}'`), `nobody says ${key}`);
  }
  for (const [name, text] of sources) {
    for (const [, key] of text.matchAll(/\bt\('([\w.]+)'/g)) assert.ok(isKey(key as string), `${name}: ${key}`);
  }
});

test('the first language of the browser that we speak', () => {
  assert.equal(preferred(['fr', 'pt-BR', 'es']), 'pt');
  assert.equal(preferred(['de']), 'es');
});
