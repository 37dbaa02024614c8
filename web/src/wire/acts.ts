// client/wasm/acts.h: what a person does with events and documents.
import { flag, hash32, id16, list, type Of, optional, struct, text, u8, variant } from './codec.ts';
import { file } from './commands.ts';

export const act = variant({
  PutEvent: struct({
    channel: id16,
    act: u8,
    uid: text,
    event: optional(id16),
    parents: list(id16),
    title: text,
    calendar: text,
    files: list(file),
  }),
  AnswerEvent: struct({ channel: id16, event: id16, version: id16, attendance: u8 }),
  PutVersion: struct({
    upload: id16,
    list: hash32,
    document: optional(id16),
    replaces: list(id16),
    folder: optional(id16),
    name: text,
    note: text,
    media_type: text,
  }),
  MakeFolder: struct({ channel: id16, name: text, parent: optional(id16) }),
  RenameItem: struct({ channel: id16, item: id16, name: text }),
  MoveItem: struct({ channel: id16, item: id16, folder: optional(id16) }),
  RemoveItem: struct({ channel: id16, item: id16, removed: flag }),
  CommentVersion: struct({ channel: id16, version: id16, text }),
  FreezeVersion: struct({ channel: id16, version: id16, content: hash32 }),
  ReportFetched: struct({ channel: id16, version: id16 }),
});
export type Act = Of<typeof act>;
