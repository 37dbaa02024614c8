// What page and worker say to each other.
import type { Kind } from '../edge/line.ts';
import type { Modules } from '../edge/program.ts';
import type { Act } from '../wire/acts.ts';
import type { ComputerKey } from '../wire/calls.ts';
import type { Command } from '../wire/commands.ts';
import type { Event } from '../wire/effects.ts';
import type { Question } from '../wire/views.ts';
import type { Progress, Stage, UploadTarget } from './port.ts';

export type Request =
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
  | { do: 'fetchRest' }
  | { do: 'upload'; file: File; target: UploadTarget }
  | { do: 'download'; channel: string; version: string }
  | { do: 'stop'; which: number } // an upload or download, by its message's id
  | { do: 'keepDraft'; place: string; text: string }
  | { do: 'look'; question: Question };

// A worker stands by until it is told to begin.
export type Begin = { begin: Modules };
export type ToWorker = Begin | { id: number; request: Request };
export type FromWorker =
  | { id: number; value: unknown }
  | { id: number; refused: string }
  | { event: Event }
  | { stage: Stage }
  | { later: WebAssembly.Module }
  | { line: Kind }
  | { id: number; progress: Progress };
