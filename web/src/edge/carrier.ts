// Files between this page and the server (docs/PROTOCOL.md T): the core measures, seals, opens and says what is
// through; here bytes are read, sent and fetched. An upload's state is kept in the profile before anything is sealed,
// so that it goes on after a lost line, a lock or a closed page; fetched chunks open in order, the whole is checked.
import { type Call, Refusal } from '../wire/calls.ts';
import { bytes as bytesCodec, type Codec, decode } from '../wire/codec.ts';
import type { Command } from '../wire/commands.ts';
import type { Act } from '../wire/acts.ts';
import type { Outcome } from '../wire/effects.ts';
import { blobs, downloadState, keptParts, sealedPart, uploadState, type UploadState } from '../wire/files.ts';
import type { Progress, UploadTarget } from '../port/port.ts';

const atOnce = 3;
const planPart = 0;
const tries = 5; // of one chunk, a breath longer each time
const breathMs = 1000;

export type Ground = {
  ask(call: Call): Promise<Uint8Array>;
  run(command: Command): Promise<Outcome>;
  act(act: Act): Promise<Outcome>;
  // Rejects with a Refusal: not_logged_in when the leave ran out, unreachable for what may pass by itself, or the
  // server's no.
  move(piece: Piece, signal: AbortSignal): Promise<Uint8Array>;
};
// A sealed chunk on its way: to the server with a body, from it without.
export type Piece = { channel: string; blob: string; token: string; body: Uint8Array | undefined };
export type Source = { name: string; size: number; lastModified: number; slice(from: number, to: number): Blob };
type Told = (progress: Progress) => void;
type Allow = Extract<Command, { is: 'AllowTransfer' }>;
type Leave = { allow: Allow; token: string };

export class Carrier {
  #ground: Ground;
  #wait: (ms: number) => Promise<void>;

