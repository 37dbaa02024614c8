// The tabs of one browser: who is answered, who hears what, and what becomes of a question whose leader is gone. The
// channel is node's own BroadcastChannel, which behaves as the browser's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Audience } from '../src/edge/audience.ts';
import type { Asker } from '../src/edge/keeper.ts';
import { Following, Leading } from '../src/edge/tabs.ts';
import type { Asked, FromWorker } from '../src/port/messages.ts';
import type { Event } from '../src/wire/effects.ts';

const channelName = 'tabs.test';
const outcome = { is: 'Nothing' } as never;
const done = (ticket: number): Event => ({ is: 'Done', ticket, outcome });

// What a page hears, and a way to wait for it.
class Page {
  heard: FromWorker[] = [];
  #waiting: (() => void)[] = [];
  hear = (message: FromWorker) => {
    this.heard.push(message);
    for (const look of this.#waiting) look();
  };
  until(count: number): Promise<FromWorker[]> {
    return new Promise((found) => {
      const look = () => this.heard.length >= count && found(this.heard);
      this.#waiting.push(look);
      look();
    });
  }
}

type Question = { asker: Asker; id: number; request: Asked };
function leader(t: { after(work: () => void): void }) {
  const channel = new BroadcastChannel(channelName);
  const page = new Page();
  const leading = new Leading(channel as never);
  const own: Asker = { name: 'own', hear: page.hear };
  const audience = new Audience(own, leading);
  const asked: Question[] = [];
  let told: (() => void) | undefined;
  leading.begin(
    (newcomer) => audience.tellStanding(newcomer),
    (asker, id, request) => {
      asked.push({ asker, id, request });
      told?.();
    },
  );
  const question = async (count: number) => {
    while (asked.length < count) await new Promise<void>((come) => (told = come));
    return asked[count - 1] as Question;
  };
  t.after(() => channel.close());
  return { audience, own, page, question, leave: () => channel.close() };
}

function follower(t: { after(work: () => void): void }) {
  const channel = new BroadcastChannel(channelName);
  const page = new Page();
  const following = new Following(channel as never, page.hear);
  following.begin();
  t.after(() => {
    following.end();
    channel.close();
  });
  return { following, page };
}

test('a tab that comes later hears how it stands, and what is asked in it is answered to it alone', async (t) => {
  const { audience, question } = leader(t);
  audience.tell({ stage: 'locked', fleeting: false });
  audience.tell({ stage: 'open', fleeting: false });
  audience.tell({ line: 'polling' });
  const offline: Event = { is: 'SessionChanged', state: 1, why: { code: 700, rule: '', expected: 0, got: 0 } };
  audience.happened(offline);
  const one = follower(t);
  const two = follower(t);
  const standing = [{ stage: 'open', fleeting: false }, { line: 'polling' }, { event: offline }];
  assert.deepEqual(await one.page.until(3), standing);
  assert.deepEqual(await two.page.until(3), standing);

  one.following.ask(7, { do: 'proposePassphrase' });
  const { asker, id, request } = await question(1);
  assert.deepEqual(request, { do: 'proposePassphrase' });
  asker.hear({ id, value: 'nube carta' });
  audience.tell({ stage: 'locked', fleeting: false }); // after which the other one would have heard it
  assert.deepEqual((await one.page.until(5)).slice(3), [
    { id: 7, value: 'nube carta' },
    { stage: 'locked', fleeting: false },
  ]);
  assert.deepEqual((await two.page.until(4)).slice(3), [{ stage: 'locked', fleeting: false }]);
});

test("two tabs count their commands alike: each hears of its own, and of another's only that it is done", async (t) => {
  const { audience, own: asker, page, question } = leader(t);
  audience.tell({ stage: 'open', fleeting: false });
  const one = follower(t);
  const two = follower(t);
  await Promise.all([one.page.until(1), two.page.until(1)]);
  one.following.ask(1, { do: 'run', ticket: 1, command: { is: 'Sync' } });
  const first = await question(1);
  two.following.ask(1, { do: 'run', ticket: 1, command: { is: 'Sync' } });
  const second = await question(2);
  const taken = [first, second].map(({ asker }) => audience.take(asker, 1));
  const own = audience.take(asker, 1);
  assert.equal(new Set([...taken, own]).size, 3);
  audience.happened(done(taken[0] as number));
  audience.happened(done(taken[1] as number));
  const tickets = async (of: Page, from: number) =>
    (await of.until(from + 2))
      .slice(from)
      .map((message) => ('event' in message && 'ticket' in message.event ? message.event.ticket : undefined));
  assert.deepEqual(await tickets(one.page, 1), [1, 0]);
  assert.deepEqual(await tickets(two.page, 1), [0, 1]);
  assert.deepEqual(await tickets(page, 1), [0, 0]);
  audience.happened(done(own));
  assert.deepEqual(page.heard.slice(3), [{ event: done(1) }]);
  assert.deepEqual((await one.page.until(4)).slice(3), [{ event: done(0) }]);
});

test('a command that is refused leaves nothing behind, and a core that is given up none of its tickets', async (t) => {
  const { audience, own, page } = leader(t);
  audience.tell({ stage: 'open', fleeting: false });
  const [refused, before, after] = [4, 5, 6].map((ticket) => audience.take(own, ticket)) as [number, number, number];
  audience.giveBack(refused);
  audience.happened(done(refused));
  audience.happened(done(before));
  audience.happened(done(before));
  audience.tell({ stage: 'stopped', fleeting: false });
  audience.happened(done(after));
  const tickets = page.heard.flatMap((message) => ('event' in message ? [message.event] : []));
  assert.deepEqual(tickets, [done(0), done(5), done(0), done(0)]);
});

test('a question whose leader is gone is refused: when another leads, or when this tab itself does', async (t) => {
  const gone = leader(t);
  gone.audience.tell({ stage: 'open', fleeting: false });
  const one = follower(t);
  const two = follower(t);
  await Promise.all([one.page.until(1), two.page.until(1)]);
  one.following.ask(3, { do: 'proposePassphrase' });
  await gone.question(1);
  two.following.ask(4, { do: 'proposePassphrase' });
  await gone.question(2);
  gone.leave();
  two.following.end();
  two.following.ask(5, { do: 'proposePassphrase' });
  assert.deepEqual(two.page.heard.slice(1), [
    { id: 4, refused: 'locked' },
    { id: 5, refused: 'locked' },
  ]);
  leader(t).audience.tell({ stage: 'locked', fleeting: false });
  assert.deepEqual((await one.page.until(3)).slice(1), [
    { id: 3, refused: 'locked' },
    { stage: 'locked', fleeting: false },
  ]);
});

test('what is on its way is no answer yet', async (t) => {
  const gone = leader(t);
  gone.audience.tell({ stage: 'open', fleeting: false });
  const one = follower(t);
  await one.page.until(1);
  one.following.ask(9, { do: 'download', channel: '00', version: '00' });
  const { asker, id } = await gone.question(1);
  asker.hear({ id, progress: { step: 'receiving', done: 1, total: 2 } });
  await one.page.until(2);
  gone.leave();
  one.following.end();
  assert.deepEqual(one.page.heard.at(-1), { id: 9, refused: 'locked' });
});

test('a leader that says nothing is told, until it speaks', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const one = follower(t);
  assert.deepEqual(one.page.heard, []);
  t.mock.timers.tick(3000);
  assert.deepEqual(one.page.heard, [{ stage: 'following', fleeting: false }]);
  leader(t).audience.tell({ stage: 'locked', fleeting: false });
  assert.deepEqual((await one.page.until(2)).at(-1), { stage: 'locked', fleeting: false });
});
