// The one thing the page knows of the world below: commands in, views out. The browser's worker carries it
// (worker_port.ts); in the local page of `encuentro ui` a socket to the command does (socket_port.ts).
import type { Act } from '../wire/acts.ts';
import type { ComputerKey, LinkRead } from '../wire/calls.ts';
import type { Command } from '../wire/commands.ts';
import type { Event, Outcome } from '../wire/effects.ts';
import type { Answer, Question } from '../wire/views.ts';

// starting: not known yet · following: another tab leads and doesn't answer · empty: no access on this device ·
// locked: asks for the passphrase · open · stopped: the core had to be given up, the passphrase opens it again from the
// store · full: the same, because the disk is full · away: a part of the page itself could not be fetched. Behind the
// command also: held: another program has the profile, it is waited for · ended: the command stopped · expired: the
// address was used, or the space opened in another tab.
export type Stage =
  | 'starting'
  | 'following'
  | 'empty'
  | 'locked'
  | 'open'
  | 'stopped'
  | 'full'
  | 'unsupported'
  | 'away'
  | 'held'
  | 'ended'
  | 'expired';

// Who holds core, keys and store: this browser's worker, or the command on this machine.
export type CarrierName = 'browser' | 'command';

// How far a file is; done and total in bytes of the file.
export type Progress = { step: 'measuring' | 'sending' | 'receiving'; done: number; total: number };

// What a file becomes: the first version of a new document in `folder`, or a further one of `document`. `resume`: an
// upload of this very file that was cut off.
export type UploadTarget = {
  channel: string;
  document: string | undefined;
  replaces: string[];
  folder: string | undefined;
  name: string;
  note: string;
  media_type: string;
  resume: string | undefined;
};

// The second way to open a profile, beside the passphrase: what an authenticator of this computer answers
// (space/computer.ts asks it).
export interface ComputerPort {
  kept(): Promise<ComputerKey | undefined>;
  open(secret: Uint8Array): Promise<void>;
  keep(passphrase: string, key: ComputerKey, secret: Uint8Array): Promise<void>;
  forget(): Promise<void>;
}

// Each promise may reject with a Refusal (wire/calls.ts), whose word the screen explains.
export interface Port {
  readonly carrier: CarrierName;
  start(): void;
  // `fleeting`: nothing of what is open is kept on this computer (create).
  onStage(listener: (stage: Stage, fleeting?: boolean) => void): void;
  // Another tab of this browser locks the space: this page keeps what is typed and locks. A browser's own port only.
  onLockAsked?(listener: () => void): void;
  onEvent(listener: (event: Event) => void): void;
  // By which way the server was reached: a WebSocket, or long polling where something refuses that.
  onLine(listener: (kind: 'socket' | 'polling') => void): void;

  readLink(link: string): Promise<LinkRead>;
  proposePassphrase(): Promise<string>;
  normalPassphrase(typed: string): Promise<string>;

  // `fleeting`: nothing is written on this computer, and locking ends the access. A browser's own port only.
  create(passphrase: string, fleeting?: boolean): Promise<void>;
  open(passphrase: string): Promise<void>;
  changePassphrase(before: string, after: string): Promise<void>;
  // A browser's own port only: the command's profile asks for its passphrase.
  readonly computer?: ComputerPort;
  lock(): void;
  // Home is there: what nothing before it needed may come now. A browser's own port only.
  fetchRest?(): void;
  // Erases everything this device keeps.
  empty(): Promise<void>;

  // `queued` is called when the item is kept in the outbox: from then on nothing of it can be lost.
  run(command: Command, queued?: () => void): Promise<Outcome>;
  // As run, for what is built of parts (client/wasm/acts.h).
  act(act: Act, queued?: () => void): Promise<Outcome>;
  upload(file: File, target: UploadTarget, told: (progress: Progress) => void, signal: AbortSignal): Promise<Outcome>;
  // The whole file, checked against what its author sent.
  download(channel: string, version: string, told: (progress: Progress) => void, signal: AbortSignal): Promise<Blob>;
  // What is typed and not sent, kept in the profile under the name of its field; an empty text forgets it.
  keepDraft(place: string, text: string): Promise<void>;
  look<Q extends Question>(question: Q): Promise<Answer<Q>>;
}
