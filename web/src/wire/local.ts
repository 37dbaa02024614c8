// client/cli/ui/messages.h: what the local page of `encuentro ui` and the command say to each other.
import { bytes, hash32, id16, type Of, optional, struct, text, u32, u8, variant } from './codec.ts';
import { event } from './effects.ts';

export const socketPath = '/ui/v1';
export const socketSubprotocol = 'encuentro.ui.v1';
export const CloseCode = { not_let_in: 4001, replaced: 4002 } as const;

export const fromPage = variant({
  Hello: struct({ token: text }),
  CallCore: struct({ id: u32, call: bytes }),
  MovePiece: struct({ id: u32, channel: id16, blob: hash32, token: text, body: optional(bytes) }),
  SetAside: struct({ id: u32 }),
  LockUp: struct({}),
});
export type FromPage = Of<typeof fromPage>;

export const stages = [undefined, 'empty', 'locked', 'open', 'stopped', 'held', 'full'] as const;
export const lines = [undefined, 'socket', 'polling'] as const;

export const toPage = variant({
  Welcome: struct({ token: text }),
  Answered: struct({ id: u32, answer: bytes }),
  Happened: struct({ event }),
  Staged: struct({ stage: u8 }),
  Lined: struct({ line: u8 }),
});
export type ToPage = Of<typeof toPage>;