  constructor(ground: Ground, wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))) {
    this.#ground = ground;
    this.#wait = wait;
  }

  // Errors: the core's and server's own, unreachable (what is through stays), malformed (the file changed meanwhile).
  async upload(file: Source, target: UploadTarget, told: Told, signal: AbortSignal): Promise<Outcome> {
    const state = target.resume
      ? await this.#ask(uploadState, { is: 'ResumeUpload', upload: target.resume, now: Date.now() })
      : await this.#measure(file, target.channel, told, signal);
    const { upload, channel } = state;
    const leave = await this.#leave({ is: 'AllowTransfer', channel, upload, bytes: state.padded_bytes });
    await this.#sendChunks(file, state, leave, told, signal);
    const list = await this.#ask(sealedPart, { is: 'SealList', upload });
    await this.#put(leave, list.blob, list.sealed, signal);
    const { document, replaces, folder, name, note } = target;
    const media_type = target.media_type;
    return this.#ground.act({
      is: 'PutVersion',
      upload,
      list: list.blob,
      document,
      replaces,
      folder,
      name,
      note,
      media_type,
    });
  }

  async download(channel: string, version: string, told: Told, signal: AbortSignal): Promise<Blob> {
    const state = await this.#ask(downloadState, { is: 'BeginDownload', channel, version });
    const leave = await this.#leave({ is: 'AllowTransfer', channel, upload: undefined, bytes: 0 });
    const get = (blob: string) => this.#get(leave, blob, signal);
    const list = await this.#ask(blobs, { is: 'OpenList', version, sealed: await get(state.list) });
    const coming: Promise<Uint8Array>[] = [];
    const parts: Blob[] = []; // the browser keeps them, on its disk where they are many
    let done = 0;
    for (let index = 0; index < list.length; index++) {
      while (coming.length < Math.min(list.length, index + atOnce)) {
        const next = get(list[coming.length] as string);
        next.catch(() => undefined); // told when its turn comes
        coming.push(next);
      }
      const sealed = await (coming[index] as Promise<Uint8Array>);
      const part = await this.#ask(bytesCodec, { is: 'OpenChunk', version, sealed });
      parts.push(new Blob([part as Uint8Array<ArrayBuffer>]));
      done += part.length;
      told({ step: 'receiving', done, total: state.bytes });
    }
    return new Blob(parts, { type: 'application/octet-stream' });
  }

  async #measure(file: Source, channel: string, told: Told, signal: AbortSignal): Promise<UploadState> {
    const { name, size, lastModified } = file;
    const state = await this.#ask(uploadState, {
      is: 'BeginUpload',
      channel,
      name,
      modified: Math.max(0, Math.floor(lastModified)),
      bytes: size,
    });
    const { upload } = state;
    for (let index = 0; index < state.chunks; index++) {
      signal.throwIfAborted();
      const bytes = await piece(file, state, index);
      await this.#ask(bytesCodec, { is: 'MeasureChunk', upload, bytes });
      told({ step: 'measuring', done: Math.min(size, (index + 1) * state.chunk_bytes), total: size });
    }
    const value = await this.#ask(bytesCodec, { is: 'EndMeasure', upload });
    await this.#ground.run({ is: 'KeepTransfer', upload, part: planPart, value });
    return state;
  }

  async #sendChunks(file: Source, state: UploadState, leave: Leave, told: Told, signal: AbortSignal): Promise<void> {
    const { upload, chunks } = state;
    const left = [...state.missing];
    let through = chunks - left.length;
    const tell = () =>
      told({ step: 'sending', done: Math.round((state.bytes * through) / chunks), total: state.bytes });
    tell();
    const work = async () => {
      for (let index = left.shift(); index !== undefined; index = left.shift()) {
        signal.throwIfAborted();
        const bytes = await piece(file, state, index);
        const { blob, sealed } = await this.#ask(sealedPart, { is: 'SealChunk', upload, index, bytes });
        await this.#put(leave, blob, sealed, signal);
        const call = { is: 'ChunkThrough', upload, index, chunk: blob, now: Date.now() } as const;
        for (const { part, value } of await this.#ask(keptParts, call)) {
          await this.#ground.run({ is: 'KeepTransfer', upload, part, value });
        }
        through++;
        tell();
      }
    };
    const workers = Array.from({ length: atOnce }, work);
    // The first that fails stops the others at their next chunk.
    await Promise.all(
      workers.map((worker) => worker.catch((why: unknown) => ((left.length = 0), Promise.reject(why)))),
    );
  }

  async #ask<T>(codec: Codec<T>, call: Call): Promise<T> {
    return decode(codec, await this.#ground.ask(call));
  }

  async #leave(allow: Allow): Promise<Leave> {
    const outcome = await this.#ground.run(allow);
    if (outcome.is !== 'TransferAllowed') throw new Refusal('malformed');
    return { allow, token: outcome.token };
  }

  async #put(leave: Leave, blob: string, sealed: Uint8Array, signal: AbortSignal): Promise<void> {
    await this.#move(leave, blob, sealed, signal);
  }
  #get(leave: Leave, blob: string, signal: AbortSignal): Promise<Uint8Array> {
    return this.#move(leave, blob, undefined, signal);
  }

  // A line that fails is tried again for a while, a leave that ran out is asked for anew; another no is the server's.
  async #move(leave: Leave, blob: string, body: Uint8Array | undefined, signal: AbortSignal): Promise<Uint8Array> {
    for (let tried = 1; ; tried++) {
      signal.throwIfAborted();
      const { token } = leave;
      try {
        return await this.#ground.move({ channel: leave.allow.channel, blob, token, body }, signal);
      } catch (why) {
        if (!(why instanceof Refusal) || signal.aborted || tried === tries) throw why;
        if (why.word === 'not_logged_in') {
          if (leave.token === token) leave.token = (await this.#leave(leave.allow)).token;
        } else if (why.word === 'unreachable') await this.#wait(breathMs * tried);
        else throw why;
      }
    }
  }
}

// A page's own way to the server, HTTPS beside the WebSocket. `server`: https://HOST:PORT.
export async function overHttps(server: string, piece: Piece, signal: AbortSignal): Promise<Uint8Array> {
  const { channel, blob, token, body } = piece;
  let response: Response;
  try {
    response = await fetch(`${server}/v1/chunk/${channel}/${blob}`, {
      method: body ? 'PUT' : 'GET',
      headers: { Authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      signal,
      ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Refusal('unreachable');
  }
  throw new Refusal(refusals[response.status] ?? 'unreachable');
}

const refusals: Record<number, string> = {
  400: 'malformed',
  401: 'not_logged_in',
  403: 'not_allowed',
  404: 'not_found',
  413: 'quota_exceeded',
  507: 'storage_full',
};

async function piece(file: Source, { chunk_bytes, bytes }: UploadState, index: number): Promise<Uint8Array> {
  const from = index * chunk_bytes;
  const part = file.slice(Math.min(from, bytes), Math.min(from + chunk_bytes, bytes));
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    throw new Refusal('malformed', 'source'); // changed or gone since it was chosen
  }
}
