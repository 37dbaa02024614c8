// Where one is, in the address after '#': `#/canales/ID`. What stands there without a slash is an invitation.
export type Section =
  'home' | 'board' | 'channels' | 'calendar' | 'documents' | 'directory' | 'settings' | 'search';

const names: Record<Section, string> = {
  home: '/',
  board: '/board',
  channels: '/channels',
  calendar: '/calendar',
  documents: '/documents',
  directory: '/directory',
  settings: '/settings',
  search: '/search',
};

let hash = $state(location.hash.slice(1));
addEventListener('hashchange', () => {
  hash = location.hash.slice(1);
});

const parts = $derived(hash.split('/').slice(1));

export const route = {
  get section(): Section {
    const found = (Object.entries(names) as [Section, string][]).find(([, path]) => path === `/${parts[0] ?? ''}`);
    return found?.[0] ?? 'home';
  },
  get id(): string | undefined {
    return parts[1];
  },
  // What is open within it: a document of a channel.
  get inner(): string | undefined {
    return parts[2];
  },
  // The whole link, as it has to be handed on.
  get invitation(): string | undefined {
    return hash !== '' && !hash.startsWith('/') ? `${location.origin}/#${hash}` : undefined;
  },
};

export function path(section: Section, ...ids: string[]): string {
  return `#${[names[section], ...ids].join('/')}`;
}

export function go(section: Section, ...ids: string[]): void {
  location.hash = path(section, ...ids).slice(1);
}

// An invitation that was used leaves the address and the history.
export function forgetInvitation(): void {
  history.replaceState(null, '', path('home'));
  hash = '/';
}
