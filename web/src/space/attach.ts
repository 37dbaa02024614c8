// Files that go with an item: small ones inside it, larger ones as documents of the same channel.
import type { OutgoingFile } from '../wire/commands.ts';
import { mediaType } from './media.ts';
import type { Transfers } from './transfers.svelte.ts';

export const insideBytesMax = 16 * 1024; // limits::inline_attachment_bytes_max
const allInsideBytesMax = 32 * 1024; // of one item, beside its text
export const filesMax = 32; // limits::attachments_max

// Which of them lie inside: as many as there is room for, in their order.
export function goesInside(files: { size: number }[]): boolean[] {
  let room = allInsideBytesMax;
  return files.map(({ size }) => {
    const inside = size <= insideBytesMax && size <= room;
    if (inside) room -= size;
    return inside;
  });
}

// Errors: as an upload's.
export async function outgoing(transfers: Transfers, channel: string, files: File[]): Promise<OutgoingFile[]> {
  const inside = goesInside(files);
  return Promise.all(
    files.map(async (file, index) => {
      const named = { name: file.name, media_type: mediaType(file) };
      if (inside[index]) return { ...named, bytes: new Uint8Array(await file.arrayBuffer()), version: undefined };
      const version = await transfers.attach(file, channel);
      return { ...named, bytes: new Uint8Array(), version };
    }),
  );
}
