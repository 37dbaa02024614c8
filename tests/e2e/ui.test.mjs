// Tests: client/cli/verbs/ui.cpp client/cli/ui/serve.cpp client/cli/ui/line.cpp client/cli/ui/movers.cpp
// `encuentro ui` as a browser and as somebody hostile on the same machine meet it: tokens, Host and Origin, headers,
// the file's mode; then the socket, with the bytes that go to the core in WebAssembly elsewhere.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { request as requestTls } from 'node:https';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Space, bin, enter, foundNetwork, run } from './harness.mjs';
import { call as callCodec, payload, Refusal } from '../../web/src/wire/calls.ts';
import { bytes, decode, encode, text } from '../../web/src/wire/codec.ts';
import { fromPage, stages, toPage } from '../../web/src/wire/local.ts';
import { answers } from '../../web/src/wire/views.ts';

const space = new Space();
const web = join(space.folder, 'web');
let secretariat;
let person;

before(
  async () => {
    mkdirSync(join(web, 'assets'), { recursive: true });
    writeFileSync(join(web, 'index.html'), '<!doctype html><html><head><title>x</title></head></html>');
    writeFileSync(join(web, 'assets', 'a.js'), '1;');
    const config = join(space.folder, 'encuentrod.conf');
    writeFileSync(config, `web = ${web}\norigins = https://example.org\n`);
    await space.start({ args: ['--config', config] });
    secretariat = await foundNetwork(space);
    await secretariat.do('country', 'add', 'AR', '--name', 'Argentina', '--status', 'member');
    person = await enter(secretariat, space.person('Titular'), ['--role', 'focal-point', '--country', 'AR']);
  },
  { timeout: 120_000 },
);
after(() => space.end());

// Starts `encuentro ui`; `shown` are the lines it printed.
async function serve(who, ...args) {
  const child = who.follow('ui', '--no-browser', '--web', web, ...args);
  const first = await child.until((line) => line.address);
  const { host, hash } = new URL(first.address);
  return { child, host, ...first, token: hash.slice('#/enter/'.length) };
}

