// The port over the local socket of `encuentro ui`: core, keys, store and the way to the server are the command's; this
// page keeps nothing but, until its tab is closed, the token with which it comes back after a reload.
import { Carrier } from '../edge/carrier.ts';
import { type Call, call as callCodec, linkRead, payload, Refusal } from '../wire/calls.ts';
import type { Act } from '../wire/acts.ts';
import { bytes, decode, encode, text } from '../wire/codec.ts';
import type { Command } from '../wire/commands.ts';
import type { Event, Outcome } from '../wire/effects.ts';
import { CloseCode, fromPage, lines, socketPath, socketSubprotocol, stages, toPage } from '../wire/local.ts';
import type { FromPage } from '../wire/local.ts';
import { type Answer, answers, type Question } from '../wire/views.ts';
import type { Port, Progress, Stage, UploadTarget } from './port.ts';
import { Tickets } from './tickets.ts';

type Waiting = { done: (answer: Uint8Array) => void; failed: (why: Refusal) => void };
const wayBack = 'encuentro.way-back';
const entering = '#/enter/';

// Out of the address and the history as soon as it was read.
function takeToken(): string {
  const { hash } = location;
  if (!hash.startsWith(entering)) return sessionStorage.getItem(wayBack) ?? '';
  history.replaceState(null, '', '#/');
  return hash.slice(entering.length);
}

export class SocketPort implements Port {
  readonly carrier = 'command';
  #socket: WebSocket | undefined;
  #waiting = new Map<number, Waiting>();
  #tickets = new Tickets();
  #next = 1;
  #stage: (stage: Stage) => void = () => undefined;
  #event: (event: Event) => void = () => undefined;
  #line: (kind: 'socket' | 'polling') => void = () => undefined;

  start(): void {
    const token = takeToken();
    if (token === '') return this.#stage('expired');
    const socket = new WebSocket(`ws://${location.host}${socketPath}`, socketSubprotocol);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#say({ is: 'Hello', token });
    socket.onmessage = ({ data }) => this.#hear(new Uint8Array(data as ArrayBuffer));
    socket.onclose = ({ code }) => {
      this.#endAll('locked');
      this.#stage(code === CloseCode.not_let_in || code === CloseCode.replaced ? 'expired' : 'ended');
    };
    this.#socket = socket;
    // A page that is left gives up what it has open at once.
    addEventListener('pagehide', () => socket.close());
  }

  onStage(listener: (stage: Stage) => void): void {
    this.#stage = listener;
  }
  onEvent(listener: (event: Event) => void): void {
    this.#event = listener;
  }
  onLine(listener: (kind: 'socket' | 'polling') => void): void {
    this.#line = listener;
  }

  async readLink(link: string) {
    return decode(linkRead, await this.#call({ is: 'ReadLink', link }));
  }
  async proposePassphrase() {
    return decode(text, await this.#call({ is: 'ProposePassphrase' }));
  }
  async normalPassphrase(typed: string) {
    return decode(text, await this.#call({ is: 'NormalPassphrase', typed }));
  }
  async create(passphrase: string) {
    await this.#call({ is: 'CreateProfile', passphrase, now: Date.now() });
  }
  async open(passphrase: string) {
    await this.#call({ is: 'OpenProfile', rows: [], passphrase, now: Date.now() });
  }
  async changePassphrase(old_passphrase: string, new_passphrase: string) {
    await this.#call({ is: 'ChangePassphrase', old_passphrase, new_passphrase });
  }
  async empty() {
    await this.#answered((id) => ({ is: 'SetAside', id }));
  }
  lock(): void {
    this.#say({ is: 'LockUp' });
    this.#endAll('locked');
  }

  run(command: Command, queued?: () => void): Promise<Outcome> {
    const give = (ticket: number) => this.#call({ is: 'Run', ticket, command, now: Date.now() });
    return this.#tickets.run(give, queued);
  }
  act(act: Act, queued?: () => void): Promise<Outcome> {
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    return this.#tickets.run((ticket) => this.#call({ is: 'RunAct', ticket, act, zone, now: Date.now() }), queued);
  }
  upload(file: File, target: UploadTarget, told: (progress: Progress) => void, signal: AbortSignal) {
    return this.#files().upload(file, target, told, stopped(signal));
  }
  download(channel: string, version: string, told: (progress: Progress) => void, signal: AbortSignal) {
    return this.#files().download(channel, version, told, stopped(signal));
  }

  async keepDraft(place: string, text: string) {
    await this.run({ is: 'KeepDraft', place, text });
  }
  async look<Q extends Question>(question: Q): Promise<Answer<Q>> {
    const answer = await this.#call({ is: 'Look', question });
    return decode(answers[question.is] as typeof text, answer) as Answer<Q>;
  }

  #files(): Carrier {
    return new Carrier({
      ask: (call) => this.#call(call),
      run: (command) => this.run(command),
      act: (act) => this.act(act),
      move: async (piece, signal) => {
        signal.throwIfAborted();
        return decode(bytes, await this.#answered((id) => ({ is: 'MovePiece', id, ...piece })));
      },
    });
  }

  #call(call: Call): Promise<Uint8Array> {
    const encoded = encode(callCodec, call);
    return this.#answered((id) => ({ is: 'CallCore', id, call: encoded }));
  }

  #answered(message: (id: number) => FromPage): Promise<Uint8Array> {
    const id = this.#next++;
    return new Promise<Uint8Array>((done, failed) => {
      this.#waiting.set(id, { done, failed });
      if (!this.#say(message(id))) this.#settle(id, (waiting) => waiting.failed(new Refusal('locked')));
    });
  }

  #say(message: FromPage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(encode(fromPage, message));
    return true;
  }

  #hear(message: Uint8Array): void {
    const said = decode(toPage, message);
    switch (said.is) {
      case 'Welcome':
        return sessionStorage.setItem(wayBack, said.token);
      case 'Staged':
        return this.#stage(stages[said.stage] ?? 'unsupported');
      case 'Lined':
        return this.#line(lines[said.line] ?? 'socket');
      case 'Happened':
        this.#tickets.hear(said.event);
        return this.#event(said.event);
      case 'Answered':
        return this.#settle(said.id, (waiting) => {
          try {
            waiting.done(payload(said.answer));
          } catch (why) {
            waiting.failed(why as Refusal);
          }
        });
    }
  }

  #settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) how(waiting);
  }

  #endAll(word: string): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, ({ failed }) => failed(new Refusal(word)));
    this.#tickets.endAll(word);
  }
}

// Whoever stops a file does it without a reason; the screens know it by this one.
function stopped(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  const stop = () => own.abort(new Refusal('stopped'));
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return own.signal;
}
