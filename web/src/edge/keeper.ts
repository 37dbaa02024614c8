// Holds core, store and the line to the server for every tab of this browser, and answers what their pages ask.
import type { FromWorker, KeeperRequest } from '../port/messages.ts';
import type { Progress, Stage } from '../port/port.ts';
import { Tickets } from '../port/tickets.ts';
import { type ComputerKey, computerRow, computerRowName, linkRead, Refusal } from '../wire/calls.ts';
import { decode, text } from '../wire/codec.ts';
import type { Outcome } from '../wire/effects.ts';
import { answers } from '../wire/views.ts';
import type { Audience } from './audience.ts';
import { Carrier, overHttps } from './carrier.ts';
import { Edge, type Input } from './edge.ts';
import { Core, Stopped } from './module.ts';
import { Away, type Program } from './program.ts';
import { Fleeting, type Rows, Store } from './store.ts';

// What is asked of the core here has tickets of its own, above the pages'.
const firstOwnTicket = 2 ** 31;

// Whose request it is: the page of this tab, or of another.
export type Asker = { name: string; hear(message: FromWorker): void };

export class Keeper {
  #program: Program;
  #audience: Audience;
  #kept: Store;
  #store: Rows; // that, or of a fleeting profile
  #free: Core; // for what needs no profile
  #edge: Edge | undefined;
  #asked = new Tickets(firstOwnTicket);
  #carried = new Map<string, AbortController>();

  private constructor(program: Program, audience: Audience, store: Store, free: Core) {
    this.#program = program;
    this.#audience = audience;
    this.#kept = this.#store = store;
    this.#free = free;
  }

  // Tells the audience at which stage it stands.
  static async start(program: Program, audience: Audience): Promise<Keeper> {
    const [core, store] = await Promise.all([Core.start(program), Store.open()]);
    const keeper = new Keeper(program, audience, store, core);
    keeper.#stage((await store.isEmpty()) ? 'empty' : 'locked');
    return keeper;
  }

  // Always with one answer.
  async serve(asker: Asker, id: number, request: KeeperRequest): Promise<void> {
    try {
      asker.hear({ id, value: await this.#answer(asker, id, request) });
    } catch (error) {
      asker.hear({ id, refused: refusal(error) });
    }
  }

  async #answer(asker: Asker, id: number, request: KeeperRequest): Promise<unknown> {
    switch (request.do) {
      case 'readLink':
        return decode(linkRead, this.#free.call({ is: 'ReadLink', link: request.link }));
      case 'proposePassphrase':
        return decode(text, this.#free.call({ is: 'ProposePassphrase' }));
      case 'normalPassphrase':
        return decode(text, this.#free.call({ is: 'NormalPassphrase', typed: request.typed }));
      case 'create':
        this.#store = request.fleeting ? new Fleeting() : this.#kept;
        this.#audience.fleeting = request.fleeting;
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
        this.#audience.fleeting = false;
        return this.#stage('empty');
      case 'run': {
        const { command } = request;
        return this.#given(asker, request.ticket, (ticket) => ({ is: 'Run', ticket, command }));
      }
      case 'act': {
        const { act, zone } = request;
        return this.#given(asker, request.ticket, (ticket) => ({ is: 'RunAct', ticket, act, zone }));
      }
      case 'upload':
        return this.#carry(asker, id, (carrier, told, signal) =>
          carrier.upload(request.file, request.target, told, signal),
        );
      case 'download':
        return this.#carry(asker, id, (carrier, told, signal) =>
          carrier.download(request.channel, request.version, told, signal),
        );
      case 'stop':
        return this.#carried.get(nameOf(asker, request.which))?.abort(new Refusal('stopped'));
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

  async #begin(call: Input): Promise<void> {
    const core = await Core.start(this.#program);
    const edge = new Edge(
      core,
      this.#store,
      (event) => {
        if (!this.#asked.hear(event)) this.#audience.happened(event);
      },
      (why) => {
        console.warn(String(why));
        this.#edge = undefined;
        this.#asked.endAll('locked');
        if (full(why)) this.#stage('full');
        else if (why instanceof Away) this.#stage('away');
        else this.#stage(why instanceof Stopped || why instanceof Error ? 'stopped' : 'locked');
      },
      (kind) => this.#audience.tell({ line: kind }),
    );
    await edge.input(call);
    this.#edge?.end();
    this.#edge = edge;
    await edge.input({ is: 'Start' });
    this.#stage('open');
  }

  #stage(stage: Stage): void {
    this.#audience.tell({ stage, fleeting: this.#audience.fleeting });
  }

  // A page's command, under the ticket by which the core's events find the page again.
  async #given(asker: Asker, ticket: number, input: (ticket: number) => Input): Promise<void> {
    const taken = this.#audience.take(asker, ticket);
    try {
      await this.#opened().input(input(taken));
    } catch (error) {
      this.#audience.giveBack(taken);
      throw error;
    }
  }

  #own(input: (ticket: number) => Input): Promise<Outcome> {
    return this.#asked.run((ticket) => this.#opened().input(input(ticket)));
  }

  async #carry<T>(
    asker: Asker,
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
    const name = nameOf(asker, id);
    this.#carried.set(name, abort);
    try {
      return await work(carrier, (progress) => asker.hear({ id, progress }), abort.signal);
    } finally {
      this.#carried.delete(name);
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

const nameOf = (asker: Asker, id: number) => `${asker.name} ${id}`;
const full = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

function refusal(error: unknown): string {
  if (error instanceof Refusal) return error.word;
  if (error instanceof Away) return 'unreachable';
  if (full(error)) return 'storage_full';
  return 'storage_failed';
}
