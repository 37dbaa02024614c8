// Who hears what the core says: the page of this tab and, through their workers, those of the other tabs. A command's
// answer is for the page that gave it; the others hear only that something is done.
import type { FromWorker } from '../port/messages.ts';
import type { Event } from '../wire/effects.ts';
import type { Asker } from './keeper.ts';

// To one of the other tabs, or to all of them but one.
export type Others = { tell(message: FromWorker, but?: string): void };

export class Audience {
  // The profile lies in no store and ends with this worker.
  fleeting = false;
  #own: Asker;
  #others: Others;
  #taken = new Map<number, { asker: Asker; ticket: number }>();
  #next = 1;
  #standing = new Map<string, FromWorker>();

  constructor(own: Asker, others: Others) {
    this.#own = own;
    this.#others = others;
  }

  tell(message: FromWorker): void {
    if ('stage' in message) {
      this.#standing.set('stage', message);
      if (message.stage !== 'open') {
        this.#taken.clear();
        this.#standing.delete('session');
      }
    }
    if ('line' in message) this.#standing.set('line', message);
    if ('event' in message && message.event.is === 'SessionChanged') this.#standing.set('session', message);
    this.#own.hear(message);
    this.#others.tell(message);
  }

  // For a tab that has just come.
  tellStanding(newcomer: Asker): void {
    for (const message of this.#standing.values()) newcomer.hear(message);
  }

  // The core's ticket for a page's. Pages count each for itself.
  take(asker: Asker, ticket: number): number {
    const taken = this.#next++;
    this.#taken.set(taken, { asker, ticket });
    return taken;
  }
  // The command was refused: no event will name it.
  giveBack(taken: number): void {
    this.#taken.delete(taken);
  }

  happened(event: Event): void {
    if (event.is !== 'Queued' && event.is !== 'Done' && event.is !== 'Failed') return this.tell({ event });
    const owner = this.#taken.get(event.ticket);
    if (event.is !== 'Queued') this.#taken.delete(event.ticket);
    const nobodys: FromWorker = { event: { ...event, ticket: 0 } };
    owner?.asker.hear({ event: { ...event, ticket: owner.ticket } });
    if (owner?.asker !== this.#own) this.#own.hear(nobodys);
    this.#others.tell(nobodys, owner?.asker.name);
  }
}
