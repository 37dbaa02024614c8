// What the edge promises the core: store first, one call at a time, nothing of a call whose store failed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Edge } from '../src/edge/edge.ts';
import type { Core } from '../src/edge/module.ts';
import type { Store } from '../src/edge/store.ts';
import { type Call, Refusal } from '../src/wire/calls.ts';
import { encode } from '../src/wire/codec.ts';
import { type Effects, effects, type Event, type Transaction } from '../src/wire/effects.ts';

const nothing: Effects = {
  store: { puts: [], erases: [] },
  send: [],
  transfers: [],
  show: [],
  connect: undefined,
  disconnect: false,
  wake_at: undefined,
};
const put = { puts: [{ name: Uint8Array.of(1), value: Uint8Array.of(2) }], erases: [] };
const address = '127.0.0.1:8443';
const connect = { address, spki: '00'.repeat(32) };

class Socket {
  static OPEN = 1;
  static all: Socket[] = [];
  readyState = 1;
  binaryType = '';
  onopen?: () => void;
  onmessage?: (event: { data: ArrayBuffer }) => void;
  onclose?: () => void;
  readonly url: string;
  readonly protocol: string;
  log: string[];
  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
    this.log = log;
    Socket.all.push(this);
  }
  send(frame: Uint8Array) {
    this.log.push(`send ${frame.join(',')}`);
  }
  close() {
    this.log.push('close');
    this.readyState = 3;
    this.onclose?.();
  }
}
Object.assign(globalThis, { WebSocket: Socket });
let log: string[] = [];

// A core that answers each kind of call with the effects of the script, and writes down what it is asked.
function begin(
  script: Partial<Record<Call['is'], Partial<Effects> | Error>>,
  apply?: (what: Transaction) => Promise<void>,
  told?: (kind: string) => void,
) {
  log = [];
  Socket.all = [];
  const core = {
    call(what: Call) {
      log.push(what.is);
      const answer = script[what.is] ?? {};
      if (answer instanceof Error) throw answer;
      return encode(effects, { ...nothing, ...answer });
    },
  } as unknown as Core;
  const store = {
    apply:
      apply ??
      (async () => {
        await new Promise((done) => setTimeout(done, 5));
        log.push('stored');
      }),
  } as unknown as Store;
  const stopped: unknown[] = [];
  const edge = new Edge(
    core,
    store,
    (event: Event) => log.push(`show ${event.is}`),
    (why) => stopped.push(why),
    told,
  );
  return { edge, stopped };
}
const breath = (ms: number) => new Promise((done) => setTimeout(done, ms));
const settle = () => breath(40);
// Until so many lines are written down; a test that waits in vain runs into the runner's own end.
async function lines(count: number) {
  while (log.length < count) await breath(2);
  await settle(); // and nothing follows
}

test('store first, then frames, then events; the next call only after that', async () => {
  const { edge } = begin({
    Start: { connect },
    Connected: { store: put, send: [Uint8Array.of(7)], show: [{ is: 'RosterChanged', seq: 1 }] },
  });
  await edge.input({ is: 'Start' });
  const socket = Socket.all[0] as Socket;
  assert.deepEqual(
    [socket.url, socket.protocol, socket.binaryType],
    [`wss://${address}/v1`, 'encuentro.v1', 'arraybuffer'],
  );
  socket.onopen?.();
  socket.onmessage?.({ data: Uint8Array.of(1, 2).buffer });
  await lines(6);
  assert.deepEqual(log, ['Start', 'Connected', 'stored', 'send 7', 'show RosterChanged', 'Frame']);
});

test('a store that fails: nothing leaves, and the core is given up', async () => {
  const { edge, stopped } = begin(
    { Start: { connect }, Connected: { store: put, send: [Uint8Array.of(7)] } },
    async () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  );
  await edge.input({ is: 'Start' });
  await assert.rejects(edge.input({ is: 'Connected' }), { name: 'QuotaExceededError' });
  assert.deepEqual(log, ['Start', 'Connected', 'close']);
  assert.equal(stopped.length, 1);
  await assert.rejects(edge.input({ is: 'Wake' }), Refusal);
});

test("the core's own no changes nothing: it goes on", async () => {
  const { edge, stopped } = begin({ OpenProfile: new Refusal('wrong_passphrase') });
  await assert.rejects(edge.input({ is: 'OpenProfile', rows: [], passphrase: 'x' }), { word: 'wrong_passphrase' });
  await edge.input({ is: 'Wake' });
  assert.deepEqual([log, stopped], [['OpenProfile', 'Wake'], []]);
});

test('a trap ends the connection and is told', async () => {
  const { edge, stopped } = begin({ Start: { connect }, Wake: new Error('unreachable executed') });
  await edge.input({ is: 'Start' });
  await assert.rejects(edge.input({ is: 'Wake' }));
  assert.deepEqual([log.at(-1), stopped.length], ['close', 1]);
});

test('a lost connection is told once; one that the core closed is not', async () => {
  const { edge } = begin({ Start: { connect }, Wake: { disconnect: true } });
  await edge.input({ is: 'Start' });
  Socket.all[0]?.close();
  await lines(3);
  assert.deepEqual(log, ['Start', 'close', 'Disconnected']);
  await edge.input({ is: 'Start' });
  await edge.input({ is: 'Wake' });
  await lines(6);
  assert.deepEqual(log.slice(3), ['Start', 'Wake', 'close']);
});

test('a socket that never opens gives way to requests; one that was open does not', async () => {
  const kinds: string[] = [];
  const asked: string[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    asked.push(`${init.method} ${url}`);
    if (init.method === 'GET') return new Promise(() => undefined);
    return new Response('token');
  }) as unknown as typeof fetch;
  const { edge } = begin({ Start: { connect } }, undefined, (kind) => kinds.push(kind));
  await edge.input({ is: 'Start' });
  Socket.all[0]?.close();
  await lines(3);
  assert.deepEqual(log, ['Start', 'close', 'Connected']);
  assert.deepEqual(asked.slice(0, 2), [`POST https://${address}/v1/poll`, `GET https://${address}/v1/poll`]);
  await edge.input({ is: 'Start' });
  Socket.all[1]?.onopen?.();
  await lines(5);
  Socket.all[1]?.close();
  await lines(7);
  assert.deepEqual(kinds, ['polling', 'socket']);
  assert.deepEqual(log.slice(3), ['Start', 'Connected', 'close', 'Disconnected']);
  assert.equal(asked.filter((one) => one.startsWith('POST')).length, 1);
});

test('the alarm clock wakes the core, and a later answer replaces it', async () => {
  const { edge } = begin({ Start: { wake_at: Date.now() + 5 } });
  await edge.input({ is: 'Start' });
  await lines(2);
  assert.deepEqual(log, ['Start', 'Wake']);
  const other = begin({ Start: { wake_at: Date.now() + 10 } });
  await other.edge.input({ is: 'Start' });
  await other.edge.input({ is: 'Connected' });
  await settle();
  assert.deepEqual(log, ['Start', 'Connected']);
});
