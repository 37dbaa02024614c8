// What the page knows at the moment: the views of the core, asked again when it says that something changed, and only
// of the channel where it did. Screens read it and give commands through it; they never talk to the port.
import type { Port, Stage } from '../port/port.ts';
import { Refusal } from '../wire/calls.ts';
import type { Act } from '../wire/acts.ts';
import type { Command } from '../wire/commands.ts';
import { type Event, type Failure, type Outcome, SessionState } from '../wire/effects.ts';
import {
  type Announcement,
  type CalendarEvent,
  type Channel,
  ChannelKind,
  type ComingBack,
  type Conversation,
  type Directory,
  type Library,
  type Offices,
  type Self,
  type StandingAlarm,
  type Statement,
  type Statements,
} from '../wire/views.ts';
import { refusedWords } from '../words/room.svelte.ts';
import { Copying } from './copying.svelte.ts';
import { Drafts } from './drafts.ts';
import { Quota } from './quota.svelte.ts';
import { toSign } from './statements.ts';
import { Transfers } from './transfers.svelte.ts';
import type { Trouble } from './trouble.svelte.ts';

export const conversationPage = 100;
// From here on everything is asked anew instead of one channel after the other.
const channelsAtOnce = 6;

type Part =
  | 'self'
  | 'channels'
  | 'boards'
  | 'directory'
  | 'alarms'
  | 'conversation'
  | 'events'
  | 'library'
  | 'returning'
  | 'statements'
  | 'offices';
const ofChannels: Part[] = ['channels', 'boards', 'conversation', 'events', 'library'];
const ofRoster: Part[] = ['self', 'directory', 'returning', 'statements', 'offices'];
const everything: Part[] = ['alarms', ...ofRoster, ...ofChannels];
const nothingWaits: Statements = { threshold: 0, keys: 0, holds_key: false, waiting: [] };
const noOffices: Offices = { invitations: [], reliefs: [], last_days: [] };

export class Space {
  stage = $state<Stage>('starting');
  // The core had to be given up before this unlock.
  cameBack = $state(false);
  session = $state<number>(SessionState.offline);
  sessionProblem = $state.raw<Failure | undefined>();
  // The server is reached by long polling: something on the way refuses WebSockets.
  slowLine = $state(false);
  // Something of what the core says could not be read: the screens may be behind.
  behind = $state(false);
  self = $state.raw<Self | undefined>();
  loaded = $state(false);
  // On a computer that others use too: nothing is kept, and the access ends with the lock or the tab.
  fleeting = $state(false);
  // Another tab locked, or was closed and had it open.
  lockedElsewhere = $state(false);
  channels = $state.raw<Channel[]>([]);
  boards = $state.raw<Announcement[]>([]);
  directory = $state.raw<Directory>({ countries: [], people: [] });
  alarms = $state.raw<StandingAlarm[]>([]);
  conversation = $state.raw<Conversation | undefined>();
  events = $state.raw<CalendarEvent[]>([]);
  library = $state.raw<Library | undefined>();
  // Who waits for a further person's word to come back, and who has just come back.
  returning = $state.raw<ComingBack[]>([]);
  returned = $state.raw<string[]>([]);
  // What several sign; invitations, reliefs and last days.
  statements = $state.raw<Statements>(nothingWaits);
  offices = $state.raw<Offices>(noOffices);

  readonly port: Port;
  readonly transfers: Transfers;
  readonly drafts: Drafts;
  readonly copying: Copying;
  readonly quota: Quota;
  #open: { channel: string; count: number } | undefined;
  #openLibrary: string | undefined;
  #stale = new Set<Part>();
  #staleChannels = new Set<string>();
  #refreshing = false;

