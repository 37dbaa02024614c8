// The screens of the sections. Home comes with the page; the others are fetched behind it as soon as it stands, so that
// a line that fails later takes none of them away.
import type { Component } from 'svelte';
import { fetchRenderer } from '../design/rendering.svelte.ts';
import type { Port } from '../port/port.ts';
import type { Section } from '../space/route.svelte.ts';
import { languages, learn } from '../words/catalogue.ts';
import Home from './Home.svelte';

const sources: Record<Exclude<Section, 'home'>, () => Promise<{ default: Component }>> = {
  board: () => import('./Board.svelte'),
  channels: () => import('./Channels.svelte'),
  calendar: () => import('./Calendar.svelte'),
  documents: () => import('./Documents.svelte'),
  directory: () => import('./Directory.svelte'),
  settings: () => import('./Settings.svelte'),
  search: () => import('./Search.svelte'),
};

let screens = $state.raw<Partial<Record<Section, Component>>>({ home: Home });

async function fetchScreen(section: Exclude<Section, 'home'>): Promise<void> {
  const { default: screen } = await sources[section]();
  screens = { ...screens, [section]: screen };
}

// The section's screen, or nothing while it is on its way.
export function screen(section: Section): Component | undefined {
  if (!screens[section] && section !== 'home') fetchScreen(section).catch(() => undefined);
  return screens[section];
}

export const fetchFaces = () => import('../design/faces.css');

export function fetchTheRest(port: Port): void {
  port.fetchRest?.();
  const sections = Object.keys(sources) as (keyof typeof sources)[];
  const parts = [fetchRenderer(), fetchFaces(), ...sections.map(fetchScreen), ...languages.map(learn)];
  for (const part of parts) part.catch(() => undefined); // asked for again when it is wanted
}
