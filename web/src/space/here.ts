// The one space of this page, handed to the screens through Svelte's context.
import { getContext, setContext } from 'svelte';
import type { Space } from './space.svelte.ts';

const place = Symbol('space');

export function provide(space: Space): void {
  setContext(place, space);
}
export function here(): Space {
  return getContext<Space>(place);
}
