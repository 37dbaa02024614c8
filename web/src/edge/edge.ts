// Carries out what the core wants, in its order (client/core/effects.h): first the whole transaction, durably, then
// frames, transfers, events, connection and alarm clock. One call at a time, each wholly, before the next. If the store
// fails nothing of that call leaves, and the core is given up: it starts again from what is stored.
import type { Call } from '../wire/calls.ts';
import { Refusal } from '../wire/calls.ts';
import { decode } from '../wire/codec.ts';
import { codes } from '../wire/codes.ts';
import { type Effects, effects as effectsCodec, type Event, type Transfer } from '../wire/effects.ts';
import { type Heard, type Kind, type Line, socketLine } from './line.ts';
import type { Core } from './module.ts';
import { pollingLine } from './polling.ts';
import type { Rows } from './store.ts';

const longestTimer = 2_000_000_000; // setTimeout counts in 31 bits

// Without the time, which is told when the core is called.
type Timed = Extract<Call, { now: number }>;
export type Input = Timed extends infer T ? (T extends { now: number } ? Omit<T, 'now'> : never) : never;

export class Edge {
  #core: Core;
  #store: Rows;
  #show: (event: Event) => void;
  #stopped: (why: unknown) => void;
  #told: (kind: Kind) => void;
  #queue: Promise<unknown> = Promise.resolve();
  #line: Line | undefined;
  #address = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(
    core: Core,
    store: Rows,
    show: (event: Event) => void,
    stopped: (why: unknown) => void,
    told: (kind: Kind) => void = () => undefined,
  ) {
    this.#told = told;
    this.#core = core;
    this.#store = store;
    this.#show = show;
    this.#stopped = stopped;
  }

  get address(): string {
    return this.#address;
  }

  // Rejects with Refusal when the core says no, without effects then.
  input(input: Input): Promise<void> {
    return this.#inTurn(async () => {
      const call = { ...input, now: Date.now() } as Call;
      await this.#carryOut(decode(effectsCodec, this.#core.call(call)));
    });
  }

  // What is written about how the profile is opened.
  aboutOpening(call: Extract<Call, { is: 'ChangePassphrase' | 'KeepComputer' | 'ForgetComputer' }>): Promise<void> {
    return this.#inTurn(async () => this.#carryOut(decode(effectsCodec, this.#core.call(call))));
  }

  // A look, between two inputs: it never sees what isn't stored yet.
  ask(call: Call): Promise<Uint8Array> {
    return this.#inTurn(async () => this.#core.call(call));
  }

  end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#line?.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.#over) throw new Refusal('locked');
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Refusal)) this.#giveUp(error);
        throw error;
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #giveUp(why: unknown): void {
    this.end();
    this.#stopped(why);
  }

  // An input that nobody waits for: what goes wrong is told by #giveUp.
  #tell(input: Input): void {
    this.input(input).catch(() => undefined);
  }

  async #carryOut(effects: Effects): Promise<void> {
    if (effects.store.puts.length + effects.store.erases.length > 0) await this.#store.apply(effects.store);
    for (const frame of effects.send) this.#line?.send(frame);
    for (const transfer of effects.transfers) void this.#transfer(transfer);
    for (const event of effects.show) this.#show(event);
    if (effects.disconnect) this.#disconnect();
    if (effects.connect) this.#connect(effects.connect.address);
    this.#wakeAt(effects.wake_at);
  }

  // The WebSocket first, at every connection; long polling only where the server can be reached and the socket not.
  #connect(address: string): void {
    this.#disconnect();
    this.#address = address;
    this.#open('socket', address);
  }

  #open(kind: Kind, address: string): void {
    let line: Line | undefined;
    const current = () => this.#line === line;
    const heard: Heard = {
      open: () => {
        if (!current()) return;
        this.#told(kind);
        this.#tell({ is: 'Connected' });
      },
      frame: (bytes) => {
        if (current()) this.#tell({ is: 'Frame', bytes });
      },
      closed: (opened) => {
        if (!current()) return;
        this.#line = undefined;
        if (kind === 'socket' && !opened) this.#open('polling', address);
        else this.#tell({ is: 'Disconnected' });
      },
    };
    line = kind === 'socket' ? socketLine(address, heard) : pollingLine(address, heard);
    this.#line = line;
  }

  // The core asked for it, so it isn't told again.
  #disconnect(): void {
    const line = this.#line;
    this.#line = undefined;
    line?.close();
  }

  // Replaces what was asked before; nothing: there is nothing to wake for.
  #wakeAt(time: number | undefined): void {
    clearTimeout(this.#timer);
    if (time === undefined) return;
    const wait = Math.min(Math.max(0, time - Date.now()), longestTimer);
    this.#timer = setTimeout(() => this.#tell({ is: 'Wake' }), wait);
  }

  async #transfer({ number, put, path, token, body }: Transfer): Promise<void> {
    const done = (answer: Uint8Array | undefined, why: number) =>
      this.#tell({ is: 'TransferDone', number, body: answer, why });
    try {
      const response = await fetch(`https://${this.#address}${path}`, {
        method: put ? 'PUT' : 'GET',
        headers: { Authorization: `Bearer ${token}` },
        credentials: 'omit',
        cache: 'no-store',
        ...(put ? { body: body as Uint8Array<ArrayBuffer> } : {}),
      });
      if (response.ok) done(new Uint8Array(await response.arrayBuffer()), 0);
      else done(undefined, { 413: codes.quota_exceeded, 507: codes.storage_full }[response.status] ?? codes.not_found);
    } catch {
      done(undefined, codes.unreachable);
    }
  }
}
