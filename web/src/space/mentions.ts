// Who is named in a text: '@' and a name that the writer chose from those in the channel.
import type { Person } from '../wire/views.ts';

export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const shown = 6;

// What is being typed after an '@' that begins a word, up to the caret.
export function nameBegun(text: string, caret: number): { from: number; name: string } | undefined {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf('@');
  if (from < 0 || (from > 0 && !/[\s(¿¡«"]/.test(before[from - 1] as string))) return undefined;
  const name = before.slice(from + 1);
  return name.length <= 40 && !/[\n@,;:!?]/.test(name) ? { from, name } : undefined;
}

// Those whose name, or a further word of it, begins so.
export function meant(people: Person[], name: string): Person[] {
  const wanted = plain(name);
  return people
    .filter((person) => {
      const full = plain(person.name);
      return full.startsWith(wanted) || full.split(' ').some((word) => wanted !== '' && word.startsWith(wanted));
    })
    .slice(0, shown);
}

// The members whose names stand in the text with an '@', longest names first, so that no one is taken for another.
export function mentioned(text: string, people: Person[]): string[] {
  let rest = text;
  const members: string[] = [];
  for (const { name, member } of [...people].sort((a, b) => b.name.length - a.name.length)) {
    if (name === '' || !rest.includes(`@${name}`)) continue;
    rest = rest.replaceAll(`@${name}`, '');
    members.push(member);
  }
  return members;
}
