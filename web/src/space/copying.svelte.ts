// The copy of everything, while it is made: it goes on under other screens, and ends with the space when it locks.
import type { CopyProgress, CopyReport } from '../copy/copy.ts';
import type { Port } from '../port/port.ts';
import { Refusal } from '../wire/calls.ts';
import { language, t } from '../words/language.svelte.ts';
import { save } from './save.ts';
import { type Trouble, trouble } from './trouble.svelte.ts';

// Where the browser lets a page write into a file that the person chose, as it comes; elsewhere the browser collects
// it first.
type Picker = { showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle> };
type Target = { stream: WritableStream<Uint8Array>; finish: () => Promise<void> };

export class Copying {
  progress = $state.raw<CopyProgress | undefined>();
  report = $state.raw<CopyReport | undefined>();
  problem = $state<Trouble>();
  working = $state(false);
  #port: Port;
  #stop: AbortController | undefined;

  constructor(port: Port) {
    this.#port = port;
  }

  async begin(name: string, titleOf: (channel: string) => string): Promise<void> {
    if (this.working) return;
    this.forget();
    const stop = (this.#stop = new AbortController());
    const of = { port: this.#port, say: t, language: language.current, titleOf, now: Date.now() };
    const told = (progress: CopyProgress) => (this.progress = progress);
    this.working = true;
    try {
      const target = await chosen(name);
      if (!target) return;
      const { writeZip } = await import('../copy/zip.ts').catch(() => Promise.reject(new Refusal('unreachable')));
      const report = await writeZip(of, target.stream, told, stop.signal);
      await target.finish();
      this.report = report;
    } catch (error) {
      if (!stop.signal.aborted) this.problem = explained(error);
    } finally {
      this.working = false;
      this.progress = undefined;
    }
  }

  stop(): void {
    this.#stop?.abort(new Refusal('stopped'));
  }

  forget(): void {
    this.report = this.problem = undefined;
  }
}

// Nothing: the person chose no place.
async function chosen(name: string): Promise<Target | undefined> {
  const { showSaveFilePicker } = window as Picker;
  if (!showSaveFilePicker) return collected(name);
  const types = [{ accept: { 'application/zip': ['.zip'] } }];
  try {
    const handle = await showSaveFilePicker.call(window, { suggestedName: name, types });
    return { stream: await handle.createWritable(), finish: async () => undefined };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    return collected(name);
  }
}
function collected(name: string): Target {
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const blob = new Response(readable).blob();
  blob.catch(() => undefined); // told by the other end
  return { stream: writable as WritableStream<Uint8Array>, finish: async () => save(await blob, name) };
}

function explained(error: unknown): Trouble {
  if (error instanceof Refusal) return trouble(error);
  const full = error instanceof DOMException && error.name === 'QuotaExceededError';
  return trouble(new Refusal(full ? 'storage_full' : 'storage_failed'));
}
