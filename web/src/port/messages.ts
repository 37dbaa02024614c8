// What page and worker say to each other.
import type { Kind } from '../edge/line.ts';
import type { Modules } from '../edge/program.ts';
import type { Act } from '../wire/acts.ts';
import type { ComputerKey } from '../wire/calls.ts';
import type { Command } from '../wire/commands.ts';
import type { Event } from '../wire/effects.ts';
import type { Question } from '../wire/views.ts';
import type { Progress, Stage, UploadTarget } from './port.ts';

// What the leading tab's worker answers, whichever tab asks.
export type KeeperRequest =
  | { do: 'readLink'; link: string }
  | { do: 'proposePassphrase' }
  | { do: 'normalPassphrase'; typed: string }
  | { do: 'create'; passphrase: string; fleeting: boolean }
  | { do: 'open'; passphrase: string }
  | { do: 'changePassphrase'; before: string; after: string }
  | { do: 'keptComputer' }
  | { do: 'openByComputer'; secret: Uint8Array }
  | { do: 'keepComputer'; passphrase: string; key: ComputerKey; secret: Uint8Array }
  | { do: 'forgetComputer' }
  | { do: 'empty' }
  | { do: 'run'; ticket: number; command: Command }
  | { do: 'act'; ticket: number; act: Act; zone: string }
  | { do: 'upload'; file: File; target: UploadTarget }
  | { do: 'download'; channel: string; version: string }
  | { do: 'stop'; which: number } // an upload or download, by its message's id
  | { do: 'keepDraft'; place: string; text: string }
  | { do: 'look'; question: Question };

// What goes from tab to tab: a tab that doesn't lead can only ask for the lock.
export type Asked = KeeperRequest | { do: 'lock' };
export type Request = Asked | { do: 'fetchRest' };

// A worker stands by until it is told to begin.
export type Begin = { begin: Modules };
export type ToWorker = Begin | { id: number; request: Request };
export type FromWorker =
  | { id: number; value: unknown }
  | { id: number; refused: string }
  | { event: Event }
  | { stage: Stage; fleeting: boolean }
  | { leads: boolean } // this tab, or another
  | { lock: true } // another tab asks for it
  | { later: WebAssembly.Module }
  | { line: Kind }
  | { id: number; progress: Progress };
