// What the screens say, in three languages with the same keys. Pure, so that it can be tested without a page.
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import pt from './pt.json' with { type: 'json' };

export type Language = 'es' | 'pt' | 'en';
export const languages: readonly Language[] = ['es', 'pt', 'en'];

export type Key = keyof typeof es;
export type Plural = { one: string; other: string };
export type Catalogue = Record<Key, string | Plural>;
export type Values = Record<string, string | number>;

export const catalogues: Record<Language, Catalogue> = { es, pt, en };

// The language of the texts as Intl and the `lang` attribute know it.
export const locales: Record<Language, string> = { es: 'es', pt: 'pt-BR', en: 'en-GB' };

const plurals = Object.fromEntries(
  languages.map((language) => [language, new Intl.PluralRules(locales[language])]),
) as Record<Language, Intl.PluralRules>;

// `{name}` in a text is replaced by the value of that name; the plural form follows the value `n`.
export function phrase(language: Language, key: Key, values: Values = {}): string {
  const entry = catalogues[language][key];
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
  return text in es;
}

// The first of the browser's languages that we speak; Spanish where there is none.
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find((language) => tag.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return 'es';
}
