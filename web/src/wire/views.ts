// client/views/page.h: what the page asks and what it is answered.
import { alarm } from './effects.ts';
import {
  bytes,
  type Codec,
  flag,
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

export const Role = { secretariat: 1, focal_point: 2, delegate: 3, partner: 4, alumni: 5, participant: 6 } as const;
export const Kind = { message: 1, announcement: 2 } as const;
export const ChannelKind = { board: 1, network: 2, committee: 3, country: 4, direct: 5 } as const;
export const History = { shared: 1, sealed: 2 } as const;
export const ChannelState = { visible: 1, joining: 2, in: 3, out: 4, stopped: 5 } as const;
export const Reading = { opened: 1, closed: 2, unreadable: 3, refused: 4, unknown: 5 } as const;
export const Sending = { on_server: 1, acknowledged: 2, waiting: 3 } as const;
export const Status = { member: 1, observer: 2, training_only: 3, suspended: 4 } as const;
export const Standing = { full: 1, unseated: 2, provisional: 3, gone: 4 } as const;
export const DeviceKind = { native: 1, browser: 2, paper: 3 } as const;

const author = struct({ member: id16, name: text, country: text, role: u8, own: flag });
export type Author = Of<typeof author>;
const reaction = struct({ emoji: text, names: list(text), own: flag });
const attached = struct({ name: text, media_type: text, bytes: u64, content: bytes });
export type Attached = Of<typeof attached>;
const item = struct({
  id: id16,
  seq: u64,
  author,
  time,
  stored: time,
  reading: u8,
  problem: u16,
  kind: u16,
  title: text,
  body: text,
  reply: optional(id16),
  edited: flag,
  withdrawn: flag,
  sending: u8,
  reactions: list(reaction),
  mentions_me: flag,
  files: list(attached),
});
export type Item = Of<typeof item>;
const announcement = struct({
  channel: id16,
  general: flag,
  number: u64,
  item,
  acknowledge_by: optional(time),
  acknowledged: list(text),
  acknowledged_people: list(text),
  waits_for_me: flag,
  done_by_mine: flag,
  missing: list(text),
});
export type Announcement = Of<typeof announcement>;
const channel = struct({
  id: id16,
  title: text,
  kind: u8,
  history: u8,
  general: flag,
  state: u8,
  unread: u32,
  may_post: flag,
  admission_to_accept: flag,
  history_complete: flag,
  members: list(id16),
  last: optional(item),
});
export type Channel = Of<typeof channel>;
const conversation = struct({ channel, items: list(item), earlier: u32, read_up_to: u64 });
export type Conversation = Of<typeof conversation>;
const device = struct({ id: id16, kind: u8, label: text, standing: u8, current: flag });
export type Device = Of<typeof device>;
const person = struct({
  member: id16,
  name: text,
  institution: text,
  email: text,
  country: text,
  role: u8,
  principal: flag,
  standing: u8,
  devices: list(device),
});
export type Person = Of<typeof person>;
const country = struct({ code: text, name: text, status: u8, joint: flag, institutions: list(text) });
export type Country = Of<typeof country>;
const directory = struct({ countries: list(country), people: list(person) });
export type Directory = Of<typeof directory>;
const self = struct({ person, device: id16, network: text, address: text, words: text, session: u8 });
export type Self = Of<typeof self>;

export const question = variant({
  AskSelf: struct({}),
  AskChannels: struct({}),
  AskConversation: struct({ channel: id16, count: u32 }),
  AskBoards: struct({}),
  AskDirectory: struct({}),
  AskAlarms: struct({}),
  AskComparison: struct({ member: id16 }),
});
export type Question = Of<typeof question>;

export const answers = {
  AskSelf: optional(self),
  AskChannels: list(channel),
  AskConversation: optional(conversation),
  AskBoards: list(announcement),
  AskDirectory: directory,
  AskAlarms: list(alarm),
  AskComparison: text,
} satisfies Record<Question['is'], Codec<unknown>>;
export type Answer<Q extends Question> = Of<(typeof answers)[Q['is']]>;
