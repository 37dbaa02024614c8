// The worker: stands by until the page says so. The one of the tab that leads then holds the core, those of the others
// pass on. Which tab leads is the browser's lock 'encuentro-profile': one core at a time writes the profile.
import laterUrl from '../../../build-wasm/bin/core_later.wasm?url';
import type { Asked, Begin, FromWorker, ToWorker } from '../port/messages.ts';
import { Audience } from './audience.ts';
import { type Asker, Keeper } from './keeper.ts';
import { type Modules, Program } from './program.ts';
import { Following, Leading } from './tabs.ts';

const lock = 'encuentro-profile';
// A page that hangs can't lock itself; its worker goes without it.
const pageLocksMs = 2000;
const forever = () => new Promise<never>(() => undefined);
const say = (message: FromWorker) => postMessage(message);
const page: Asker = { name: 'own', hear: say };

function serve(program: Program, ask: (id: number, request: Asked) => void): void {
  onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if ('begin' in data) return;
    const { id, request } = data;
    if (request.do === 'fetchRest') void fetchRest(program, id);
    else ask(id, request);
  };
}

// Each tab has the program for itself: it is ready to lead.
async function fetchRest(program: Program, id: number): Promise<void> {
  try {
    say({ later: await program.complete() });
    say({ id, value: undefined });
  } catch {
    say({ id, refused: 'unreachable' });
  }
}

// Another tab wants the space locked. This one's page keeps first what is typed in it.
function lockForAnother(): void {
  say({ lock: true });
  setTimeout(() => close(), pageLocksMs);
}

async function lead(program: Program, channel: BroadcastChannel): Promise<never> {
  say({ leads: true });
  const others = new Leading(channel);
  const audience = new Audience(page, others);
  const keeper = await Keeper.start(program, audience);
  const answer = (asker: Asker, id: number, request: Asked) => {
    if (request.do === 'lock') lockForAnother();
    else void keeper.serve(asker, id, request);
  };
  serve(program, (id, request) => answer(page, id, request));
  others.begin((newcomer) => audience.tellStanding(newcomer), answer);
  return forever();
}

async function begin(modules: Modules): Promise<void> {
  const program = new Program(modules, laterUrl);
  const channel = new BroadcastChannel(import.meta.url);
  const leadOr = (held: Lock | null) => (held ? lead(program, channel) : false);
  if ((await navigator.locks.request(lock, { ifAvailable: true }, leadOr)) !== false) return;
  const following = new Following(channel, say);
  serve(program, (id, request) => following.ask(id, request));
  say({ leads: false });
  following.begin();
  await navigator.locks.request(lock, () => {
    following.end();
    return lead(program, channel);
  });
}

onmessage = ({ data }: MessageEvent<Begin>) => {
  begin(data.begin).catch((error: unknown) => {
    console.error(String(error));
    say({ stage: 'unsupported', fleeting: false });
  });
};
