// Files on their way: they go on while the person looks at other screens, and what fails waits for another try.
import type { Port, Progress, UploadTarget } from '../port/port.ts';
import { Refusal } from '../wire/calls.ts';
import { extension, mediaType, types } from './media.ts';
import { type Trouble, trouble } from './trouble.svelte.ts';
import { t } from '../words/language.svelte.ts';

export type Transfer = {
  id: number;
  name: string;
  channel: string;
  progress: Progress | undefined;
  problem: Trouble | undefined;
  cut: boolean; // goes on by itself
  done: boolean;
};

// The line is gone, or the space was locked: it goes on when it is connected again.
const isCut = (error: unknown): boolean => error instanceof Refusal && ['unreachable', 'locked'].includes(error.word);

type Work = (told: (progress: Progress) => void, signal: AbortSignal) => Promise<void>;

// What an upload that can't go on says: another file than the one it began with, or nothing is kept of it any more.
const beginAgain = ['malformed', 'already_exists', 'not_found', 'unknown_version'];

export class Transfers {
  list = $state<Transfer[]>([]);
  #port: Port;
  #roomFor: (bytes: number) => Promise<Partial<Trouble>>;
  #next = 1;
  #work = new Map<number, { run: Work }>();
  #stops = new Map<number, AbortController>();

  // `roomFor`: in words, how much room there is for a file that found none.
  constructor(port: Port, roomFor: (bytes: number) => Promise<Partial<Trouble>>) {
    this.#port = port;
    this.#roomFor = roomFor;
  }

  upload(file: File, target: Omit<UploadTarget, 'resume' | 'media_type'>): void {
    const whole = { ...target, media_type: mediaType(file), resume: undefined };
    this.#begin(file.name, target.channel, async (told, signal) => {
      const resume = await this.#cutOff(file, target.channel);
      try {
        await this.#port.upload(file, { ...whole, resume }, told, signal);
      } catch (error) {
        if (!resume || !(error instanceof Refusal) || !beginAgain.includes(error.word)) throw error;
        await this.#port.run({ is: 'ForgetTransfer', upload: resume });
        await this.#port.upload(file, whole, told, signal);
      }
    });
  }

  // A new document at the channel's top; its first version's id when it stands there.
  async attach(file: File, channel: string): Promise<string> {
    const target = { channel, document: undefined, replaces: [], folder: undefined, name: file.name, note: '' };
    const whole = { ...target, media_type: mediaType(file), resume: undefined };
    return new Promise((done, failed) => {
      const work = async (told: (progress: Progress) => void, signal: AbortSignal) => {
        try {
          const outcome = await this.#port.upload(file, whole, told, signal);
          if (outcome.is !== 'Sent') throw new Refusal('malformed');
          done(outcome.id);
        } catch (error) {
          failed(error);
          throw error;
        } finally {
          this.dismiss(id);
        }
      };
      const id = this.#begin(file.name, channel, work);
    });
  }

  download(channel: string, version: string, name: string, take: (blob: Blob) => void): void {
    this.#begin(name, channel, async (told, signal) => {
      take(await this.#port.download(channel, version, told, signal));
    });
  }

  // The server is there again.
  lineIsBack(): void {
    for (const { id, cut } of this.list) if (cut) this.again(id);
  }

  again(id: number): void {
    const transfer = this.#of(id);
    if (!transfer) return;
    transfer.problem = undefined;
    transfer.cut = false;
    void this.#run(id);
  }

  // Stops what is on its way; what was sent of an upload stays, and the same file goes on from there.
  dismiss(id: number): void {
    this.#stops.get(id)?.abort();
    this.#work.delete(id);
    this.list = this.list.filter((transfer) => transfer.id !== id);
  }

  // The access is gone from here; the next person's is another.
  forget(): void {
    for (const { id } of [...this.list]) this.dismiss(id);
  }

  #of(id: number): Transfer | undefined {
    return this.list.find((transfer) => transfer.id === id);
  }

  #begin(name: string, channel: string, run: Work): number {
    const id = this.#next++;
    this.#work.set(id, { run });
    this.list.push({ id, name, channel, progress: undefined, problem: undefined, cut: false, done: false });
    void this.#run(id);
    return id;
  }

  async #run(id: number): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(id, stop);
    const told = (progress: Progress) => {
      const transfer = this.#of(id);
      if (transfer) transfer.progress = progress;
    };
    try {
      await this.#work.get(id)?.run(told, stop.signal);
      const transfer = this.#of(id);
      if (transfer) transfer.done = true;
    } catch (error) {
      const transfer = this.#of(id);
      if (!transfer) return;
      transfer.problem = await this.#explained(error, transfer);
      transfer.cut = isCut(error);
    } finally {
      this.#stops.delete(id);
    }
  }

  async #explained(error: unknown, { progress }: Transfer): Promise<Trouble> {
    const said = trouble(error);
    if (isCut(error)) return { ...said, text: t('documents.cut.line') };
    if (!(error instanceof Refusal) || error.word !== 'quota_exceeded') return said;
    const room = await this.#roomFor(progress?.total ?? 0);
    return { ...said, ...room, text: [room.text, said.text].filter(Boolean).join(' ') };
  }

  async #cutOff(file: File, channel: string): Promise<string | undefined> {
    const library = await this.#port.look({ is: 'AskLibrary', channel });
    const running = this.list.filter(({ name, done, problem }) => name === file.name && !done && !problem);
    if (running.length > 1) return undefined;
    return library?.uploads.find(
      ({ name, bytes, modified }) => name === file.name && bytes === file.size && modified === file.lastModified,
    )?.upload;
  }
}

export type Preview = 'markdown' | 'text' | 'image' | 'pdf';
const previewBytesMax = { markdown: 8 << 20, text: 8 << 20, image: 8 << 20, pdf: 64 << 20 };
// By its name, as the person sees it: what a file says of itself is its author's word.
export function previewOf(name: string): { kind: Preview; type: string } | undefined {
  const type = types[extension(name)];
  if (type?.startsWith('image/')) return { kind: 'image', type };
  if (type === 'text/markdown') return { kind: 'markdown', type };
  if (type === 'application/pdf') return { kind: 'pdf', type };
  if (type === 'text/plain' || extension(name) === 'csv') return { kind: 'text', type: 'text/plain' };
  return undefined;
}
export function fitsPreview(name: string, bytes: number): boolean {
  const preview = previewOf(name);
  return preview !== undefined && bytes <= previewBytesMax[preview.kind];
}
