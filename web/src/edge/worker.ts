// The worker: stands by until the page says so, then holds the core for the one tab that leads, and answers it. Which
// tab leads is the browser's lock 'encuentro-profile': one core at a time writes the profile.
import laterUrl from '../../../build-wasm/bin/core_later.wasm?url';
import type { Begin, FromWorker, Request, ToWorker } from '../port/messages.ts';
import type { Progress, Stage } from '../port/port.ts';
import { Tickets } from '../port/tickets.ts';
import { type ComputerKey, computerRow, computerRowName, linkRead, Refusal } from '../wire/calls.ts';
import { decode, text } from '../wire/codec.ts';
import type { Outcome } from '../wire/effects.ts';
import { answers } from '../wire/views.ts';
import { Carrier, overHttps } from './carrier.ts';
import { Edge } from './edge.ts';
import { Core, Stopped } from './module.ts';
import { Away, type Modules, Program } from './program.ts';
import { Fleeting, type Rows, Store } from './store.ts';

const say = (message: FromWorker) => postMessage(message);
const stage = (now: Stage) => say({ stage: now });

// What the worker itself asks of the core has tickets of its own, above the page's.
const firstOwnTicket = 2 ** 31;

class Keeper {
  #program: Program;
  #store: Rows;
  #free: Core; // for what needs no profile
  #edge: Edge | undefined;
  #asked = new Tickets(firstOwnTicket);
  #carried = new Map<number, AbortController>();

  private constructor(program: Program, store: Rows, free: Core) {
    this.#program = program;
    this.#store = store;
    this.#free = free;
  }

  static async start(modules: Modules): Promise<Keeper> {
    const program = new Program(modules, laterUrl);
    const [core, store] = await Promise.all([Core.start(program), Store.open()]);
    return new Keeper(program, store, core);
  }

  async standing(): Promise<Stage> {
    return (await this.#store.isEmpty()) ? 'empty' : 'locked';
  }

  async answer(id: number, request: Request): Promise<unknown> {
    switch (request.do) {
      case 'readLink':
        return decode(linkRead, this.#free.call({ is: 'ReadLink', link: request.link }));
      case 'proposePassphrase':
        return decode(text, this.#free.call({ is: 'ProposePassphrase' }));
      case 'normalPassphrase':
        return decode(text, this.#free.call({ is: 'NormalPassphrase', typed: request.typed }));
      case 'create':
        if (request.fleeting) this.#store = new Fleeting();
        await this.#begin({ is: 'CreateProfile', passphrase: request.passphrase });
        return request.fleeting ? undefined : this.#persist();
      case 'open':
        return this.#begin({ is: 'OpenProfile', rows: await this.#store.all(), passphrase: request.passphrase });
      case 'changePassphrase':
        return this.#opened().aboutOpening({
          is: 'ChangePassphrase',
          old_passphrase: request.before,
          new_passphrase: request.after,
        });
      case 'keptComputer':
        return this.#keptComputer();
      case 'openByComputer':
        return this.#begin({ is: 'OpenByComputer', rows: await this.#store.all(), secret: request.secret });
      case 'keepComputer': {
        const { passphrase, key, secret } = request;
        return this.#opened().aboutOpening({ is: 'KeepComputer', passphrase, ...key, secret });
      }
      case 'forgetComputer':
        return this.#opened().aboutOpening({ is: 'ForgetComputer' });
      case 'empty':
        this.#edge?.end();
        this.#edge = undefined;
        await this.#store.empty();
        return stage('empty');
      case 'run':
        return this.#opened().input({ is: 'Run', ticket: request.ticket, command: request.command });
      case 'act': {
        const { ticket, act, zone } = request;
        return this.#opened().input({ is: 'RunAct', ticket, act, zone });
      }
      case 'fetchRest':
        return say({ later: await this.#program.complete() });
      case 'upload':
        return this.#carry(id, (carrier, told, signal) => carrier.upload(request.file, request.target, told, signal));
      case 'download':
        return this.#carry(id, (carrier, told, signal) =>
          carrier.download(request.channel, request.version, told, signal),
        );
      case 'stop':
        return this.#carried.get(request.which)?.abort(new Refusal('stopped'));
      case 'keepDraft':
        await this.#own((ticket) => ({
          is: 'Run',
          ticket,
          command: { is: 'KeepDraft', place: request.place, text: request.text },
        }));
        return undefined;
      case 'look': {
        const { question } = request;
        return decode(answers[question.is] as typeof text, await this.#opened().ask({ is: 'Look', question }));
      }
    }
  }

  async #keptComputer(): Promise<ComputerKey | undefined> {
    const value = await this.#store.get(computerRowName);
    if (!value) return undefined;
    const { credential, salt } = decode(computerRow, value);
    return { credential, salt };
  }

