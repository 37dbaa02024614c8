// Commands that wait for their answer: each has a ticket, and the core's events Queued, Done and Failed name it.
import { Refusal } from '../wire/calls.ts';
import { wordOf } from '../wire/codes.ts';
import type { Event, Outcome } from '../wire/effects.ts';

type Running = { done: (outcome: Outcome) => void; failed: (why: Refusal) => void; queued: (() => void) | undefined };

export class Tickets {
  #running = new Map<number, Running>();
  #next: number;

  constructor(first = 1) {
    this.#next = first;
  }

  // `give` hands the command over with its ticket; if that is refused there is no event.
  run(give: (ticket: number) => Promise<unknown>, queued?: () => void): Promise<Outcome> {
    const ticket = this.#next++;
    return new Promise<Outcome>((done, failed) => {
      this.#running.set(ticket, { done, failed, queued });
      give(ticket).catch((why: Refusal) => {
        this.#running.delete(ticket);
        failed(why);
      });
    });
  }

  // Whether the event is the answer to one of these.
  hear(event: Event): boolean {
    if (event.is !== 'Queued' && event.is !== 'Done' && event.is !== 'Failed') return false;
    const running = this.#running.get(event.ticket);
    if (!running) return false;
    if (event.is === 'Queued') running.queued?.();
    else this.#running.delete(event.ticket);
    if (event.is === 'Done') running.done(event.outcome);
    if (event.is === 'Failed') running.failed(new Refusal(wordOf(event.failure.code), event.failure.rule));
    return true;
  }

  endAll(word: string): void {
    for (const { failed } of this.#running.values()) failed(new Refusal(word));
    this.#running.clear();
  }
}
