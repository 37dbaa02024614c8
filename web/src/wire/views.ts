// client/views/page.h and its parts: what the page asks and what it is answered.
import { alarm } from './effects.ts';
import {
  bytes,
  type Codec,
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

export const Role = { secretariat: 1, focal_point: 2, delegate: 3, partner: 4, alumni: 5, participant: 6 } as const;
export const Kind = { message: 1, announcement: 2, edit: 3, event: 16 } as const;
export const ChannelKind = { board: 1, network: 2, committee: 3, country: 4, direct: 5 } as const;
export const History = { shared: 1, sealed: 2 } as const;
export const ChannelState = { visible: 1, joining: 2, in: 3, out: 4, stopped: 5 } as const;
export const Reading = { opened: 1, closed: 2, unreadable: 3, refused: 4, unknown: 5 } as const;
export const Sending = { on_server: 1, acknowledged: 2, waiting: 3, refused: 4 } as const;
export const Status = { member: 1, observer: 2, training_only: 3, suspended: 4 } as const;
export const Standing = { full: 1, unseated: 2, provisional: 3, gone: 4 } as const;
export const DeviceKind = { native: 1, browser: 2, paper: 3 } as const;

const author = struct({ member: id16, name: text, country: text, role: u8, own: flag });
export type Author = Of<typeof author>;
const reaction = struct({ emoji: text, names: list(text), own: flag });
const attached = struct({ name: text, media_type: text, bytes: u64, content: bytes, version: optional(id16) });
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
  may_add: flag,
  may_remove: flag,
  countries: list(text),
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
  no_position_before: optional(time), // after a re-entry that nobody of the seat has confirmed
});
export type Person = Of<typeof person>;
// By the number that puts it aside.
const standingAlarm = struct({ number: u32, alarm });
export type StandingAlarm = Of<typeof standingAlarm>;
const country = struct({ code: text, name: text, status: u8, joint: flag, institutions: list(text) });
export type Country = Of<typeof country>;
const directory = struct({ countries: list(country), people: list(person) });
export type Directory = Of<typeof directory>;
const self = struct({
  person,
  device: id16,
  network: text,
  address: text,
  words: text,
  session: u8,
  clock_wrong: flag,
});
export type Self = Of<typeof self>;

export const EventAct = { add: 1, change: 2, cancel: 3 } as const;
export const Attendance = { attending: 1, declined: 2, tentative: 3 } as const;
const eventVersion = struct({
  id: id16,
  author,
  time,
  act: u8,
  title: text,
  calendar: text,
  waiting: flag,
  displaced: flag,
  files: list(attached),
});
export type EventVersion = Of<typeof eventVersion>;
const eventAnswer = struct({ author, time, attendance: u8, to_current: flag });
export type EventAnswer = Of<typeof eventAnswer>;
const calendarEvent = struct({
  id: id16,
  channel: id16,
  uid: text,
  cancelled: flag,
  conflict: flag,
  may_post: flag,
  tips: list(id16),
  versions: list(eventVersion),
  answers: list(eventAnswer),
  countries: list(struct({ country: text, attendance: u8 })),
});
export type CalendarEvent = Of<typeof calendarEvent>;

const version = struct({
  id: id16,
  author,
  time,
  parent: optional(id16),
  name: text,
  note: text,
  symbol: text,
  language: text,
  courtesy: flag,
  bytes: u64,
  media_type: text,
  content: hash32,
  head: flag,
  after_freeze: flag,
  frozen: optional(struct({ author, time })),
  comments: list(struct({ id: id16, author, time, text })),
  fetched: list(author),
});
export type Version = Of<typeof version>;
const document = struct({
  id: id16,
  name: text,
  folder: optional(id16),
  removed: flag,
  current: id16,
  versions: list(version),
});
export type Document = Of<typeof document>;
const door = struct({ channel: id16, open: flag, countries: list(text) });
const folder = struct({ id: id16, name: text, parent: optional(id16), removed: flag, door: optional(door) });
export type Folder = Of<typeof folder>;
const upload = struct({ upload: id16, name: text, modified: time, bytes: u64, bytes_done: u64 });
export type CutOff = Of<typeof upload>;
const library = struct({
  channel: id16,
  may_post: flag,
  folders: list(folder),
  documents: list(document),
  uploads: list(upload),
});
export type Library = Of<typeof library>;

const draft = struct({ place: text, text });
export const FoundKind = {
  message: 1,
  announcement: 2,
  event: 3,
  document: 4,
  comment: 5,
  initiative: 6,
  meeting: 7,
} as const;
const found = struct({ channel: id16, id: id16, kind: u8, author, time, title: text, excerpt: text });
export type Found = Of<typeof found>;
const findings = struct({ total: u32, searched: u32, found: list(found) });
export type Findings = Of<typeof findings>;

const comingBack = struct({ id: id16, member: id16, words: text, expires: time, signed_here: flag });
export type ComingBack = Of<typeof comingBack>;
const reEntry = struct({
  own: optional(struct({ request: text, words: text, expires: time })),
  waiting: list(comingBack),
  read: optional(comingBack),
});
export type ReEntry = Of<typeof reEntry>;

