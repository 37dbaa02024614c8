// The language to begin with: what was chosen in this browser, else what the browser asks for. Not a secret, so it lies
// in localStorage.
import { type Language, languages, preferred } from './catalogue.ts';

const place = 'encuentro.language';

export function chosen(): Language {
  const kept = localStorage.getItem(place);
  return languages.find((language) => language === kept) ?? preferred(navigator.languages);
}

export function keepChosen(language: Language): void {
  localStorage.setItem(place, language);
}
