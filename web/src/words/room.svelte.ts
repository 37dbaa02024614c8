// Room for documents in words.
import { countryName } from '../space/names.svelte.ts';
import type { Room } from '../space/quota.svelte.ts';
import type { Space } from '../space/space.svelte.ts';
import type { Trouble } from '../space/trouble.svelte.ts';
import { t } from './language.svelte.ts';
import { sizeText } from './sizes.svelte.ts';

export function seatText(space: Space, { country_bytes, country_bytes_max }: Room): string {
  const code = space.self?.person.country;
  const values = { used: sizeText(country_bytes), max: sizeText(country_bytes_max) };
  return code ? t('quota.country', { country: countryName(space, code), ...values }) : t('quota.others', values);
}
export function ownText({ member_bytes, member_bytes_max }: Room): string {
  return t('quota.own', { used: sizeText(member_bytes), max: sizeText(member_bytes_max) });
}
// What a file that found no room is told: whose is used up, and the numbers.
export function refusedWords(space: Space, room: Room, bytes: number): Partial<Trouble> {
  const text = t('quota.refused', { bytes: sizeText(bytes), country: seatText(space, room), own: ownText(room) });
  const own = room.member_bytes + bytes > room.member_bytes_max;
  return own ? { title: t('quota.refused.own'), text } : { text };
}