// Whoever has the same number must have the same words.
const words = struct({ number: u64, words: text });
export type NumberedWords = Of<typeof words>;
const shortWords = struct({ roster: words, log: optional(words), keys: optional(words) });
export type ShortWords = Of<typeof shortWords>;

// client/views/page_statements.h
export const CountryChange = { added: 1, status: 2, other: 3 } as const;
export const RevokeTarget = { device: 1, member: 2, invite: 3 } as const;
const stated = variant({
  StatedRoots: struct({ threshold: u8, keys: list(text) }),
  StatedCountry: struct({ code: text, name: text, status: u8, decision: text, change: u8 }),
  StatedRelief: struct({ member: author, successor: author, start: time, end: time }),
  StatedEnd: struct({ member: author, end: time }),
  StatedInvitation: struct({ invited: author, institution: text }),
  StatedReEntry: struct({ member: author }),
  StatedRemoval: struct({ target: u8, member: author, device: text }),
  StatedServer: struct({ addresses: list(text) }),
  StatedRelease: struct({ version: text }),
});
export type Stated = Of<typeof stated>;
const count = struct({ have: u32, need: u32 });
export type Count = Of<typeof count>;
const statement = struct({
  id: id16,
  stated,
  roots: count,
  countries: count,
  people: count,
  signers: list(author),
  signed_here: flag,
  may_sign: flag,
  expires: time,
});
export type Statement = Of<typeof statement>;
const statements = struct({ threshold: u8, keys: u32, holds_key: flag, waiting: list(statement) });
export type Statements = Of<typeof statements>;

// client/views/page_archive.h
export const InitiativeState = { draft: 1, confirmed: 2, withheld: 3 } as const;
const initiative = struct({
  id: id16,
  author,
  time,
  country: text,
  date: text,
  theme: text,
  title: text,
  text,
  confirm_by: text,
  state: u8,
  confirmed_by: list(author),
  original: optional(id16),
  versions: list(struct({ id: id16, files: list(attached) })),
});
export type Initiative = Of<typeof initiative>;
const meeting = struct({
  id: id16,
  author,
  title: text,
  start: text,
  end: text,
  place: text,
  host: text,
  agenda: text,
  countries: list(text),
  documents: list(id16),
  decisions: list(struct({ id: id16, author, time, title: text, text })),
});
export type Meeting = Of<typeof meeting>;
const archive = struct({ initiatives: list(initiative), meetings: list(meeting) });
export type Archive = Of<typeof archive>;

// client/views/page_offices.h
const invitation = struct({
  id: id16,
  invited: author,
  institution: text,
  principal: flag,
  device: flag,
  maker: author,
  with_code: flag,
  designation: text,
  expires: time,
  seat_from: optional(time),
  may_object: flag,
});
export type Invitation = Of<typeof invitation>;
const relief = struct({
  member: author,
  successor: author,
  start: time,
  end: time,
  channels: list(struct({ channel: id16, successor_in: flag })),
  acknowledgements: list(struct({ channel: id16, id: id16, title: text })),
});
export type Relief = Of<typeof relief>;
const offices = struct({
  invitations: list(invitation),
  reliefs: list(relief),
  last_days: list(struct({ member: id16, end: time })),
});
export type Offices = Of<typeof offices>;

export const question = variant({
  AskSelf: struct({}),
  AskChannels: struct({ channel: optional(id16) }),
  AskConversation: struct({ channel: id16, count: u32 }),
  AskBoards: struct({ channel: optional(id16) }),
  AskDirectory: struct({}),
  AskAlarms: struct({}),
  AskComparison: struct({ member: id16 }),
  AskCalendar: struct({ channel: optional(id16) }),
  AskLibrary: struct({ channel: id16 }),
  AskDrafts: struct({}),
  AskSearch: struct({ query: text, count: u32 }),
  AskReEntry: struct({ request: text }),
  AskShortWords: struct({ channel: optional(id16) }),
  AskEvidence: struct({ number: u32 }),
  AskStatements: struct({}),
  AskOffices: struct({}),
  AskArchive: struct({ channel: id16 }),
});
export type Question = Of<typeof question>;

export const answers = {
  AskSelf: optional(self),
  AskChannels: list(channel),
  AskConversation: optional(conversation),
  AskBoards: list(announcement),
  AskDirectory: directory,
  AskAlarms: list(standingAlarm),
  AskComparison: text,
  AskCalendar: list(calendarEvent),
  AskLibrary: optional(library),
  AskDrafts: list(draft),
  AskSearch: findings,
  AskReEntry: reEntry,
  AskShortWords: optional(shortWords),
  AskEvidence: optional(bytes),
  AskStatements: statements,
  AskOffices: offices,
  AskArchive: archive,
} satisfies Record<Question['is'], Codec<unknown>>;
export type Answer<Q extends Question> = Of<(typeof answers)[Q['is']]>;
