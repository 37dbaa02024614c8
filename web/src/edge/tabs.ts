// The tabs of one browser. One leads: its worker holds the core. The workers of the others pass on to it what their
// pages ask, and to their pages what it answers. They meet in a channel of the browser's that only pages of this very
// program can enter: its name is the program's address, which another version hasn't.
import type { Asked, FromWorker } from '../port/messages.ts';
import type { Others } from './audience.ts';
import type { Asker } from './keeper.ts';

type ToLeader = { from: string; id: number; request: Asked } | { from: string; hello: true };
type FromLeader = { leader: string; to: string | undefined; but: string | undefined; message: FromWorker };
type Said = ToLeader | FromLeader;
type Channel = Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;

// How long a leader may take to say that it is there.
const silenceMs = 3000;

export class Leading implements Others {
  #channel: Channel;
  #name = crypto.randomUUID();
  #askers = new Map<string, Asker>();

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  // From here on the other tabs are answered.
  begin(came: (asker: Asker) => void, asked: (asker: Asker, id: number, request: Asked) => void): void {
    this.#channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if (!('from' in data)) return;
      const asker = this.#asker(data.from);
      if ('hello' in data) came(asker);
      else asked(asker, data.id, data.request);
    };
  }

  tell(message: FromWorker, but?: string): void {
    this.#say(undefined, but, message);
  }

  #asker(name: string): Asker {
    const known = this.#askers.get(name) ?? {
      name,
      hear: (message: FromWorker) => this.#say(name, undefined, message),
    };
    this.#askers.set(name, known);
    return known;
  }

  #say(to: string | undefined, but: string | undefined, message: FromWorker): void {
    this.#channel.postMessage({ leader: this.#name, to, but, message } satisfies Said);
  }
}

export class Following {
  #channel: Channel;
  #name = crypto.randomUUID();
  #leader: string | undefined;
  #hear: (message: FromWorker) => void;
  #unanswered = new Set<number>();
  #silence: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(channel: Channel, hear: (message: FromWorker) => void) {
    this.#channel = channel;
    this.#hear = hear;
  }

  // Asks how it stands. A leader that doesn't answer is of another version, or hangs.
  begin(): void {
    this.#channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('leader' in data) this.#heard(data);
    };
    this.#silence = setTimeout(() => this.#hear({ stage: 'following', fleeting: false }), silenceMs);
    this.#say({ from: this.#name, hello: true });
  }

  ask(id: number, request: Asked): void {
    this.#unanswered.add(id);
    if (this.#over) this.#refuseAll();
    else this.#say({ from: this.#name, id, request });
  }

  // This tab leads from now on. What is asked before it can answer has nobody to ask.
  end(): void {
    this.#over = true;
    clearTimeout(this.#silence);
    this.#channel.onmessage = null;
    this.#refuseAll();
  }

  #heard({ leader, to, but, message }: FromLeader): void {
    if ((to !== undefined && to !== this.#name) || but === this.#name) return;
    clearTimeout(this.#silence);
    if (leader !== this.#leader) this.#refuseAll(); // what was asked of the one before has no answer any more
    this.#leader = leader;
    if ('value' in message || 'refused' in message) this.#unanswered.delete(message.id);
    this.#hear(message);
  }

  #refuseAll(): void {
    for (const id of this.#unanswered) this.#hear({ id, refused: 'locked' });
    this.#unanswered.clear();
  }

  #say(message: ToLeader): void {
    this.#channel.postMessage(message satisfies Said);
  }
}
