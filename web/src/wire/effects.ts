// client/core/effects.h and events.h: what the core wants done, and what it says.
import {
  bytes,
  flag,
  hash32,
  id16,
  list,
  type Of,
  optional,
  struct,
  text,
  time,
  u16,
  u32,
  u64,
  u8,
  variant,
} from './codec.ts';

export const failure = struct({ code: u16, rule: text, expected: u64, got: u64 });
export type Failure = Of<typeof failure>;

export const outcome = variant({
  Nothing: struct({}),
  Founded: struct({
    network: id16,
    fingerprint: hash32,
    member: id16,
    device: id16,
    general_board: id16,
    focal_points_board: id16,
  }),
  RosterPlace: struct({ seq: u64 }),
  Invited: struct({ link: text, code: text, expires: time, member: id16 }),
  Joined: struct({ network: id16, fingerprint: hash32, member: id16, device: id16, provisional: flag }),
  ChannelCreated: struct({ channel: id16 }),
  ChannelChanged: struct({ channel: id16, epoch: u64, without_key_package: list(id16) }),
  Sent: struct({ channel: id16, id: id16, seq: u64 }),
  TransferAllowed: struct({ token: text, expires: time }),
  QuotaTold: struct({ country_bytes: u64, country_bytes_max: u64, member_bytes: u64, member_bytes_max: u64 }),
  NoticesShown: struct({ offered: flag, interval: u8, since: time, key: bytes }),
  Proposed: struct({ id: id16, have: u32, need: u32 }),
  RootKeyMade: struct({ key: bytes }),
  LinkMade: struct({ link: text, sheet: optional(id16) }),
  ReEntryAsked: struct({ request: text, comparison: hash32, expires: time }),
});
export type Outcome = Of<typeof outcome>;

export const SessionState = { offline: 1, connecting: 2, catching_up: 3, online: 4 } as const;

export const alarm = struct({
  code: u16,
  rule: text,
  channel: optional(id16),
  device: optional(id16),
  seq: u64,
  time,
  evidence: bytes,
});
export type Alarm = Of<typeof alarm>;

export const event = variant({
  Done: struct({ ticket: u32, outcome }),
  Failed: struct({ ticket: u32, failure }),
  Queued: struct({ ticket: u32, channel: id16, id: id16 }),
  SessionChanged: struct({ state: u8, why: failure }),
  RosterChanged: struct({ seq: u64 }),
  ChannelUpdated: struct({ channel: id16 }),
  RecordRead: struct({ channel: id16, seq: u64 }),
  OutboxChanged: struct({ channel: id16, id: id16 }),
  Alarm: alarm,
  StatementsChanged: struct({}),
  ReEntered: struct({ member: id16, seq: u64 }),
});
export type Event = Of<typeof event>;

export const row = struct({ name: bytes, value: bytes });
export type Row = Of<typeof row>;
export const transaction = struct({ puts: list(row), erases: list(bytes) });
export type Transaction = Of<typeof transaction>;
export const transfer = struct({ number: u32, put: flag, path: text, token: text, body: bytes });
export type Transfer = Of<typeof transfer>;

export const effects = struct({
  store: transaction,
  send: list(bytes),
  transfers: list(transfer),
  show: list(event),
  connect: optional(struct({ address: text, spki: hash32 })),
  disconnect: flag,
  wake_at: optional(time),
});
export type Effects = Of<typeof effects>;
