// A refusal in the person's words: what happened, and what to do next.
import { explain } from '../wire/codes.ts';
import { Refusal } from '../wire/calls.ts';
import { t } from '../words/language.svelte.ts';

export type Trouble = { title: string; text: string | undefined };

export function inWords(word: string, rule = ''): Trouble {
  const { message, hint } = explain(word, rule);
  return { title: t(message, { code: word }), text: hint && t(hint) };
}

export function trouble(error: unknown): Trouble {
  if (error instanceof Refusal) return inWords(error.word, error.rule);
  throw error;
}
