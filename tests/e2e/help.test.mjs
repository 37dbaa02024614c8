// Help as a person asks for it: every verb of the command, in every language, by the real program. A verb or option
// without a sentence stops the program (client/cli/help.h), and each sentence of the catalogues is somebody's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bin, run } from './harness.mjs';

const languages = ['es', 'pt', 'en'];
const catalogueOf = (language) =>
  JSON.parse(readFileSync(new URL(`../../client/cli/catalogue/${language}.json`, import.meta.url), 'utf8'));
async function helpOf(path, language) {
  const { code, stdout } = await run(`${bin}/encuentro`, [...path, '--lang', language, '--help']);
  assert.equal(code, 0, path.join(' '));
  return stdout;
}

function verbsIn(text, heading) {
  const [, below = ''] = text.split(`\n${heading}:\n`);
  return [...below.matchAll(/^ {2}([a-z-]+)\b/gm)].map(([, verb]) => verb);
}

async function everyHelp(language) {
  const { 'help.verbs': heading } = catalogueOf(language);
  const found = new Map();
  let level = [[]];
  while (level.length > 0) {
    const texts = await Promise.all(level.map((path) => helpOf(path, language)));
    const below = level.flatMap((path, index) => verbsIn(texts[index], heading).map((verb) => [...path, verb]));
    level.forEach((path, index) => found.set(path.join(' '), texts[index]));
    level = below;
  }
  return found;
}

const helps = Object.fromEntries(
  await Promise.all(languages.map(async (language) => [language, await everyHelp(language)])),
);

test('every verb explains itself, the same verbs in every language', () => {
  const verbs = [...helps.es.keys()];
  assert.ok(verbs.includes('channel create') && verbs.includes('ui') && verbs.length > 80, `${verbs.length} verbs`);
  for (const language of languages) assert.deepEqual([...helps[language].keys()], verbs);
});

test(`in the language asked for: each sentence of the catalogue is shown, and none of the library's own`, () => {
  for (const language of languages) {
    const all = [...helps[language].values()].join('\n').replaceAll(/\n {10,}/g, ' '); // long ones are wrapped
    const sentences = Object.entries(catalogueOf(language)).filter(
      ([key]) => /^help\b/.test(key) && !/^help\.(needs|excludes)$/.test(key),
    );
    assert.ok(sentences.length > 200);
    for (const [key, text] of sentences) assert.ok(all.includes(text), `${language} ${key}: ${text}`);
    assert.doesNotMatch(all, /REQUIRED|Excludes:|Needs:|following options|UINT|FLOAT|Print this help/);
  }
});

test('no line is wider than a screen of 100', () => {
  for (const language of languages) {
    for (const [verb, text] of helps[language]) {
      for (const line of text.split('\n')) assert.ok([...line].length <= 100, `${language} ${verb}: ${line}`);
    }
  }
});
