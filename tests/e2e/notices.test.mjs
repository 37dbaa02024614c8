// Notices outside the space: the server leaves a handle it can't open, a program of its own sends one neutral mail to a
// real SMTP server. Who didn't ask gets none, and the server itself opens no connection.
// Tests: client/cli/verbs/notices.cpp
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bin, enter, foundNetwork, run, Space } from './harness.mjs';

const shim = resolve(bin, '../shim/connects.so');

/** Waits until `test()` is true; asks every 50 ms. */
async function until(test, what, timeout_ms = 20_000) {
  for (const end = Date.now() + timeout_ms; Date.now() < end; await new Promise((go) => setTimeout(go, 50)))
    if (await test()) return;
  assert.fail(`never came: ${what}`);
}

/** What a program sent over the network, as the preloaded shim saw it. */
class Watched {
  constructor(space, name) {
    this.file = join(space.folder, name);
    this.env = { LD_PRELOAD: shim, ENCUENTRO_CONNECTS: this.file };
  }
  seen() {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8').trim().split('\n') : [];
  }
}

// Debian's own Python, which has aiosmtpd.
class MailServer {
  async start(space) {
    this.busy = join(space.folder, 'smtp-busy');
    this.child = spawn('/usr/bin/python3', [resolve('tests/e2e/smtp_server.py'), this.busy], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.lines = [];
    let rest = '';
    this.child.stdout.on('data', (d) => {
      const parts = (rest + d).split('\n');
      rest = parts.pop();
      this.lines.push(...parts.map((l) => JSON.parse(l)));
    });
    await until(() => this.lines.length > 0, 'the SMTP server');
    this.port = this.lines[0].port;
  }
  get mails() {
    return this.lines.filter((l) => l.content);
  }
  get put_off() {
    return this.lines.filter((l) => l.put_off);
  }
  async end() {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

class Sender {
  constructor(space, smtp, settings = {}) {
    this.space = space;
    this.spool = join(space.data, 'spool');
    this.config = join(space.folder, 'aviso.conf');
    const lines = {
      spool: this.spool,
      state: join(space.folder, 'aviso'),
      smtp: `smtp://127.0.0.1:${smtp.port}`,
      tls: 'no',
      from: 'avisos@ejemplo.org',
      'look-seconds': 1,
      ...settings,
    };
    writeFileSync(
      this.config,
      Object.entries(lines)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join(''),
    );
  }
  async key() {
    const result = await run(join(bin, 'encuentro-aviso'), ['--config', this.config, 'key']);
    assert.equal(result.code, 0, result.stderr);
    return result.stdout.match(/^notices-key = (\S{43})$/m)[1];
  }
  once(env = {}) {
    return run(join(bin, 'encuentro-aviso'), ['--config', this.config, '--once'], { env });
  }
  start() {
    this.child = spawn(join(bin, 'encuentro-aviso'), ['--config', this.config], { stdio: 'ignore' });
    this.space.servers.push(this.child);
  }
  async kill() {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
  waiting() {
    return existsSync(this.spool) ? readdirSync(this.spool).filter((name) => !name.startsWith('.')) : [];
  }
}

describe('notices outside the space', () => {
  const space = new Space();
  const smtp = new MailServer();
  const server_calls = new Watched(space, 'server-connects');
  let sender, secretariat, mar, plata;

  const start_server = () =>
    space.start({ args: ['--config', join(space.folder, 'server.conf')], env: server_calls.env });
  const announce = (title, input) => secretariat.do('announce', title, { input });

  before(async () => {
    await smtp.start(space);
    sender = new Sender(space, smtp, { 'immediate-seconds': 3600 });
    writeFileSync(join(space.folder, 'server.conf'), `notices-key = ${await sender.key()}\n`);
    await start_server();
    secretariat = await foundNetwork(space);
    for (const [code, name] of [
      ['XA', 'País del Mar'],
      ['XB', 'País de la Plata'],
    ])
      await secretariat.do('country', 'add', code, '--name', name);
    mar = await enter(secretariat, space.person('Eva Mar'), ['--role', 'focal-point', '--country', 'XA']);
    plata = await enter(secretariat, space.person('Ada Plata'), ['--role', 'focal-point', '--country', 'XB']);
  });
  after(async () => {
    await space.end();
    await smtp.end();
  });

  it('sends nobody anything who has not asked', async () => {
    await announce('Circular 1', 'Texto.');
    assert.equal((await mar.do('notices', 'show')).notices, 'off');
    assert.deepEqual(sender.waiting(), []);
    assert.equal((await sender.once()).code, 0);
    assert.deepEqual(smtp.mails, []);
  });

  it('sends one mail in the interval, of one length, that says nothing', async () => {
    assert.equal((await mar.do('notices', 'on', 'eva.mar@ejemplo.org')).notices, 'immediate');
    assert.equal((await plata.do('notices', 'on', 'ada.mar@ejemplo.org', '--daily')).notices, 'daily');
    await announce('Sequía en el sur', 'x'.repeat(9000));
    await until(() => sender.waiting().length === 2, 'two notices in the spool');
    const sizes = sender.waiting().map((name) => statSync(join(sender.spool, name)).size);
    assert.equal(new Set(sizes).size, 1);
    assert.equal((await sender.once()).code, 0);
    assert.deepEqual(smtp.mails.map((m) => m.to[0]).sort(), ['ada.mar@ejemplo.org', 'eva.mar@ejemplo.org']);
    for (const mail of smtp.mails) {
      assert.match(mail.content, /Hay novedades en su espacio\./);
      assert.match(mail.content, /H=C3=A1 novidades no seu espa=C3=A7o\./);
      assert.match(mail.content, /There is something new in your space\./);
      assert.doesNotMatch(mail.content, /Sequ|Circular|Prueba|XA|XB|Pa=C3=ADs/);
    }
    // Others' causes, the same interval: nothing more.
    await announce('Otra', 'y');
    await secretariat.do('announce', 'Con acuse', '--ask-ack', { input: 'z' });
    await until(() => sender.waiting().length === 2, 'two notices again');
    await sender.once();
    await sender.once();
    assert.equal(smtp.mails.length, 2);
  });

  it('takes back what waits when its person comes', async () => {
    await mar.all('board');
    await until(() => sender.waiting().length === 1, "only the other's notice");
  });

  it('two different causes make mails of equal length', async () => {
    const before = smtp.mails.length;
    // Another state: as if the interval were over.
    rmSync(join(space.folder, 'aviso', 'ledger'));
    await announce('a', 'b');
    await until(() => sender.waiting().length === 2, 'notices for both');
    await sender.once();
    const bytes = smtp.mails.map((m) => m.content.length);
    assert.equal(smtp.mails.length, before + 2);
    assert.equal(new Set(bytes).size, 1, `lengths ${bytes}`); // the addresses are equally long
  });

  it('tries again later what the SMTP server put off, and not twice', async () => {
    rmSync(join(space.folder, 'aviso', 'ledger'));
    const before = smtp.mails.length;
    writeFileSync(smtp.busy, '');
    await announce('c', 'd');
    await until(() => sender.waiting().length === 2, 'notices for both');
    assert.equal((await sender.once()).code, 1);
    assert.equal(smtp.put_off.length, 2);
    assert.equal((await sender.once()).code, 0, 'within the pause nothing is tried');
    assert.equal(smtp.put_off.length, 2);
    rmSync(smtp.busy);
    assert.equal(smtp.mails.length, before);
    assert.equal(sender.waiting().length, 2);
  });

  it('server and sender killed at any time: what was asked stands, and nothing is sent twice', async () => {
    rmSync(join(space.folder, 'aviso', 'ledger'));
    const before = smtp.mails.length;
    await space.stop('SIGKILL');
    await start_server();
    assert.equal((await mar.do('notices', 'show')).notices, 'immediate');
    await announce('e', 'f');
    await until(() => sender.waiting().length === 2, 'notices for both');
    // Wherever it is killed: what was on its way may be lost with it, nothing comes twice.
    for (let kills = 0; kills < 5 && sender.waiting().length > 0; ++kills) {
      const seen = smtp.mails.length;
      sender.start();
      if (kills > 0) await until(() => smtp.mails.length > seen || sender.waiting().length === 0, 'something sent');
      await sender.kill();
    }
    sender.start();
    await until(() => sender.waiting().length === 0, 'an empty spool');
    await announce('g', 'h');
    await until(() => sender.waiting().length === 2, 'notices that wait for their interval');
    await sender.kill();
    await sender.once();
    const addresses = smtp.mails.slice(before).map((m) => m.to[0]);
    assert.ok(addresses.length > 0);
    assert.equal(new Set(addresses).size, addresses.length, `twice: ${addresses}`);
  });

  it('off stops at once', async () => {
    assert.equal((await mar.do('notices', 'off')).notices, 'off');
    assert.equal((await plata.do('notices', 'off')).notices, 'off');
    await until(() => sender.waiting().length === 0, 'an empty spool');
    rmSync(join(space.folder, 'aviso', 'ledger'));
    const before = smtp.mails.length;
    await announce('i', 'j');
    await mar.all('board');
    await sender.once();
    assert.deepEqual(sender.waiting(), []);
    assert.equal(smtp.mails.length, before);
  });

  it('refuses what is no address, and says so', async () => {
    assert.equal(await mar.refused('notices', 'on', 'nadie'), 'malformed');
  });

  it('the server opened no connection; the sender and the command did', async () => {
    assert.ok(existsSync(shim), `${shim} isn't built`);
    assert.deepEqual(server_calls.seen(), []);
    const command = new Watched(space, 'command-connects');
    await mar.all('notices', 'show', { env: command.env });
    assert.ok(command.seen().includes('connect'), 'the shim sees what a program connects to');
    await mar.do('notices', 'on', 'eva.mar@ejemplo.org');
    await announce('k', 'l');
    await until(() => sender.waiting().length === 1, 'a notice');
    const mails = new Watched(space, 'sender-connects');
    await sender.once(mails.env);
    assert.ok(mails.seen().includes('connect'));
    assert.deepEqual(server_calls.seen(), []);
  });

  it('no address is on the server’s disk, nor in the state of who sends', async () => {
    await space.stop();
    const walk = (folder) =>
      readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    for (const file of [...walk(space.data), ...walk(join(space.folder, 'aviso'))])
      assert.ok(!readFileSync(file).includes('ejemplo.org'), file);
  });
});