  constructor(port: Port) {
    this.port = port;
    this.quota = new Quota(port);
    this.transfers = new Transfers(port, (bytes) => this.#roomFor(bytes));
    this.drafts = new Drafts(port);
    this.copying = new Copying(port);
    port.onStage((stage, fleeting = false) => this.#enter(stage, fleeting));
    port.onLockAsked?.(() => void this.lock().then(() => (this.lockedElsewhere = true)));
    port.onEvent((event) => this.#happened(event));
    port.onLine((kind) => (this.slowLine = kind === 'polling'));
    addEventListener('pagehide', () => void this.drafts.flush());
    addEventListener('visibilitychange', () => void this.drafts.flush());
    // The browser asks before the only copy goes.
    addEventListener('beforeunload', (event) => this.fleeting && event.preventDefault());
  }

  get talks(): Channel[] {
    return this.channels.filter((channel) => channel.kind !== ChannelKind.board);
  }
  get boardChannels(): Channel[] {
    return this.channels.filter((channel) => channel.kind === ChannelKind.board);
  }
  get pending(): Announcement[] {
    return this.boards.filter((announcement) => announcement.waits_for_me);
  }
  get toSign(): Statement[] {
    return toSign(this.statements.waiting, Date.now());
  }

  run(command: Command, queued?: () => void): Promise<Outcome> {
    return this.port.run(command, queued);
  }

  act(act: Act, queued?: () => void): Promise<Outcome> {
    return this.port.act(act, queued);
  }

  // What waits for several isn't pushed: whoever looks has the server asked.
  lookForStatements(): void {
    this.port.run({ is: 'Sync' }).catch(() => undefined); // away: asked at the next connection
  }

  // What is typed goes into the profile first.
  async lock(): Promise<void> {
    await this.drafts.flush();
    this.port.lock();
  }

  openLibrary(channel: string | undefined): void {
    if (this.#openLibrary !== channel) this.library = undefined;
    this.#openLibrary = channel;
    this.refresh(['library']);
  }

  openConversation(channel: string | undefined, count = conversationPage): void {
    if (this.#open?.channel !== channel) this.conversation = undefined;
    this.#open = channel === undefined ? undefined : { channel, count };
    this.refresh(['conversation']);
  }

  refresh(parts: Part[] = everything): void {
    for (const part of parts) this.#stale.add(part);
    this.#begin();
  }

  #refreshChannel(channel: string): void {
    this.#staleChannels.add(channel);
    this.#begin();
  }

  #begin(): void {
    if (!this.#refreshing) void this.#refreshAll();
  }

  async #roomFor(bytes: number): Promise<Partial<Trouble>> {
    const room = await this.quota.ask();
    return room ? refusedWords(this, room, bytes) : {};
  }

  #enter(stage: Stage, fleeting: boolean): void {
    this.lockedElsewhere = stage === 'locked' && (this.stage === 'open' || this.lockedElsewhere);
    this.fleeting = fleeting;
    if (stage === 'stopped' || stage === 'full') this.cameBack = true;
    if (stage !== 'open') this.#forget();
    if (stage === 'empty') {
      this.transfers.forget();
      this.drafts.forget();
    }
    this.stage = stage;
    if (stage === 'open') {
      this.cameBack = false;
      this.refresh();
    }
  }

  #forget(): void {
    this.loaded = this.behind = false;
    this.self = undefined;
    this.channels = [];
    this.boards = [];
    this.directory = { countries: [], people: [] };
    this.alarms = [];
    this.conversation = undefined;
    this.events = [];
    this.library = undefined;
    this.returning = [];
    this.returned = [];
    this.statements = nothingWaits;
    this.offices = noOffices;
    this.session = SessionState.offline;
    this.drafts.forgetSaved();
    this.copying.forget();
    this.quota.room = undefined;
  }

  #happened(event: Event): void {
    switch (event.is) {
      case 'SessionChanged':
        this.session = event.state;
        this.sessionProblem = event.why.code === 0 ? undefined : event.why;
        if (event.state === SessionState.online) {
          this.refresh(['self', 'channels']);
          this.transfers.lineIsBack();
        }
        break;
      case 'RosterChanged':
        this.refresh([...ofRoster, ...ofChannels]);
        break;
      case 'ChannelUpdated':
      case 'RecordRead':
      case 'OutboxChanged':
        this.#refreshChannel(event.channel);
        break;
      case 'StatementsChanged':
        this.refresh(['returning', 'statements']);
        break;
      case 'ReEntered':
        if (event.member !== this.self?.person.member && !this.returned.includes(event.member))
          this.returned = [...this.returned, event.member];
        break;
      case 'Alarm':
        this.refresh(['alarms', 'channels', 'conversation']);
        break;
      case 'Done':
        if (
          event.outcome.is === 'Sent' ||
          event.outcome.is === 'ChannelChanged' ||
          event.outcome.is === 'ChannelCreated'
        )
          this.#refreshChannel(event.outcome.channel);
        else this.refresh(['self', 'channels', 'library']);
        break;
      default:
        break;
    }
  }

