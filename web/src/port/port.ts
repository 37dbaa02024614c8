// The one thing the page knows of the world below: commands in, views out. The browser's worker carries it
// (worker_port.ts); the local page of `encuentro ui` can carry the same over its socket.
import type { LinkRead } from '../wire/calls.ts';
import type { Command } from '../wire/commands.ts';
import type { Event, Outcome } from '../wire/effects.ts';
import type { Answer, Question } from '../wire/views.ts';

// starting: not known yet · following: another tab has it · empty: no access on this device · locked: asks for the
// passphrase · open · stopped: the core had to be given up, the passphrase opens it again from the store.
export type Stage = 'starting' | 'following' | 'empty' | 'locked' | 'open' | 'stopped' | 'unsupported';

// Each promise may reject with a Refusal (wire/calls.ts), whose word the screen explains.
export interface Port {
  start(): void;
  onStage(listener: (stage: Stage) => void): void;
  onEvent(listener: (event: Event) => void): void;

  readLink(link: string): Promise<LinkRead>;
  proposePassphrase(): Promise<string>;
  normalPassphrase(typed: string): Promise<string>;

  create(passphrase: string): Promise<void>;
  open(passphrase: string): Promise<void>;
  changePassphrase(before: string, after: string): Promise<void>;
  lock(): void;
  // Erases everything this device keeps.
  empty(): Promise<void>;

  // `queued` is called when the item is kept in the outbox: from then on nothing of it can be lost.
  run(command: Command, queued?: () => void): Promise<Outcome>;
  look<Q extends Question>(question: Q): Promise<Answer<Q>>;
}
