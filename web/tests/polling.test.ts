// The way by requests where WebSockets are refused (docs/PROTOCOL.md P), and how the edge comes to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Heard } from '../src/edge/line.ts';
import { messages, pollingLine } from '../src/edge/polling.ts';

type Asked = { method: string; token: string | undefined; body: number[] };

// A server of one session: what it is asked, and what each waiting GET is answered, one after the other.
function server(answers: (Uint8Array | number)[]) {
  const asked: Asked[] = [];
  globalThis.fetch = (async (_url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    const body = [...((init.body as Uint8Array | undefined) ?? [])];
    asked.push({ method: init.method as string, token: headers['Authorization'], body });
    if (init.method === 'GET') {
      const answer = answers.shift();
      if (answer === undefined) {
        return new Promise((_, failed) => init.signal?.addEventListener('abort', () => failed(new Error('stopped'))));
      }
      return typeof answer === 'number'
        ? new Response(null, { status: answer })
        : new Response(answer as Uint8Array<ArrayBuffer>);
    }
    return new Response(headers['Authorization'] ? '' : 'token');
  }) as unknown as typeof fetch;
  return asked;
}
function listening() {
  const log: string[] = [];
  const heard: Heard = {
    open: () => log.push('open'),
    frame: (bytes) => log.push(`frame ${bytes.join(',')}`),
    closed: (opened) => log.push(`closed ${opened}`),
  };
  return { log, heard };
}
const settle = () => new Promise((done) => setTimeout(done, 20));

test('messages stand each behind its length; a length that lies is refused', () => {
  assert.deepEqual(messages(Uint8Array.of(0, 0, 0, 2, 7, 8, 0, 0, 0, 1, 9)), [Uint8Array.of(7, 8), Uint8Array.of(9)]);
  assert.deepEqual(messages(new Uint8Array()), []);
  assert.throws(() => messages(Uint8Array.of(0, 0, 0, 3, 7)));
  assert.throws(() => messages(Uint8Array.of(255, 0, 0, 0)));
});

test('a session is opened, frames come and go in their order, and it is ended by its own word', async () => {
  const asked = server([Uint8Array.of(0, 0, 0, 1, 5), new Uint8Array(), Uint8Array.of(0, 0, 0, 1, 6)]);
  const { log, heard } = listening();
  const line = pollingLine('h:1', heard);
  await settle();
  line.send(Uint8Array.of(1));
  line.send(Uint8Array.of(2));
  await settle();
  assert.deepEqual(log, ['open', 'frame 5', 'frame 6']);
  const posts = asked.filter(({ method }) => method === 'POST');
  assert.deepEqual(
    posts.map(({ token, body }) => [token, body]),
    [
      [undefined, []],
      ['Bearer token', [1]],
      ['Bearer token', [2]],
    ],
  );
  line.close();
  await settle();
  assert.equal(asked.at(-1)?.method, 'DELETE');
  assert.deepEqual(log, ['open', 'frame 5', 'frame 6']);
});

test('whatever fails ends it, once; what never opened says so', async () => {
  server([404]);
  const { log, heard } = listening();
  pollingLine('h:1', heard);
  await settle();
  assert.deepEqual(log, ['open', 'closed true']);
  globalThis.fetch = (async () => new Response(null, { status: 429 })) as unknown as typeof fetch;
  const other = listening();
  pollingLine('h:1', other.heard);
  await settle();
  assert.deepEqual(other.log, ['closed false']);
});
