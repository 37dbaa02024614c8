// A channel's conversation or board in a copy: to read, and for programs.
import { type Announcement, type Attached, type Item, Kind, Reading, Sending } from '../wire/views.ts';
import { wordOf } from '../wire/codes.ts';
import { authorJson, authorText, fileName, type Say, shortId, utcTime } from './words.ts';

const stands = ({ sending }: Item): boolean => sending === Sending.on_server;
const isOpened = ({ reading }: Item): boolean => reading === Reading.opened;
const kinds: Record<number, string> = { [Kind.message]: 'message', [Kind.announcement]: 'announcement' };

export function attachmentsJson(files: Attached[]) {
  return files.map(({ name, media_type, bytes, version }) => ({
    name,
    media_type,
    bytes,
    ...(version && { version }),
  }));
}

// "attachments/ID-N-NAME": N from 1, for an item may hold two of one name. What lies among the documents stands there.
export function attachments(id: string, files: Attached[]): { path: string; bytes: Uint8Array }[] {
  return files.flatMap(({ name, version, content }, index) =>
    version ? [] : [{ path: `attachments/${shortId(id)}-${index + 1}-${fileName(name)}`, bytes: content }],
  );
}

function itemText(item: Item, say: Say): string {
  let head = `${utcTime(item.time)}  ${authorText(item.author)}  ${shortId(item.id)}`;
  if (item.edited) head += `  (${say('talk.edited')})`;
  if (item.reply) head += `  ↪ ${shortId(item.reply)}`;
  const body = item.withdrawn ? say('talk.withdrawn') : item.body;
  const lines = [head, ...body.split('\n').map((line) => `  ${line}`), ...item.files.map(({ name }) => `  + ${name}`)];
  const reactions = item.reactions.map(({ emoji, names }) => `${emoji} ${names.length}`);
  if (reactions.length > 0) lines.push(`  ${reactions.join('  ')}`);
  return lines.join('\n');
}
function announcementText(item: Item, board: Announcement | undefined, say: Say): string {
  const number = board && board.number > 0 ? `${board.number}. ` : '';
  let text = `## ${number}${item.title}\n\n${itemText(item, say)}`;
  if (board?.acknowledge_by !== undefined) {
    const who = [...board.acknowledged, ...board.acknowledged_people];
    text += `\n\n  ${say('board.ack.who')}: ${who.join(', ') || say('board.ack.nobody')}`;
  }
  return text;
}

// In their order; between them how many can't be opened.
export function conversationText(heading: string, items: Item[], boards: Announcement[], say: Say): string {
  const byId = new Map(boards.map((board) => [board.item.id, board]));
  const parts: string[] = [`# ${heading}\n`];
  let closed: Item[] = [];
  const endRun = () => {
    const [first, last] = [closed[0], closed.at(-1)];
    if (first && last)
      parts.push(`*(${say('copy.closed', { n: closed.length, first: first.seq, last: last.seq })})*\n`);
    closed = [];
  };
  for (const item of items.filter(stands)) {
    if (!isOpened(item)) {
      closed.push(item);
      continue;
    }
    endRun();
    const text = item.title ? announcementText(item, byId.get(item.id), say) : itemText(item, say);
    parts.push(`${text}\n`);
  }
  endRun();
  return parts.join('\n---\n\n');
}

export function itemsJson(channel: string, items: Item[], boards: Announcement[]) {
  const byId = new Map(boards.map((board) => [board.item.id, board]));
  return items
    .filter((item) => stands(item) && isOpened(item))
    .map((item) => {
      const board = byId.get(item.id);
      return {
        id: item.id,
        channel,
        seq: item.seq,
        ...authorJson(item.author),
        time: utcTime(item.time),
        kind: kinds[item.kind] ?? 'message',
        ...(item.title && { title: item.title }),
        body: item.body,
        edited: item.edited,
        ...(item.reply && { reply: item.reply }),
        ...(item.withdrawn && { withdrawn: true }),
        reactions: item.reactions.map(({ emoji, names }) => ({ emoji, names })),
        attachments: attachmentsJson(item.files),
        ...(board && boardJson(board)),
      };
    });
}
function boardJson({ number, general, acknowledge_by: by, acknowledged, acknowledged_people }: Announcement) {
  return {
    number,
    board: general ? 'general' : 'focal-points',
    acks: acknowledged,
    ack_people: acknowledged_people,
    ask_ack: by !== undefined,
    ...(by && { ack_by: utcTime(by) }),
  };
}

export function unopenedJson(items: Item[]) {
  const closed = items.filter((item) => stands(item) && !isOpened(item));
  return closed.map(({ id, seq, author }) => ({ id, seq, author: author.member }));
}
// What waits to be sent, or was refused and waits for its author.
export function waitingJson(items: Item[]) {
  return items
    .filter((item) => !stands(item))
    .map(({ id, kind, title, body, sending, problem }) => ({
      id,
      kind,
      title,
      body,
      acknowledged: sending === Sending.acknowledged,
      ...(problem && { problem: wordOf(problem) }),
    }));
}
