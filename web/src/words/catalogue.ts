// What the screens say, in three languages with the same keys; each is fetched when it is first wanted. Pure, so that
// it can be tested without a page.
import type es from './es.json';

export type Language = 'es' | 'pt' | 'en';
export const languages: readonly Language[] = ['es', 'pt', 'en'];

export type Key = keyof typeof es;
export type Plural = { one: string; other: string };
export type Catalogue = Record<Key, string | Plural>;
export type Values = Record<string, string | number>;

const sources: Record<Language, () => Promise<{ default: Catalogue }>> = {
  es: () => import('./es.json', { with: { type: 'json' } }),
  pt: () => import('./pt.json', { with: { type: 'json' } }),
  en: () => import('./en.json', { with: { type: 'json' } }),
};
const learned: Partial<Record<Language, Catalogue>> = {};

// Before the first word of a language is said.
export async function learn(language: Language): Promise<Catalogue> {
  return (learned[language] ??= (await sources[language]()).default);
}

// The language of the texts as Intl and the `lang` attribute know it.
export const locales: Record<Language, string> = { es: 'es', pt: 'pt-BR', en: 'en-GB' };

const plurals = Object.fromEntries(
  languages.map((language) => [language, new Intl.PluralRules(locales[language])]),
) as Record<Language, Intl.PluralRules>;

// `{name}` in a text is replaced by the value of that name; the plural form follows the value `n`.
export function phrase(language: Language, key: Key, values: Values = {}): string {
  const entry = learned[language]?.[key];
  if (entry === undefined) throw new Error(`nobody learned ${language}`);
  const number = values['n'];
  const text =
    typeof entry === 'string'
      ? entry
      : entry[typeof number === 'number' && plurals[language].select(number) === 'one' ? 'one' : 'other'];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(locales[language]) : value;
  });
}

export function isKey(text: string): text is Key {
  return Object.values(learned).some((catalogue) => Object.hasOwn(catalogue, text));
}

// The first of the browser's languages that we speak; Spanish where there is none.
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find((language) => tag.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return 'es';
}
