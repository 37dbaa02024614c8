// What will be so once enough have signed, in one sentence; and until when things are.
import { type Author, CountryChange, RevokeTarget, type Stated } from '../wire/views.ts';
import { dayAndTime } from '../words/dates.svelte.ts';
import { t } from '../words/language.svelte.ts';
import { countryName, personName, roleName, statusName } from './names.svelte.ts';
import type { Space } from './space.svelte.ts';

// The role, and the country where there is one.
export function office(space: Space, { role, country }: Pick<Author, 'role' | 'country'>): string {
  return country ? `${roleName(role)} · ${countryName(space, country)}` : roleName(role);
}

export function sentence(space: Space, stated: Stated): string {
  const who = (person: Author) => ({ name: personName(person.name), as: office(space, person) });
  switch (stated.is) {
    case 'StatedRoots':
      return t('stated.roots', { threshold: stated.threshold, n: stated.keys.length });
    case 'StatedCountry': {
      // One that isn't in yet has no other name than the one it comes with.
      const known = space.directory.countries.some(({ code }) => code === stated.code);
      const values = { name: known ? countryName(space, stated.code) : stated.name, status: statusName(stated.status) };
      if (stated.change === CountryChange.added) return t('stated.country.added', values);
      if (stated.change === CountryChange.status) return t('stated.country.status', values);
      return t('stated.country.other', { name: values.name });
    }
    case 'StatedRelief':
      return t('stated.relief', {
        ...who(stated.member),
        successor: personName(stated.successor.name),
        start: dayAndTime(stated.start),
        end: dayAndTime(stated.end),
      });
    case 'StatedEnd':
      return t('stated.end', { ...who(stated.member), end: dayAndTime(stated.end) });
    case 'StatedInvitation':
      return t('stated.invitation', who(stated.invited));
    case 'StatedReEntry':
      return t('stated.reentry', who(stated.member));
    case 'StatedRemoval':
      if (stated.target === RevokeTarget.member) return t('stated.remove.member', who(stated.member));
      if (stated.target === RevokeTarget.invite) return t('stated.remove.invitation', who(stated.member));
      return t('stated.remove.device', { ...who(stated.member), device: stated.device });
    case 'StatedServer':
      return t('stated.server', { addresses: stated.addresses.join(', ') });
    default:
      return t('stated.release', { version: stated.version });
  }
}
