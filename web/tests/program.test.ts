// The core in two modules: the later one is made when it is first needed, once for each core, and its absence is told.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Core } from '../src/edge/module.ts';
import { Away, Program } from '../src/edge/program.ts';
import { type Call, Refusal } from '../src/wire/calls.ts';
import { decode, text } from '../src/wire/codec.ts';

const file = (name: string) => readFileSync(new URL(`../../build-wasm/bin/${name}.wasm`, import.meta.url));
const first = new WebAssembly.Module(file('core_first'));
const later = new WebAssembly.Module(file('core_later'));
const url = '/assets/core_later.wasm';

const propose: Call = { is: 'ProposePassphrase' };
// Opening by the computer is the second way in: nobody's first visit does it.
const byComputer: Call = { is: 'OpenByComputer', rows: [], secret: new Uint8Array(32), now: Date.now() };

test('what a first visit calls is in the first module alone', async () => {
  const core = await Core.start({ first, later: () => assert.fail('the later module was asked for') });
  assert.equal(decode(text, core.call(propose)).split(' ').length, 6);
});

test('a call that needs the later module makes it, once', async () => {
  let made = 0;
  const core = await Core.start({ first, later: () => (made++, later) });
  for (let i = 0; i < 3; i++) assert.throws(() => core.call(byComputer), Refusal);
  assert.equal(made, 1);
  assert.equal(decode(text, core.call(propose)).split(' ').length, 6);
});

test('a call that needs it and can not have it says so', async () => {
  const core = await Core.start({
    first,
    later: () => {
      throw new Away('no line');
    },
  });
  assert.throws(() => core.call(byComputer), Away);
});

// A server as an XMLHttpRequest that waits sees it: 0 is no line.
function server(status: number) {
  const asked: string[] = [];
  class Request {
    status = 0;
    response: ArrayBuffer | undefined;
    responseType = '';
    open(method: string, url: string, waiting: boolean) {
      asked.push(`${method} ${url} ${waiting}`);
    }
    send() {
      if (status === 0) throw new Error('NetworkError');
      this.status = status;
      this.response = Uint8Array.from(file('core_later')).buffer;
    }
  }
  Object.assign(globalThis, { XMLHttpRequest: Request });
  return asked;
}

test('fetched at once, the later module is kept', () => {
  const asked = server(200);
  const program = new Program({ first, later: undefined }, url);
  const had = program.later();
  assert.equal(program.later(), had);
  assert.equal(new Program({ first, later: had }, url).later(), had);
  assert.deepEqual(asked, ['GET /assets/core_later.wasm false']);
});

test('a server that is away or has it no more is told as Away', () => {
  for (const status of [0, 404, 500]) {
    server(status);
    assert.throws(() => new Program({ first, later: undefined }, url).later(), Away);
  }
});
