// The two programs as functions: the demonstration does nothing that a person with a terminal could not do.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync, existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const passphrase = 'esta frase es solo para la demostracion';
const bin = resolve(process.env.ENCUENTRO_BIN ?? 'build/bin');

// `web`: the folder of the web client's files, or nothing; its page is let in from the address listened at.
export async function startServer(data, listen, web) {
  mkdirSync(data, { recursive: true });
  const settings = join(data, '..', 'encuentrod.conf');
  writeFileSync(settings, web ? `web = ${web}\norigins = https://${listen}\n` : '');
  const args = ['--config', settings, '--data', data, '--listen', listen, '--log-level', 'warning'];
  const child = spawn(join(bin, 'encuentrod'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  const ready = await new Promise((done, failed) => {
    child.stdout.on('data', (d) => {
      const m = (out += d).match(/^ready (wss:\/\/\S+) spki=(\S+)$/m);
      if (m) done({ url: m[1], spki: m[2] });
    });
    child.once('exit', (code) => failed(new Error(`encuentrod ended with ${code}`)));
  });
  return { child, ...ready };
}

/** A profile under `folder` with its passphrase file beside it. */
export class Profile {
  constructor(folder, name) {
    this.home = join(folder, name);
    this.passphrase_file = `${this.home}.frase`;
  }

  get exists() {
    return existsSync(join(this.home, 'store'));
  }

  /** Whether a join or founding came to its end here. */
  async entered() {
    return this.do('whoami').then(
      () => true,
      () => false,
    );
  }

  forget() {
    rmSync(this.home, { recursive: true, force: true });
  }

  async all(...args) {
    const { input = '' } = typeof args.at(-1) === 'object' ? args.pop() : {};
    mkdirSync(join(this.home, '..'), { recursive: true });
    if (!existsSync(this.passphrase_file)) writeFileSync(this.passphrase_file, `${passphrase}\n`, { mode: 0o600 });
    const child = spawn(join(bin, 'encuentro'), [
      '--home',
      this.home,
      '--passphrase-file',
      this.passphrase_file,
      '--json',
      '--lang',
      'es',
      ...args,
    ]);
    let stdout = '',
      stderr = '';
    child.stdout.on('data', (d) => (stdout += d));
    child.stderr.on('data', (d) => (stderr += d));
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`encuentro ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((l) => JSON.parse(l));
  }

  async do(...args) {
    return (await this.all(...args))[0];
  }
}