function ask(host, path, headers = {}, method = 'GET') {
  const [hostname, port] = host.split(':');
  return new Promise((done, failed) => {
    const asked = request({ hostname, port, path, method, headers: { Host: host, ...headers } }, (response) => {
      let body = '';
      response.on('data', (data) => (body += data));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on('error', failed);
    asked.end();
  });
}

// A page: everything it was told, and answers by id. Node's WebSocket takes other headers than a browser's would.
class Page {
  constructor(host, origin = `http://${host}`) {
    this.told = [];
    this.waiting = [];
    this.next = 1;
    this.socket = new WebSocket(`ws://${host}/ui/v1`, { protocols: ['encuentro.ui.v1'], headers: { Origin: origin } });
    this.socket.binaryType = 'arraybuffer';
    this.open = new Promise((done, failed) => {
      this.socket.onopen = () => done();
      this.socket.onerror = () => failed(new Error('no socket'));
    });
    this.closed = new Promise((done) => (this.socket.onclose = ({ code }) => done(code)));
    this.socket.onmessage = ({ data }) => {
      this.told.push(decode(toPage, new Uint8Array(data)));
      for (const look of [...this.waiting]) look();
    };
  }
  say(message) {
    this.socket.send(encode(fromPage, message));
  }
  // The first message, from `after` on, for which `test` gives something.
  until(test, after = 0) {
    return new Promise((done, failed) => {
      const end = setTimeout(() => failed(new Error(`not told: ${JSON.stringify(this.told)}`)), 30_000);
      const look = () => {
        const hit = this.told.slice(after).map(test).find(Boolean);
        if (!hit) return;
        clearTimeout(end);
        this.waiting.splice(this.waiting.indexOf(look), 1);
        done(hit);
      };
      this.waiting.push(look);
      look();
    });
  }
  stage(name, after = 0) {
    return this.until(({ is, stage }) => is === 'Staged' && stages[stage] === name, after);
  }
  async answered(message) {
    const id = this.next++;
    this.say({ ...message, id });
    const { answer } = await this.until((told) => told.is === 'Answered' && told.id === id && told);
    return payload(answer);
  }
  call(call) {
    return this.answered({ is: 'CallCore', call: encode(callCodec, call) });
  }
  async look(question) {
    return decode(answers[question.is], await this.call({ is: 'Look', question }));
  }
  // Runs the command to its event.
  async run(command) {
    const ticket = this.next++;
    await this.call({ is: 'Run', ticket, command, now: 0 });
    const event = await this.until(
      ({ is, event }) =>
        is === 'Happened' && (event.is === 'Done' || event.is === 'Failed') && event.ticket === ticket && event,
    );
    assert.equal(event.is, 'Done', JSON.stringify(event));
    return event.outcome;
  }
  async hello(token) {
    await this.open;
    this.say({ is: 'Hello', token });
    return (await this.until((told) => told.is === 'Welcome' && told)).token;
  }
}
const unlock = (who) => readFileSync(who.passphrase_file, 'utf8').trim();
const open = (page, who) => page.call({ is: 'OpenProfile', rows: [], passphrase: unlock(who), now: 0 });

describe('the address and the file', () => {
  test('the file is the user’s alone, leads to the printed address, and goes with the program', async () => {
    const ui = await serve(person);
    assert.match(ui.address, /^http:\/\/127\.0\.0\.1:\d+\/#\/enter\/[0-9a-f]{64}$/);
    assert.equal(statSync(ui.file).mode & 0o777, 0o600);
    assert.equal(statSync(dirname(ui.file)).mode & 0o777, 0o700);
    assert.ok(readFileSync(ui.file, 'utf8').includes(ui.address));
    assert.equal(await ui.child.end(), 0);
    assert.ok(!existsSync(ui.file));
  });

  test('the browser is given the file; the token stands in no program’s arguments', async () => {
    const tools = join(space.folder, 'tools');
    mkdirSync(tools);
    const noted = join(space.folder, 'opened');
    writeFileSync(
      join(tools, 'xdg-open'),
      `#!/bin/sh\nprintf '%s\\n' "$@" > ${noted}.part\nmv ${noted}.part ${noted}\n`,
    );
    chmodSync(join(tools, 'xdg-open'), 0o755);
    const before = process.env.PATH;
    process.env.PATH = `${tools}:${before}`;
    const child = person.follow('ui', '--web', web);
    process.env.PATH = before;
    const { file, address } = await child.until((line) => line.address);
    while (!existsSync(noted)) await new Promise((done) => setTimeout(done, 20));
    assert.equal(readFileSync(noted, 'utf8').trim(), file);
    const token = address.split('/').at(-1);
    assert.ok(!readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').includes(token));
    await child.end();
  });

  test('a port that is taken and a folder without a page are refused in words', async () => {
    const ui = await serve(person);
    const port = ui.host.split(':')[1];
    assert.equal(await person.refused('ui', '--no-browser', '--web', web, '--port', port), 'unreachable');
    assert.equal(await person.refused('ui', '--no-browser', '--web', space.folder), 'not_found');
    const wrong = await run(join(bin, 'encuentro'), ['ui', '--port', '80']);
    assert.equal(wrong.code, 2);
    await ui.child.end();
  });
});

describe('who may talk to it', () => {
  let ui;
  before(async () => (ui = await serve(person)));
  after(() => ui.child.end());

  test('files for exactly 127.0.0.1:PORT; a rebound name, localhost and another origin get none', async () => {
    const page = await ask(ui.host, '/');
    assert.equal(page.status, 200);
    assert.match(page.body, /<meta name="encuentro-carrier" content="command" \/>/);
    const port = ui.host.split(':')[1];
    for (const host of [`localhost:${port}`, `rebound.example:${port}`, '127.0.0.1', `127.0.0.1:${port}.`])
      assert.equal((await ask(ui.host, '/', { Host: host })).status, 421, host);
    for (const origin of ['https://rebound.example', 'null', `https://${ui.host}`, `http://localhost:${port}`])
      assert.equal((await ask(ui.host, '/', { Origin: origin })).status, 403, origin);
    assert.equal((await ask(ui.host, '/../../etc/passwd')).status, 404);
    assert.equal((await ask(ui.host, '/', {}, 'POST')).status, 405);
  });

  test('the headers are those that the server sends with the page', async () => {
    const names = [
      'content-security-policy',
      'cross-origin-embedder-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'permissions-policy',
      'referrer-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-frame-options',
      'content-type',
    ];
    const served = await new Promise((done, failed) => {
      const url = `${space.url.replace('wss', 'https')}/`;
      const asked = requestTls(
        url,
        { rejectUnauthorized: false },
        (response) => (response.resume(), done(response.headers)),
      );
      asked.on('error', failed).end();
    });
    const plain = (headers, own) => names.map((name) => [name, (headers[name] ?? 'missing').replace(` ${own}`, '')]);
    for (const path of ['/', '/nothing']) {
      const { headers } = await ask(ui.host, path);
      const wanted = plain(served, 'wss://example.org');
      if (path !== '/') wanted.at(-1)[1] = 'text/plain; charset=utf-8';
      assert.deepEqual(plain(headers, `ws://${ui.host}`), wanted);
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers['set-cookie'], undefined);
    }
  });

  test('a socket of another origin, of a rebound name, or in another subprotocol is not opened', async () => {
    for (const origin of ['https://rebound.example', 'null', 'http://localhost']) {
      await assert.rejects(new Page(ui.host, origin).open);
    }
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const protocol = { 'Sec-WebSocket-Protocol': 'encuentro.ui.v1' };
    const own = { Origin: `http://${ui.host}` };
    const status = async (headers) => (await ask(ui.host, '/ui/v1', headers)).status;
    assert.equal(await status({ ...upgrade, ...protocol }), 403);
    assert.equal(await status({ ...upgrade, ...protocol, ...own, Host: 'rebound.example' }), 421);
    assert.equal(await status({ ...upgrade, ...own }), 426);
    assert.equal(await status({ ...protocol, ...own }), 426);
  });

  test('a wrong token is turned away; the right one lets in once; the page comes back by its own', async () => {
    const stranger = new Page(ui.host);
    await stranger.open;
    stranger.say({ is: 'Hello', token: '0'.repeat(64) });
    assert.equal(await stranger.closed, 4001);

    const page = new Page(ui.host);
    const wayBack = await page.hello(ui.token);
    await page.stage('locked');
    const fresh = await ui.child.until((line) => line.address && !line.address.endsWith(ui.token));
    assert.ok(readFileSync(ui.file, 'utf8').includes(fresh.address));

    const second = new Page(ui.host);
    await second.open;
    second.say({ is: 'Hello', token: ui.token });
    assert.equal(await second.closed, 4001);

    const reloaded = new Page(ui.host);
    await reloaded.hello(wayBack);
    assert.equal(await page.closed, 4002);
    const again = new Page(ui.host);
    await again.open;
    again.say({ is: 'Hello', token: wayBack });
    assert.equal(await again.closed, 4001);
    await reloaded.stage('locked');
    reloaded.socket.close();
  });
});

describe('the core behind the socket', () => {
  let ui;
  let page;
  let channel;
  before(async () => {
    channel = (await person.do('channel', 'create', 'Mesa', '--kind', 'committee', '--countries', 'AR')).id;
    ui = await serve(person);
    page = new Page(ui.host);
    await page.hello(ui.token);
  });
  after(() => ui.child.end());

  test('locked until the passphrase comes; then it is online with the command’s own login', async () => {
    await assert.rejects(page.look({ is: 'AskSelf' }), { word: 'no_profile' });
    await assert.rejects(
      page.call({ is: 'OpenProfile', rows: [], passphrase: 'otra frase', now: 0 }),
      (why) => why instanceof Refusal && why.word === 'wrong_passphrase',
    );
    await open(page, person);
    await page.stage('open');
    await page.until(({ is, event }) => is === 'Happened' && event.is === 'SessionChanged' && event.state === 4);
    const self = await page.look({ is: 'AskSelf' });
    assert.equal(self.person.country, 'AR');
    assert.equal(self.person.devices.find(({ current }) => current).kind, 1); // native: it was no browser that entered
  });

  test('what is the edge’s own to say is refused from a page', async () => {
    for (const call of [
      { is: 'Start', now: 0 },
      { is: 'Connected', now: 0 },
      { is: 'Frame', bytes: Uint8Array.of(1), now: 0 },
      { is: 'TransferDone', number: 1, body: undefined, why: 0, now: 0 },
    ])
      await assert.rejects(page.call(call), { word: 'not_allowed' });
  });

  test('a message of the page is read by the command, and one of the command by the page', async () => {
    const send = { is: 'Send', channel, body: 'Desde la página', reply_to: undefined, mentions: [], files: [] };
    const sent = await page.run(send);
    assert.equal(sent.is, 'Sent');
    // A verb on the same profile: the page gives way and goes on after it.
    const seen = await person.all('read', channel);
    assert.deepEqual(
      seen.map(({ body }) => body),
      ['Desde la página'],
    );
    const before = page.told.length;
    await person.do('send', channel, { input: 'Desde la terminal' });
    await page.stage('open', before - 1);
    let found = [];
    while (found.length < 2) found = (await page.look({ is: 'AskConversation', channel, count: 10 }))?.items ?? [];
    assert.deepEqual(
      found.map(({ body }) => body),
      ['Desde la página', 'Desde la terminal'],
    );
  });

  test('a file goes through the command in both directions', async () => {
    const content = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    const { Carrier } = await import('../../web/src/edge/carrier.ts');
    const acts = { act: undefined };
    const carrier = new Carrier({
      ask: (call) => page.call(call),
      run: (command) => page.run(command),
      act: async (act) => {
        acts.act = act;
        const ticket = page.next++;
        await page.call({ is: 'RunAct', ticket, act, zone: 'America/Bogota', now: 0 });
        return page.until(
          ({ is, event }) => is === 'Happened' && event.is === 'Done' && event.ticket === ticket && event.outcome,
        );
      },
      move: async (piece) => decode(bytes, await page.answered({ is: 'MovePiece', ...piece })),
    });
    const blob = new Blob([content]);
    const source = { name: 'acta.bin', size: blob.size, lastModified: 1, slice: (from, to) => blob.slice(from, to) };
    const target = {
      channel,
      document: undefined,
      replaces: [],
      folder: undefined,
      name: 'acta.bin',
      note: '',
      media_type: 'application/octet-stream',
      resume: undefined,
    };
    const never = new AbortController().signal;
    const { id } = await carrier.upload(source, target, () => undefined, never);
    const back = await carrier.download(channel, id, () => undefined, never);
    assert.deepEqual(new Uint8Array(await back.arrayBuffer()), content);
    const out = join(space.folder, 'acta.bin');
    await person.do('doc', 'get', 'acta.bin', '-o', out);
    assert.ok(readFileSync(out).equals(Buffer.from(content)));
    await assert.rejects(
      page.answered({ is: 'MovePiece', channel, blob: '00'.repeat(32), token: 'x', body: undefined }),
      Refusal,
    );
  });

  test('the server goes away: what is written waits, and is sent when it is back', async () => {
    const before = page.told.length;
    await space.stop();
    await page.until(
      ({ is, event }) => is === 'Happened' && event.is === 'SessionChanged' && event.state === 1,
      before,
    );
    const ticket = page.next++;
    const command = { is: 'Send', channel, body: 'Sin línea', reply_to: undefined, mentions: [], files: [] };
    await page.call({ is: 'Run', ticket, command, now: 0 });
    await page.until(({ is, event }) => is === 'Happened' && event.is === 'Queued' && event.ticket === ticket);
    await space.start({ args: ['--config', join(space.folder, 'encuentrod.conf')] });
    await page.until(({ is, event }) => is === 'Happened' && event.is === 'Done' && event.ticket === ticket);
    assert.ok((await person.all('read', channel)).some(({ body }) => body === 'Sin línea'));
  });

  test('a `watch` lets go of the profile; a page that leaves locks, and nothing is open any more', async () => {
    const watch = person.follow('watch');
    await watch.until((line) => line.kind === 'watching');
    // The watch came second and has it; the page waits and says so.
    await page.stage('held', page.told.length - 2);
    await watch.end();
    page.say({ is: 'LockUp' });
    const begun = person.follow('watch');
    await begun.until((line) => line.kind === 'watching');
    await open(page, person); // and now it makes way for the page
    assert.ok(await page.look({ is: 'AskSelf' }));
    await begun.end();
    page.socket.close();
    const fresh = ui.child.seen.filter((line) => line.address).at(-1).address;
    const next = new Page(ui.host);
    await next.hello(fresh.split('/').at(-1));
    await next.stage('locked');
    await assert.rejects(next.look({ is: 'AskSelf' }), { word: 'no_profile' });
    next.socket.close();
  });
});

test('somebody new enters by invitation in the page; the passphrase is made there', async () => {
  const newcomer = space.person('Nueva');
  const { link, code } = await secretariat.do(
    'invite',
    '--role',
    'focal-point',
    '--country',
    'AR',
    '--alternate',
    '--name',
    'Nueva',
  );
  const ui = await serve(newcomer);
  const page = new Page(ui.host);
  await page.hello(ui.token);
  await page.stage('empty');
  const phrase = decode(text, await page.call({ is: 'ProposePassphrase' }));
  assert.equal(phrase.split(' ').length, 6);
  await page.call({ is: 'CreateProfile', passphrase: phrase, now: 0 });
  const joined = await page.run({ is: 'Join', link, code, device_label: 'mi equipo' });
  assert.equal(joined.is, 'Joined');
  page.socket.close();
  await ui.child.end();
  writeFileSync(newcomer.passphrase_file, `${phrase}\n`, { mode: 0o600 });
  assert.equal((await newcomer.do('whoami')).country, 'AR');
});
