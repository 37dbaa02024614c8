// The language in use: changes every text on the screen at once. Not a secret, so it lies in localStorage.
import { type Key, type Language, languages, learn, locales, phrase, preferred, type Values } from './catalogue.ts';

const place = 'encuentro.language';

function remembered(): Language {
  const kept = localStorage.getItem(place);
  return languages.find((language) => language === kept) ?? preferred(navigator.languages);
}

let current = $state<Language>(remembered());

export const language = {
  get current(): Language {
    return current;
  },
  get locale(): string {
    return locales[current];
  },
  // Before anything is drawn.
  async begin(): Promise<void> {
    await learn(current);
  },
  async choose(wanted: Language): Promise<void> {
    await learn(wanted);
    current = wanted;
    localStorage.setItem(place, wanted);
    tellPage();
  },
};
function tellPage(): void {
  document.documentElement.lang = locales[current];
}
tellPage();

export function t(key: Key, values?: Values): string {
  return phrase(current, key, values);
}