  async #begin(call: Parameters<Edge['input']>[0]): Promise<void> {
    const core = await Core.start(this.#program);
    const edge = new Edge(
      core,
      this.#store,
      (event) => {
        if (!this.#asked.hear(event)) say({ event });
      },
      (why) => {
        console.warn(String(why));
        this.#edge = undefined;
        this.#asked.endAll('locked');
        if (full(why)) stage('full');
        else if (why instanceof Away) stage('away');
        else stage(why instanceof Stopped || why instanceof Error ? 'stopped' : 'locked');
      },
      (kind) => say({ line: kind }),
    );
    await edge.input(call);
    this.#edge?.end();
    this.#edge = edge;
    await edge.input({ is: 'Start' });
    stage('open');
  }

  #own(input: (ticket: number) => Parameters<Edge['input']>[0]): Promise<Outcome> {
    return this.#asked.run((ticket) => this.#opened().input(input(ticket)));
  }

  async #carry<T>(
    id: number,
    work: (carrier: Carrier, told: (progress: Progress) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const edge = this.#opened();
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    const carrier = new Carrier({
      ask: (call) => edge.ask(call),
      run: (command) => this.#own((ticket) => ({ is: 'Run', ticket, command })),
      act: (act) => this.#own((ticket) => ({ is: 'RunAct', ticket, act, zone })),
      move: (piece, signal) => overHttps(`https://${edge.address}`, piece, signal),
    });
    const abort = new AbortController();
    this.#carried.set(id, abort);
    try {
      return await work(carrier, (progress) => say({ id, progress }), abort.signal);
    } finally {
      this.#carried.delete(id);
    }
  }

  #opened(): Edge {
    if (!this.#edge) throw new Refusal('locked');
    return this.#edge;
  }

  // Asks the browser not to empty us when it needs room. It may say no; nothing depends on it.
  async #persist(): Promise<void> {
    await navigator.storage.persist?.().catch(() => false);
  }
}

const full = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

function refusal(error: unknown): string {
  if (error instanceof Refusal) return error.word;
  if (error instanceof Away) return 'unreachable';
  if (full(error)) return 'storage_full';
  return 'storage_failed';
}

async function serve(modules: Modules): Promise<void> {
  const keeper = await Keeper.start(modules);
  onmessage = async ({ data }: MessageEvent<ToWorker>) => {
    if ('begin' in data) return;
    try {
      say({ id: data.id, value: await keeper.answer(data.id, data.request) });
    } catch (error) {
      say({ id: data.id, refused: refusal(error) });
    }
  };
  stage(await keeper.standing());
}

const lock = 'encuentro-profile';
const forever = () => new Promise<never>(() => undefined);
async function lead(modules: Modules): Promise<void> {
  const serveForever = async () => {
    await serve(modules);
    return forever();
  };
  const led = await navigator.locks.request(lock, { ifAvailable: true }, (held) => (held ? serveForever() : false));
  if (led !== false) return;
  stage('following');
  await navigator.locks.request(lock, serveForever);
}
onmessage = ({ data }: MessageEvent<Begin>) => {
  lead(data.begin).catch((error: unknown) => {
    console.error(String(error));
    stage('unsupported');
  });
};
