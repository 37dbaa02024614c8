// What the page knows at the moment: the views of the core, asked again when it says that something changed. Screens
// read it and give commands through it; they never talk to the port.
import type { Port, Stage } from '../port/port.ts';
import { Refusal } from '../wire/calls.ts';
import type { Act } from '../wire/acts.ts';
import type { Command } from '../wire/commands.ts';
import { type Alarm, type Event, type Outcome, SessionState } from '../wire/effects.ts';
import { Transfers } from './transfers.svelte.ts';
import {
  type Announcement,
  type CalendarEvent,
  type Channel,
  ChannelKind,
  type Conversation,
  type Directory,
  type Library,
  type Self,
} from '../wire/views.ts';

export const conversationPage = 100;

type Part = 'self' | 'channels' | 'boards' | 'directory' | 'alarms' | 'conversation' | 'events' | 'library';
const ofChannels: Part[] = ['channels', 'boards', 'conversation', 'events', 'library'];
const everything: Part[] = ['self', 'directory', 'alarms', ...ofChannels];

export class Space {
  stage = $state<Stage>('starting');
  // The core had to be given up before this unlock.
  cameBack = $state(false);
  session = $state<number>(SessionState.offline);
  sessionProblem = $state(0);
  self = $state.raw<Self | undefined>();
  loaded = $state(false);
  channels = $state.raw<Channel[]>([]);
  boards = $state.raw<Announcement[]>([]);
  directory = $state.raw<Directory>({ countries: [], people: [] });
  alarms = $state.raw<Alarm[]>([]);
  conversation = $state.raw<Conversation | undefined>();
  events = $state.raw<CalendarEvent[]>([]);
  library = $state.raw<Library | undefined>();

  // What is typed and not sent, by channel; as long as the page lives, also over a lock.
  drafts = new Map<string, string>();

  readonly port: Port;
  readonly transfers: Transfers;
  #open: { channel: string; count: number } | undefined;
  #openLibrary: string | undefined;
  #stale = new Set<Part>();
  #refreshing = false;

  constructor(port: Port) {
    this.port = port;
    this.transfers = new Transfers(port);
    port.onStage((stage) => this.#enter(stage));
    port.onEvent((event) => this.#happened(event));
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

  run(command: Command, queued?: () => void): Promise<Outcome> {
    return this.port.run(command, queued);
  }

  act(act: Act, queued?: () => void): Promise<Outcome> {
    return this.port.act(act, queued);
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
    if (!this.#refreshing) void this.#refreshAll();
  }

  #enter(stage: Stage): void {
    if (stage === 'stopped') this.cameBack = true;
    if (stage !== 'open') this.#forget();
    this.stage = stage;
    if (stage === 'open') {
      this.cameBack = false;
      this.refresh();
    }
  }

  #forget(): void {
    this.loaded = false;
    this.self = undefined;
    this.channels = [];
    this.boards = [];
    this.directory = { countries: [], people: [] };
    this.alarms = [];
    this.conversation = undefined;
    this.events = [];
    this.library = undefined;
    this.session = SessionState.offline;
  }

  #happened(event: Event): void {
    switch (event.is) {
      case 'SessionChanged':
        this.session = event.state;
        this.sessionProblem = event.why.code;
        break;
      case 'RosterChanged':
        this.refresh(['self', 'directory', ...ofChannels]);
        break;
      case 'ChannelUpdated':
      case 'RecordRead':
      case 'OutboxChanged':
        this.refresh(ofChannels);
        break;
      case 'Alarm':
        this.refresh(['alarms', 'channels', 'conversation']);
        break;
      case 'Done':
        this.refresh(['self', ...ofChannels]);
        break;
      default:
        break;
    }
  }

  // One round at a time; what becomes stale meanwhile is the next round's.
  async #refreshAll(): Promise<void> {
    this.#refreshing = true;
    try {
      while (this.#stale.size > 0 && this.stage === 'open') {
        const parts = [...this.#stale];
        this.#stale.clear();
        for (const part of parts) await this.#refresh(part);
        this.loaded = true;
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // locked meanwhile
    } finally {
      this.#refreshing = false;
    }
  }

  async #refresh(part: Part): Promise<void> {
    const { port } = this;
    switch (part) {
      case 'self':
        this.self = await port.look({ is: 'AskSelf' });
        if (this.self) this.session = this.self.session;
        break;
      case 'channels':
        this.channels = await port.look({ is: 'AskChannels' });
        break;
      case 'boards':
        this.boards = await port.look({ is: 'AskBoards' });
        break;
      case 'directory':
        this.directory = await port.look({ is: 'AskDirectory' });
        break;
      case 'alarms':
        this.alarms = await port.look({ is: 'AskAlarms' });
        break;
      case 'events':
        this.events = await port.look({ is: 'AskCalendar' });
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
