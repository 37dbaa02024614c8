// The page's side of the local socket, with the command's side played: the token, answers, events, what is stopped.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Stage } from '../src/port/port.ts';
import { SocketPort } from '../src/port/socket_port.ts';
import { call as callCodec } from '../src/wire/calls.ts';
import { bytes, decode, encode, text } from '../src/wire/codec.ts';
import { failure } from '../src/wire/effects.ts';
import { type FromPage, fromPage, stages, type ToPage, toPage } from '../src/wire/local.ts';

class Socket {
  static OPEN = 1;
  static last: Socket;
  readyState = 0;
  binaryType = '';
  said: FromPage[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: ArrayBuffer }) => void;
  onclose?: (event: { code: number }) => void;
  readonly url: string;
  readonly protocol: string;
  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
    Socket.last = this;
  }
  send(message: Uint8Array) {
    this.said.push(decode(fromPage, message));
  }
  close() {}
  begin() {
    this.readyState = 1;
    this.onopen?.();
  }
  hear(message: ToPage) {
    this.onmessage?.({ data: encode(toPage, message).buffer });
  }
  end(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

const kept = new Map<string, string>();
let address = '';
beforeEach(() => {
  kept.clear();
  address = '#/enter/abcd';
  Object.assign(globalThis, {
    WebSocket: Socket,
    addEventListener: () => undefined,
    sessionStorage: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    },
    location: {
      host: '127.0.0.1:4000',
      get hash() {
        return address;
      },
    },
    history: { replaceState: (_state: unknown, _title: string, to: string) => (address = to) },
  });
});

function begin() {
  const port = new SocketPort();
  const seen: Stage[] = [];
  port.onStage((stage) => seen.push(stage));
  port.start();
  Socket.last?.begin();
  return { port, seen, socket: Socket.last };
}
const good = (answer: Uint8Array) => Uint8Array.of(1, ...answer);
const bad = (code: number) => Uint8Array.of(0, ...encode(failure, { code, rule: '', expected: 0, got: 0 }));
// The id and call of what was said last.
function asked(socket: Socket) {
  const said = socket.said.at(-1) as FromPage;
  assert.ok(said.is === 'CallCore');
  return { id: said.id, call: decode(callCodec, said.call) };
}

test('the token leaves the address at once, is said once, and the next one is for coming back', () => {
  const { socket, seen } = begin();
  assert.deepEqual(
    [socket.url, socket.protocol, socket.binaryType],
    ['ws://127.0.0.1:4000/ui/v1', 'encuentro.ui.v1', 'arraybuffer'],
  );
  assert.equal(address, '#/');
  assert.deepEqual(socket.said, [{ is: 'Hello', token: 'abcd' }]);
  socket.hear({ is: 'Welcome', token: 'efgh' });
  socket.hear({ is: 'Staged', stage: stages.indexOf('locked') });
  assert.deepEqual(seen, ['locked']);
  const again = begin(); // a reload
  assert.deepEqual(again.socket.said, [{ is: 'Hello', token: 'efgh' }]);
});

test('without a token, and with one that was used, the address has expired; a command that stops is told apart', () => {
  address = '#/';
  assert.deepEqual(begin().seen, ['expired']);
  const endings = [4001, 4002, 1006].map((code) => {
    address = '#/enter/abcd';
    const { socket, seen } = begin();
    socket.end(code);
    return seen;
  });
  assert.deepEqual(endings, [['expired'], ['expired'], ['ended']]);
});

test('an answer goes to who asked, a refusal rejects, and a socket that ends leaves nobody waiting', async () => {
  const { port, socket } = begin();
  const first = port.proposePassphrase();
  const one = asked(socket);
  const second = port.open('una frase');
  const two = asked(socket);
  assert.deepEqual(two.call.is === 'OpenProfile' && [two.call.rows, two.call.passphrase], [[], 'una frase']);
  socket.hear({ is: 'Answered', id: two.id, answer: bad(704) });
  socket.hear({ is: 'Answered', id: one.id, answer: good(encode(text, 'seis palabras')) });
  assert.equal(await first, 'seis palabras');
  await assert.rejects(second, { word: 'wrong_passphrase' });
  const third = port.look({ is: 'AskChannels' });
  socket.end(1006);
  await assert.rejects(third, { word: 'locked' });
  await assert.rejects(port.look({ is: 'AskChannels' }), { word: 'locked' });
});

test('a command is done by its event, not by being taken', async () => {
  const { port, socket } = begin();
  let queued = false;
  const sent = port.run({ is: 'Sync' }, () => (queued = true));
  const { id, call } = asked(socket);
  assert.ok(call.is === 'Run');
  socket.hear({ is: 'Answered', id, answer: good(encode(bytes, new Uint8Array())) });
  const [channel, record] = ['11'.repeat(16), '22'.repeat(16)];
  const { ticket } = call;
  socket.hear({ is: 'Happened', event: { is: 'Queued', ticket, channel, id: record } });
  socket.hear({ is: 'Happened', event: { is: 'Done', ticket, outcome: { is: 'Sent', channel, id: record, seq: 4 } } });
  assert.deepEqual(await sent, { is: 'Sent', channel, id: record, seq: 4 });
  assert.ok(queued);
});

test('locking says so, and what still waited is refused; the profile is set aside, never erased', async () => {
  const { port, socket } = begin();
  const waiting = port.look({ is: 'AskSelf' });
  port.lock();
  assert.deepEqual(socket.said.at(-1), { is: 'LockUp' });
  await assert.rejects(waiting, { word: 'locked' });
  const emptied = port.empty();
  const said = socket.said.at(-1) as FromPage;
  assert.ok(said.is === 'SetAside');
  socket.hear({ is: 'Answered', id: said.id, answer: good(new Uint8Array()) });
  await emptied;
});
