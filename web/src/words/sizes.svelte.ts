// How large a file is, as people read it.
import { language } from './language.svelte.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  const digits = unit > 0 && size < 10 ? 1 : 0;
  const form = {
    style: 'unit',
    unit: units[unit] as string,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  } as const;
  return new Intl.NumberFormat(language.locale, form).format(size);
}
