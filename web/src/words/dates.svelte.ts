// Times as people read them: in the language in use and in this computer's zone.
import { language, t } from './language.svelte.ts';

export function dayAndTime(ms: number): string {
  return new Date(ms).toLocaleString(language.locale, { dateStyle: 'medium', timeStyle: 'short' });
}

export function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString(language.locale, { timeStyle: 'short' });
}

export function day(ms: number, now = Date.now()): string {
  const difference = Math.round((midnight(now) - midnight(ms)) / 86_400_000);
  if (difference === 0) return t('talk.day.today');
  if (difference === 1) return t('talk.day.yesterday');
  return new Date(ms).toLocaleDateString(language.locale, { dateStyle: 'long' });
}

// Today: the hour; before: the day.
export function whenShort(ms: number, now = Date.now()): string {
  if (midnight(ms) === midnight(now)) return clockTime(ms);
  return new Date(ms).toLocaleDateString(language.locale, { day: 'numeric', month: 'short' });
}

function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}
