// client/wasm/call.h: what the edge asks of the module, and its answers.
import {
  bytes,
  decode,
  hash32,
  id16,
  list,
  type Of,
  optional,
  Reader,
  struct,
  text,
  time,
  u16,
  u32,
  u64,
  u8,
  variant,
} from './codec.ts';
import { act } from './acts.ts';
import { wordOf } from './codes.ts';
import { command } from './commands.ts';
import { failure, row } from './effects.ts';
import { question } from './views.ts';

export const call = variant({
  CreateProfile: struct({ passphrase: text, now: time }),
  OpenProfile: struct({ rows: list(row), passphrase: text, now: time }),
  ChangePassphrase: struct({ old_passphrase: text, new_passphrase: text }),
  Start: struct({ now: time }),
  Connected: struct({ now: time }),
  Disconnected: struct({ now: time }),
  Frame: struct({ bytes, now: time }),
  Wake: struct({ now: time }),
  TransferDone: struct({ number: u32, body: optional(bytes), why: u16, now: time }),
  Run: struct({ ticket: u32, command, now: time }),
  Look: struct({ question }),
  ProposePassphrase: struct({}),
  NormalPassphrase: struct({ typed: text }),
  ReadLink: struct({ link: text }),
  RunAct: struct({ ticket: u32, act, zone: text, now: time }),
  BeginUpload: struct({ channel: id16, name: text, modified: time, bytes: u64 }),
  MeasureChunk: struct({ upload: id16, bytes }),
  EndMeasure: struct({ upload: id16 }),
  ResumeUpload: struct({ upload: id16, now: time }),
  SealChunk: struct({ upload: id16, index: u32, bytes }),
  ChunkThrough: struct({ upload: id16, index: u32, chunk: hash32, now: time }),
  SealList: struct({ upload: id16 }),
  BeginDownload: struct({ channel: id16, version: id16 }),
  OpenList: struct({ version: id16, sealed: bytes }),
  OpenChunk: struct({ version: id16, sealed: bytes }),
  OpenByComputer: struct({ rows: list(row), secret: bytes, now: time }),
  KeepComputer: struct({ passphrase: text, credential: bytes, salt: hash32, secret: bytes }),
  ForgetComputer: struct({}),
});
export type Call = Of<typeof call>;

export const Purpose = { member: 1, device: 2, sheet: 3, re_entry: 4 } as const;
export const linkRead = struct({ network: text, address: text, words: text, purpose: u8 });
export type LinkRead = Of<typeof linkRead>;

// client/core/computer_key.h: lies in clear under this name, and is read before anything is open.
export const computerRowName = new TextEncoder().encode('computer');
export const computerRow = struct({ version: u16, credential: bytes, salt: hash32, sealed_key: bytes });
export type ComputerKey = { credential: Uint8Array; salt: string };

// A refusal with its stable word, as it goes to the screen.
export class Refusal extends Error {
  readonly word: string;
  readonly rule: string;
  constructor(word: string, rule = '') {
    super(rule ? `${word} (${rule})` : word);
    this.word = word;
    this.rule = rule;
  }
}

// What follows the first byte of an answer; a refusal is thrown.
export function payload(answer: Uint8Array): Uint8Array {
  if (new Reader(answer).number(1) === 1) return answer.subarray(1);
  const why = decode(failure, answer.subarray(1));
  throw new Refusal(wordOf(why.code), why.rule);
}
