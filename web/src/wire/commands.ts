// client/core/commands.h, as far as the page gives commands.
import { bytes, flag, id16, list, type Of, optional, struct, text, time, u32, u64, u8, variant } from './codec.ts';

// Inside the item, or a version among the documents of the same channel.
export const file = struct({ name: text, media_type: text, bytes, version: optional(id16) });
export type OutgoingFile = Of<typeof file>;
const plainName = struct({ name: text, institution: text, email: text });

export const command = variant({
  FoundNetwork: null,
  AddCountry: null,
  Invite: struct({
    role: u8,
    country: text,
    principal: flag,
    channel: optional(id16),
    until: optional(time),
    person: plainName,
    expires: optional(time),
    with_code: flag,
    designation: text,
  }),
  Join: struct({ link: text, code: text, device_label: text }),
  Confirm: struct({ member: id16, device: optional(id16) }),
  AddDevice: struct({ with_code: flag, expires: optional(time) }),
  RevokeDevice: struct({ device: id16, since: optional(u64) }),
  RevokeMember: struct({ member: id16, since: optional(u64) }),
  CreateChannel: struct({
    title: text,
    kind: u8,
    history: u8,
    self_join: flag,
    countries: list(text),
    roles: list(u8),
    members: list(id16),
  }),
  AddToChannel: struct({ channel: id16, member: id16 }),
  RemoveFromChannel: struct({ channel: id16, member: id16 }),
  LeaveChannel: struct({ channel: id16 }),
  AcceptAdmission: struct({ channel: id16 }),
  Announce: struct({
    channel: id16,
    title: text,
    body: text,
    ask_ack: flag,
    ack_by: optional(time),
    files: list(file),
  }),
  Send: struct({ channel: id16, body: text, reply_to: optional(id16), mentions: list(id16), files: list(file) }),
  Edit: struct({ channel: id16, item: id16, title: text, body: text }),
  React: struct({ channel: id16, item: id16, emoji: text }),
  Mark: struct({ channel: id16, item: id16 }),
  Acknowledge: struct({ channel: id16, item: id16 }),
  Withdraw: struct({ channel: id16, item: id16 }),
  SetTitle: struct({ channel: id16, title: text }),
  Post: null,
  Sync: struct({}),
  AllowTransfer: struct({ channel: id16, upload: optional(id16), bytes: u64 }),
  KeepTransfer: struct({ upload: id16, part: u32, value: bytes }),
  ForgetTransfer: struct({ upload: id16 }),
  RestartChannel: struct({ channel: id16 }),
  EraseUploads: null,
  ReadQuota: null,
  SetNotices: struct({ address: text, interval: u8 }),
  ShowNotices: struct({}),
  Retry: struct({ channel: id16, item: id16 }),
  Discard: struct({ channel: id16, item: id16 }),
  KeepDraft: struct({ place: text, text }),
  PutAlarmAside: struct({ number: u32 }),
});
export type Command = Of<typeof command>;
