// The language in use: changes every text on the screen at once.
import { type Key, type Language, learn, locales, phrase, type Values } from './catalogue.ts';
import { chosen, keepChosen } from './chosen.ts';

let current = $state<Language>(chosen());

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
    keepChosen(wanted);
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
