// The port over the module worker. Locking ends the worker, and with it every key in memory; the next one stands by
// already, so that it takes no server to open the space again. Where another tab leads, that one is asked to lock.
import type { Act } from '../wire/acts.ts';
import { Refusal } from '../wire/calls.ts';
import type { Event as CoreEvent, Outcome } from '../wire/effects.ts';
import type { Command } from '../wire/commands.ts';
import type { Answer, Question } from '../wire/views.ts';
import { Away } from '../edge/program.ts';
import type { Begin, FromWorker, Request } from './messages.ts';
import type { ComputerPort, Port, Progress, Stage, UploadTarget } from './port.ts';
import { Tickets } from './tickets.ts';
import { worker } from './workers.ts';

type Waiting = { done: (value: never) => void; failed: (why: Refusal) => void };
const made = () => worker('core');
const lockWithinMs = 2000;

export class WorkerPort implements Port {
  readonly carrier = 'browser';
  #worker: Worker | undefined;
  #spare: Worker | undefined;
  #first: Promise<WebAssembly.Module>;
  #later: WebAssembly.Module | undefined;
  #waiting = new Map<number, Waiting>();
  #tickets = new Tickets();
  #told = new Map<number, (progress: Progress) => void>();
  #next = 1;
  #leads = true;
  #stage: Parameters<Port['onStage']>[0] = () => undefined;
  #lockAsked: () => void = () => undefined;
  #event: (event: CoreEvent) => void = () => undefined;
  #line: (kind: 'socket' | 'polling') => void = () => undefined;

  constructor({ first, worker }: { first: Promise<WebAssembly.Module>; worker: Worker }) {
    this.#first = first;
    this.#spare = worker;
  }

  start(): void {
    const worker = this.#spare ?? made();
    this.#spare = undefined;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    worker.onerror = (event: Event | ErrorEvent) => {
      // A script that can't be fetched has nothing to say.
      const broken = event instanceof ErrorEvent && event.message;
      if (broken) console.error(broken);
      this.#stage(broken ? 'unsupported' : 'away');
    };
    this.#first.then(
      (first) => worker.postMessage({ begin: { first, later: this.#later } } satisfies Begin),
      (error: unknown) => this.#stage(error instanceof Away ? 'away' : 'unsupported'),
    );
    this.#worker = worker;
  }

  // Once the space is open: the line may be gone when it is locked.
  #standBy(): void {
    if (this.#spare) return;
    const spare = made();
    spare.onerror = () => {
      if (this.#spare === spare) this.#spare = undefined;
    };
    this.#spare = spare;
  }

  onStage(listener: (stage: Stage, fleeting?: boolean) => void): void {
    this.#stage = listener;
  }
  onLockAsked(listener: () => void): void {
    this.#lockAsked = listener;
  }
  onEvent(listener: (event: CoreEvent) => void): void {
    this.#event = listener;
  }

  onLine(listener: (kind: 'socket' | 'polling') => void): void {
    this.#line = listener;
  }

  readLink(link: string) {
    return this.#ask<Awaited<ReturnType<Port['readLink']>>>({ do: 'readLink', link });
  }
  proposePassphrase() {
    return this.#ask<string>({ do: 'proposePassphrase' });
  }
  normalPassphrase(typed: string) {
    return this.#ask<string>({ do: 'normalPassphrase', typed });
  }
  create(passphrase: string, fleeting = false) {
    return this.#ask<void>({ do: 'create', passphrase, fleeting });
  }
  open(passphrase: string) {
    return this.#ask<void>({ do: 'open', passphrase });
  }
  changePassphrase(before: string, after: string) {
    return this.#ask<void>({ do: 'changePassphrase', before, after });
  }
  readonly computer: ComputerPort = {
    kept: () => this.#ask({ do: 'keptComputer' }),
    open: (secret) => this.#ask({ do: 'openByComputer', secret }),
    keep: (passphrase, key, secret) => this.#ask({ do: 'keepComputer', passphrase, key, secret }),
    forget: () => this.#ask({ do: 'forgetComputer' }),
  };
  empty() {
    return this.#ask<void>({ do: 'empty' });
  }
  keepDraft(place: string, text: string) {
    return this.#ask<void>({ do: 'keepDraft', place, text });
  }
  look<Q extends Question>(question: Q) {
    return this.#ask<Answer<Q>>({ do: 'look', question });
  }

  fetchRest(): void {
    this.#ask<void>({ do: 'fetchRest' }).catch(() => undefined); // it is fetched when it is needed, then
  }

  lock(): void {
    this.#stage('starting');
    this.#tickets.endAll('locked');
    if (!this.#leads) return void this.#ask<void>({ do: 'lock' }).catch(() => undefined); // it ends before it answers
    this.#worker?.terminate();
    for (const { failed } of this.#waiting.values()) failed(new Refusal('locked'));
    this.#waiting.clear();
    this.start();
  }

  // What is typed is kept first, if that can be done in time; the worker won't wait for longer either.
  #lockFor(): void {
    const asked = this.#worker;
    this.#lockAsked();
    setTimeout(() => this.#worker === asked && this.lock(), lockWithinMs);
  }

  run(command: Command, queued?: () => void): Promise<Outcome> {
    return this.#tickets.run((ticket) => this.#ask({ do: 'run', ticket, command }), queued);
  }
  act(act: Act, queued?: () => void): Promise<Outcome> {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return this.#tickets.run((ticket) => this.#ask({ do: 'act', ticket, act, zone: timeZone }), queued);
  }
  upload(file: File, target: UploadTarget, told: (progress: Progress) => void, signal: AbortSignal) {
    return this.#carried<Outcome>({ do: 'upload', file, target }, told, signal);
  }
  download(channel: string, version: string, told: (progress: Progress) => void, signal: AbortSignal) {
    return this.#carried<Blob>({ do: 'download', channel, version }, told, signal);
  }

  async #carried<T>(request: Request, told: (progress: Progress) => void, signal: AbortSignal): Promise<T> {
    const id = this.#next++;
    const stop = () => void this.#ask({ do: 'stop', which: id }).catch(() => undefined);
    signal.addEventListener('abort', stop, { once: true });
    this.#told.set(id, told);
    try {
      return await this.#ask<T>(request, id);
    } finally {
      this.#told.delete(id);
      signal.removeEventListener('abort', stop);
    }
  }

  #ask<T>(request: Request, id = this.#next++): Promise<T> {
    return new Promise<T>((done, failed) => {
      this.#waiting.set(id, { done: done as Waiting['done'], failed });
      // Screens hand over what they show; the worker gets plain values.
      this.#worker?.postMessage({ id, request: structuredClone(request) });
    });
  }

  #hear(message: FromWorker): void {
    if ('stage' in message) {
      if (message.stage === 'open') this.#standBy();
      else this.#tickets.endAll('locked'); // the core that had them is gone
      return this.#stage(message.stage, message.fleeting);
    }
    if ('leads' in message) return void (this.#leads = message.leads);
    if ('lock' in message) return this.#lockFor();
    if ('later' in message) return void (this.#later = message.later);
    if ('line' in message) return this.#line(message.line);
    if ('event' in message) {
      this.#tickets.hear(message.event);
      return this.#event(message.event);
    }
    if ('progress' in message) return this.#told.get(message.id)?.(message.progress);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('refused' in message) waiting?.failed(new Refusal(message.refused));
    else waiting?.done(message.value as never);
  }
}
