// What people, countries and roles are called on a screen.
import { language, t } from '../words/language.svelte.ts';
import type { Author, Channel, Country, Person } from '../wire/views.ts';
import { ChannelKind, Role, Status } from '../wire/views.ts';
import type { Space } from './space.svelte.ts';

// The registered name in Spanish, the reader's language elsewhere. Codes beginning with X are nobody's in ISO 3166:
// what Intl makes of them is not a country.
export function countryName(space: Space, code: string): string {
  const registered = space.directory.countries.find((country) => country.code === code)?.name;
  if (code.startsWith('X') || (language.current === 'es' && registered)) return registered ?? code;
  return new Intl.DisplayNames([language.locale], { type: 'region' }).of(code) ?? registered ?? code;
}

export function byName(a: string, b: string): number {
  return a.localeCompare(b, language.locale);
}

export function countriesInOrder(space: Space): (Country & { shown: string })[] {
  return space.directory.countries
    .map((country) => ({ ...country, shown: countryName(space, country.code) }))
    .sort((a, b) => byName(a.shown, b.shown));
}

export function roleName(role: number, principal?: boolean): string {
  switch (role) {
    case Role.secretariat:
      return t('role.secretariat');
    case Role.focal_point:
      if (principal === undefined) return t('role.focal_point');
      return `${t('role.focal_point')} · ${t(principal ? 'role.principal' : 'role.alternate')}`;
    case Role.delegate:
      return t('role.delegate');
    case Role.partner:
      return t('role.partner');
    case Role.alumni:
      return t('role.alumni');
    default:
      return t('role.participant');
  }
}

export function statusName(status: number): string {
  switch (status) {
    case Status.member:
      return t('status.member');
    case Status.observer:
      return t('status.observer');
    case Status.training_only:
      return t('status.training_only');
    default:
      return t('status.suspended');
  }
}

export function personName(name: string): string {
  return name || t('person.unnamed');
}

// The country where there is one, else what one is.
export function belonging(space: Space, { country, role }: { country: string; role: number }): string {
  return country ? countryName(space, country) : roleName(role);
}

export function letters({ country, name, role }: Pick<Author & Person, 'country' | 'name' | 'role'>): string {
  if (country) return country;
  if (role === Role.secretariat) return 'ST';
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .toUpperCase();
}

export function channelTitle(space: Space, channel: Channel): string {
  if (channel.title) return channel.title;
  if (channel.kind === ChannelKind.direct) {
    const other = channel.members.find((member) => member !== space.self?.person.member);
    const person = space.directory.people.find(({ member }) => member === other);
    if (person) return personName(person.name);
  }
  return t('channels.untitled');
}

export function kindName(kind: number): string {
  switch (kind) {
    case ChannelKind.board:
      return t('kind.board');
    case ChannelKind.network:
      return t('kind.network');
    case ChannelKind.committee:
      return t('kind.committee');
    case ChannelKind.country:
      return t('kind.country');
    default:
      return t('kind.direct');
  }
}

// A channel by its id, boards by what they are.
export function channelName(space: Space, id: string): string {
  const channel = space.channels.find((one) => one.id === id);
  if (!channel) return t('channels.untitled');
  if (channel.kind === ChannelKind.board) return t(channel.general ? 'board.general' : 'board.focal');
  return channelTitle(space, channel);
}
