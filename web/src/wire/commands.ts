// client/core/commands.h, as far as the page gives commands.
import { bytes, flag, id16, list, type Of, optional, struct, text, time, u32, u64, u8, variant } from './codec.ts';

export const file = struct({ name: text, media_type: text, bytes, version: optional(id16) });

export const command = variant({
  FoundNetwork: null,
  AddCountry: null,
  Invite: null,
  Join: struct({ link: text, code: text, device_label: text }),
  Confirm: null,
  AddDevice: struct({ with_code: flag, expires: optional(time) }),
  RevokeDevice: struct({ device: id16, since: optional(u64) }),
  RevokeMember: null,
  CreateChannel: null,
  AddToChannel: null,
  RemoveFromChannel: null,
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
  SetTitle: null,
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
});
export type Command = Of<typeof command>;
