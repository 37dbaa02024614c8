// Real processes, real TLS, real disks: a server and people's profiles in a folder of their own, driven by the two
// programs alone. What a test learns, it learns from their output.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { once } from 'node:events';

export const bin = resolve(process.env.ENCUENTRO_BIN ?? 'build/bin');

/** Runs a program to its end. Resolves to {code, signal, stdout, stderr}; never throws for a non-zero exit. */
export async function run(program, args, { input = '', env = {}, timeout_ms = 60_000 } = {}) {
  const child = spawn(program, args, { env: { ...process.env, LANG: 'es_AR.UTF-8', LC_ALL: '', ...env } });
  let stdout = '',
    stderr = '';
  child.stdout.on('data', (d) => (stdout += d));
  child.stderr.on('data', (d) => (stderr += d));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const timer = setTimeout(() => child.kill('SIGKILL'), timeout_ms);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  return { code, signal, stdout, stderr };
}

export const lines = (text) =>
  text
    .split('\n')
    .filter((l) => l !== '')
    .map((l) => JSON.parse(l));

/** One JSON line a call: a program that fails is an error with everything it said. */
export class Refused extends Error {
  constructor(args, result) {
    let said;
    try {
      said = JSON.parse(result.stderr.trim().split('\n').at(-1));
    } catch {
      said = {};
    }
    super(`encuentro ${args.join(' ')}: exit ${result.code} ${result.signal ?? ''}\n${result.stderr}${result.stdout}`);
    this.code = said.error;
    this.said = said;
    this.result = result;
  }
}

export class Space {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'encuentro-e2e-'));
    this.data = join(this.folder, 'server');
    mkdirSync(this.data);
    this.servers = [];
    this.port = 0;
  }

  /** Starts the server and waits for its `ready` line. Later starts take the same port. */
  async start({ args = [], data = this.data, env = {} } = {}) {
    const child = spawn(join(bin, 'encuentrod'), ['--data', data, '--listen', `127.0.0.1:${this.port}`, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.server = child;
    this.servers.push(child);
    child.log = '';
    child.stderr.on('data', (d) => (child.log += d));
    let out = '';
    const ready = await new Promise((done, failed) => {
      child.stdout.on('data', (d) => {
        out += d;
        const m = out.match(/^ready (wss:\/\/\S+) spki=(\S+)$/m);
        if (m) done(m);
      });
      child.once('exit', (code, signal) => failed(new Error(`encuentrod ended: ${code} ${signal}\n${child.log}`)));
    });
    [, this.url, this.spki] = ready;
    this.port = Number(new URL(this.url.replace('wss', 'https')).port);
    return child;
  }

  async stop(signal = 'SIGTERM') {
    const child = this.server;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.kill(signal);
    const [code] = await gone;
    return code;
  }

  person(name) {
    return new Person(this, name);
  }

  async end() {
    for (const child of this.servers)
      if (child.exitCode === null && child.signalCode === null) {
        const g = once(child, 'exit');
        child.kill('SIGKILL');
        await g;
      }
    if (!process.env.ENCUENTRO_KEEP) rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A profile on disk and the hands that type: `await p.do('send', 'Title', {input: 'text'})`. */
export class Person {
  constructor(space, name) {
    this.space = space;
    this.name = name;
    this.home = join(space.folder, name.replace(/\W+/g, '-'));
    this.passphrase_file = this.home + '.passphrase';
    if (!existsSync(this.passphrase_file))
      writeFileSync(this.passphrase_file, `frase larga de ${name}\n`, { mode: 0o600 });
  }

  args(args) {
    return ['--home', this.home, '--passphrase-file', this.passphrase_file, '--json', ...args];
  }

  /** All objects a verb prints. Throws Refused on any exit but 0. */
  async all(...args) {
    const options = typeof args.at(-1) === 'object' && !Array.isArray(args.at(-1)) ? args.pop() : {};
    const result = await run(join(bin, 'encuentro'), this.args(args), options);
    if (result.code !== 0) throw new Refused(args, result);
    return lines(result.stdout);
  }

  /** The first object (undefined if the verb prints none). */
  async do(...args) {
    return (await this.all(...args))[0];
  }

  /** The code word of the refusal; throws if the verb succeeded. Nothing may be on standard output. */
  async refused(...args) {
    try {
      await this.all(...args);
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      if (e.result.code !== 1) throw e;
      if (e.result.stdout !== '') throw new Error(`a refusal printed data: ${e.result.stdout}`);
      return e.code;
    }
    throw new Error(`not refused: ${args.join(' ')}`);
  }

  /** A long-running verb (`watch`, `read --follow`): lines come as they are printed. */
  follow(...args) {
    const child = spawn(join(bin, 'encuentro'), this.args(args), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LANG: 'es_AR.UTF-8' },
    });
    this.space.servers.push(child);
    let rest = '';
    child.seen = [];
    child.err = '';
    const waiting = [];
    child.stderr.on('data', (d) => (child.err += d));
    child.stdout.on('data', (d) => {
      rest += d;
      const parts = rest.split('\n');
      rest = parts.pop();
      for (const part of parts) child.seen.push(JSON.parse(part));
      for (const w of [...waiting]) w();
    });
    /** Resolves to the first line that satisfies `test`. */
    child.until = (test, timeout_ms = 15_000) =>
      new Promise((done, failed) => {
        const timer = setTimeout(() => {
          stop();
          failed(new Error(`not seen by ${this.name}; seen: ${JSON.stringify(child.seen)}\n${child.err}`));
        }, timeout_ms);
        const look = () => {
          const hit = child.seen.find(test);
          if (hit) {
            stop();
            done(hit);
          }
        };
        const stop = () => {
          clearTimeout(timer);
          waiting.splice(waiting.indexOf(look), 1);
        };
        waiting.push(look);
        look();
      });
    child.end = async () => {
      const g = once(child, 'exit');
      child.kill('SIGTERM');
      return (await g)[0];
    };
    return child;
  }
}

/** `inviter` invites, `newcomer` joins with link and code. Returns the newcomer. */
export async function enter(inviter, newcomer, inviteArgs, { code = true } = {}) {
  const invite = await inviter.do('invite', '--name', newcomer.name, ...inviteArgs);
  await newcomer.do('join', invite.link, ...(code ? ['--code', invite.code] : []));
  return newcomer;
}

/** A second device of the same member, with a profile of its own. */
export async function addDevice(person, name) {
  const other = person.space.person(name);
  const made = await person.do('device', 'add');
  await other.do('join', made.link, '--code', made.code, '--device', name);
  return other;
}

export async function foundNetwork(space, name = 'Red de prueba') {
  const secretariat = space.person('Secretaria');
  await secretariat.do(
    'network',
    'found',
    '--server',
    space.url,
    '--spki',
    space.spki,
    '--name',
    name,
    '--member',
    'Ana Prueba',
  );
  return secretariat;
}