  // One round at a time; what becomes stale meanwhile is the next round's.
  async #refreshAll(): Promise<void> {
    this.#refreshing = true;
    if (!this.loaded) await this.#try(() => this.drafts.load());
    while (this.#stale.size + this.#staleChannels.size > 0 && this.stage === 'open') {
      if (this.#staleChannels.size > channelsAtOnce) for (const part of ofChannels) this.#stale.add(part);
      const parts = [...this.#stale];
      const channels = parts.includes('channels') && parts.includes('events') ? [] : [...this.#staleChannels];
      this.#stale.clear();
      this.#staleChannels.clear();
      for (const part of parts) await this.#try(() => this.#refresh(part));
      for (const channel of channels) await this.#try(() => this.#refreshOne(channel));
      if (this.stage === 'open') this.loaded = true;
    }
    this.#refreshing = false;
  }

  // One part that can't be had takes no other away, and is said on the screen.
  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Refusal) return; // locked meanwhile
      console.error(String(error));
      this.behind = true;
    }
  }

  async #refreshOne(id: string): Promise<void> {
    const { port } = this;
    const [channel] = await port.look({ is: 'AskChannels', channel: id });
    this.channels = replaced(this.channels, ({ id: other }) => other === id, channel ? [channel] : []);
    if (channel?.kind === ChannelKind.board) {
      const boards = await port.look({ is: 'AskBoards', channel: id });
      this.boards = replaced(this.boards, (one) => one.channel === id, boards).sort(byTime);
    }
    const events = await port.look({ is: 'AskCalendar', channel: id });
    this.events = replaced(this.events, (one) => one.channel === id, events);
    if (this.#open?.channel === id) await this.#refresh('conversation');
    if (this.#openLibrary === id) await this.#refresh('library');
    // What passes on with an office lies in the channels.
    if (this.offices.reliefs.length > 0) await this.#refresh('offices');
  }

  async #refresh(part: Part): Promise<void> {
    const { port } = this;
    switch (part) {
      case 'self':
        this.self = await port.look({ is: 'AskSelf' });
        if (this.self) this.session = this.self.session;
        break;
      case 'channels':
        this.channels = await port.look({ is: 'AskChannels', channel: undefined });
        break;
      case 'boards':
        this.boards = await port.look({ is: 'AskBoards', channel: undefined });
        break;
      case 'directory':
        this.directory = await port.look({ is: 'AskDirectory' });
        break;
      case 'alarms':
        this.alarms = await port.look({ is: 'AskAlarms' });
        break;
      case 'events':
        this.events = await port.look({ is: 'AskCalendar', channel: undefined });
        break;
      case 'returning':
        this.returning = (await port.look({ is: 'AskReEntry', request: '' })).waiting;
        break;
      case 'statements':
        this.statements = await port.look({ is: 'AskStatements' });
        break;
      case 'offices':
        this.offices = await port.look({ is: 'AskOffices' });
        break;
      case 'library': {
        const channel = this.#openLibrary;
        if (channel === undefined) break;
        const answer = await port.look({ is: 'AskLibrary', channel });
        if (this.#openLibrary === channel) this.library = answer;
        break;
      }
      case 'conversation': {
        const open = this.#open;
        if (!open) break;
        const answer = await port.look({ is: 'AskConversation', ...open });
        if (this.#open?.channel === open.channel) this.conversation = answer;
        break;
      }
    }
  }
}

function replaced<T>(list: T[], old: (one: T) => boolean, now: T[]): T[] {
  const at = list.findIndex(old);
  const rest = list.filter((one) => !old(one));
  return at < 0 ? [...rest, ...now] : [...rest.slice(0, at), ...now, ...rest.slice(at)];
}

// The core's order (client/views/board.h).
function byTime(a: Announcement, b: Announcement): number {
  return a.item.time - b.item.time || (a.item.id < b.item.id ? -1 : 1);
}
