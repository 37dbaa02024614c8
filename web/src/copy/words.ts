// Names and words of a copy's files, as the command writes them (client/cli/copy).
import type { Key, Values } from '../words/catalogue.ts';
import { type Author, Role } from '../wire/views.ts';

export type Say = (key: Key, values?: Values) => string;

const nameMax = 80;

// A name that any file system takes; never a path of its own.
export function fileName(text: string): string {
  const name = [...text.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_')].slice(0, nameMax).join('');
  return name.replace(/^[. ]+/, '').replace(/[. ]+$/, '') || '_';
}

export const shortId = (id: string): string => id.slice(0, 8);
export const utcTime = (ms: number): string => new Date(ms).toISOString().replace(/\.000Z$/, 'Z');
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

const roles = Object.fromEntries(Object.entries(Role).map(([word, number]) => [number, word.replace('_', '-')]));
export const roleWord = (role: number): string => roles[role] ?? '';

export function authorName({ name, member }: Author): string {
  return name || shortId(member);
}
export function authorText(author: Author): string {
  return authorName(author) + (author.country ? ` (${author.country})` : '');
}
export function authorJson(author: Author) {
  return { author: author.member, name: authorName(author), country: author.country, role: roleWord(author.role) };
}
