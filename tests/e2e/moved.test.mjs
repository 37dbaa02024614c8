// The server is moved to another port and key: who reads it in time follows, who was away finds it through the old host
// kept as a signpost, and a key that nobody named stops with a plain explanation.
// Tests: client/cli/verbs/server.cpp
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, renameSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import tls from 'node:tls';
import { once } from 'node:events';
import { join } from 'node:path';
import { bin, enter, foundNetwork, Space } from './harness.mjs';

/** A further server of its own; resolves once it is ready. */
async function another(space, data, args = []) {
  const child = spawn(join(bin, 'encuentrod'), ['--data', data, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  space.servers.push(child);
  child.log = '';
  child.stderr.on('data', (d) => (child.log += d));
  let out = '';
  const [, url, spki] = await new Promise((done, failed) => {
    child.stdout.on('data', (d) => {
      const m = (out += d).match(/^ready (wss:\/\/\S+) spki=(\S+)$/m);
      if (m) done(m);
    });
    child.once('exit', (code) => failed(new Error(`encuentrod ended: ${code}\n${child.log}`)));
  });
  return { child, url, spki, address: url.replace('wss://', '') };
}

async function end(server) {
  const gone = once(server.child, 'exit');
  server.child.kill('SIGTERM');
  await gone;
}

/** The certificate that the server shows. */
async function presented(port) {
  const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerCertificate();
  socket.destroy();
  return certificate;
}

/** Another certificate of the key that is there, as an authority would send it. */
function renew(folder) {
  const [key, out] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = spawnSync('openssl', ['req', '-x509', '-key', key, '-days', '30', '-subj', '/CN=renovado', '-out', out]);
  assert.equal(made.status, 0, String(made.stderr));
}

const bodies = async (person, channel) => (await person.all('read', channel)).map((record) => record.body);

describe('a server that moves', () => {
  const space = new Space();
  const fresh = join(space.folder, 'fresh');
  const conf = join(space.folder, 'signpost.conf');
  let secretariat, mar, plata, channel, moved;

  before(async () => {
    await space.start();
    secretariat = await foundNetwork(space);
    for (const code of ['XA', 'XB']) await secretariat.do('country', 'add', code, '--name', `País ${code}`);
    mar = await enter(secretariat, space.person('Eva Mar'), ['--role', 'focal-point', '--country', 'XA']);
    plata = await enter(secretariat, space.person('Ada Plata'), ['--role', 'focal-point', '--country', 'XB']);
    channel = (
      await mar.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB', '--history', 'shared')
    ).id;
    await mar.do('channel', 'add', channel, (await plata.do('whoami')).member);
    await mar.do('send', channel, { input: 'antes' });
    assert.deepEqual(await bodies(plata, channel), ['antes']);
  });
  after(() => space.end());

  it('SIGHUP loads a renewed certificate of the same key, without anybody noticing', async () => {
    const watcher = mar.follow('watch');
    await watcher.until((line) => line.kind === 'watching');
    const before = await presented(space.port);
    renew(join(space.data, 'tls'));
    space.server.kill('SIGHUP');
    await plata.do('send', channel, { input: 'tras la renovación' });
    await watcher.until((line) => line.body === 'tras la renovación');
    await watcher.end();
    assert.match(space.server.log, /certificate_reloaded/);
    const after = await presented(space.port);
    assert.equal(after.subject.CN, 'renovado');
    assert.notEqual(after.fingerprint256, before.fingerprint256);
    assert.deepEqual(after.pubkey, before.pubkey);
  });

  it('the roots name the new place; nobody leaves while it does not answer', async () => {
    moved = await another(space, fresh, ['--listen', '127.0.0.1:0']);
    await end(moved);
    const set = await secretariat.do('server', 'set', '--spki', moved.spki, '--address', moved.address);
    assert.equal(set.decided, true);
    await mar.do('send', channel, { input: 'todavía aquí' });
    assert.equal((await mar.do('whoami')).server, space.url.replace('wss://', ''));
  });

  it('who has read it follows', async () => {
    await space.stop();
    renameSync(join(fresh, 'store'), join(fresh, 'empty-store'));
    cpSync(join(space.data, 'store'), join(fresh, 'store'), { recursive: true });
    moved = await another(space, fresh, ['--listen', moved.address]);
    await mar.do('send', channel, { input: 'en el nuevo' });
    assert.equal((await mar.do('whoami')).server, moved.address);
  });

  it('who was away finds it through the signpost', async () => {
    writeFileSync(conf, 'signpost = yes\n');
    await space.start({ args: ['--config', conf] });
    assert.deepEqual(await bodies(plata, channel), ['antes', 'tras la renovación', 'todavía aquí', 'en el nuevo']);
    assert.equal((await plata.do('whoami')).server, moved.address);
    await space.stop();
    await plata.do('send', channel, { input: 'sin el viejo' });
    assert.equal((await bodies(mar, channel)).at(-1), 'sin el viejo');
  });

  it('invitations lead to the new place', async () => {
    const nuevo = await enter(mar, space.person('Luz Mar'), ['--role', 'delegate', '--country', 'XA']);
    assert.equal((await nuevo.do('whoami')).server, moved.address);
  });

  it('a key that nobody named stops, and says so', async () => {
    await end(moved);
    const strange = await another(space, join(space.folder, 'strange'), ['--listen', moved.address]);
    assert.equal(await mar.refused('--wait', '3', 'send', channel, { input: 'no sale' }), 'wrong_server_key');
    await end(strange);
    moved = await another(space, fresh, ['--listen', moved.address]);
    await mar.all('sync');
    assert.ok((await bodies(plata, channel)).includes('no sale'));
  });
});
