// Tests: client/core/session.cpp client/cli/support_code.cpp client/cli/net/pinned_tls.cpp
// Tests: client/cli/verbs/comparing.cpp
// Networks that are not on our side: somebody between with a certificate of their own is named and gets nothing, a line
// that died without a word is noticed within 30 seconds, a clock that is wrong is told with both times. And what two
// people read to each other.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import tls from 'node:tls';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Space, enter, foundNetwork } from './harness.mjs';
import { Proxy } from './proxy.mjs';

const space = new Space();
const at = (name) => join(space.folder, name);
let line, target, sec, ana;

before(
  async () => {
    await space.start();
    line = await new Proxy(() => target ?? space.port).listen();
    space.url = `wss://127.0.0.1:${line.port}`;
    sec = await foundNetwork(space);
    await sec.do('country', 'add', 'XA', '--name', 'País A');
    ana = await enter(sec, space.person('XA'), ['--role', 'focal-point', '--country', 'XA']);
    await ana.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA');
    await ana.do('channel', 'add', 'Comité', (await sec.do('whoami')).member);
    await sec.do('sync');
  },
  { timeout: 180_000 },
);
after(async () => {
  await space.end();
  line?.end();
});

const said = (promise) =>
  promise.then(
    () => assert.fail('not refused'),
    (refused) => refused.said,
  );

/** Somebody who ends the TLS with a certificate of their own and would pass everything on. */
async function between(issuer) {
  const [key, cert] = [at('between.key'), at('between.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
    ...['-subj', issuer, '-keyout', key, '-out', cert],
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  const seen = { handshakes: 0, bytes: 0 };
  const server = tls.createServer({ key: readFileSync(key), cert: readFileSync(cert), ALPNProtocols: ['http/1.1'] });
  server.on('secureConnection', (client) => client.on('data', (bytes) => (seen.bytes += bytes.length)));
  server.on('connection', () => (seen.handshakes += 1));
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  target = server.address().port;
  return { seen, end: () => ((target = undefined), server.close()) };
}

test('who stands between with another certificate is named, and gets nothing', { timeout: 120_000 }, async () => {
  for (const [issuer, code, reason] of [
    ['/O=Zscaler Inc./CN=Zscaler Root', 'inspected_connection', 'proxy'],
    ['/O=Otro/CN=otro', 'wrong_server_key', 'key'],
  ]) {
    const other = await between(issuer);
    const refused = await said(ana.do('send', 'Comité', { input: 'nadie debe leer esto' }));
    assert.equal(refused.error, code);
    assert.equal(refused.pinned, space.spki);
    assert.notEqual(refused.presented, space.spki);
    assert.ok(refused.issuer.includes(issuer.split('/')[1].slice(2)), refused.issuer);
    assert.match(refused.support, new RegExp(`^E\\d+-${reason}-[\\d.]+-\\d+$`));
    assert.ok(refused.message && refused.hint);
    assert.ok(other.seen.handshakes > 0);
    assert.equal(other.seen.bytes, 0, 'nothing was sent to whoever is between');
    other.end();
  }
  await ana.do('send', 'Comité', { input: 'por la línea de siempre' });
});

test('a line that dies without a word is noticed within 30 seconds', { timeout: 120_000 }, async () => {
  const reading = ana.follow('read', 'Comité', '--follow');
  await reading.until((item) => item.body === 'por la línea de siempre');
  const before = line.connections;
  line.hold();
  const since = Date.now();
  await line.connected(before + 1);
  const noticed = (Date.now() - since) / 1000;
  assert.ok(noticed <= 30, `${noticed} s`);
  line.cut();
  line.release();
  await sec.do('send', 'Comité', { input: 'de vuelta' });
  await reading.until((item) => item.body === 'de vuelta', 60_000);
  await reading.end();
});

test('a wrong clock is told with both times, and nothing is signed', { timeout: 60_000 }, async () => {
  const shim = at('shifted_clock.so');
  const source = fileURLToPath(new URL('shifted_clock.c', import.meta.url));
  const made = spawnSync('cc', ['-shared', '-fPIC', '-o', shim, source, '-ldl']);
  assert.equal(made.status, 0, String(made.stderr));
  for (const shift of [600, -600]) {
    const env = { LD_PRELOAD: shim, SHIFT_S: String(shift) };
    const refused = await said(ana.do('send', 'Comité', { input: 'a otra hora', env }));
    assert.equal(refused.error, 'clock_wrong');
    const apart = (Date.parse(refused.own_time) - Date.parse(refused.server_time)) / 1000;
    assert.ok(Math.abs(apart - shift) < 30, `${apart} s`);
    assert.match(refused.support, /^E\d+-clock-/);
  }
  const env = { LD_PRELOAD: shim, SHIFT_S: '120' };
  await ana.do('send', 'Comité', { input: 'dos minutos no importan', env });
  const bodies = (await sec.all('read', 'Comité')).map((item) => item.body);
  assert.ok(bodies.includes('dos minutos no importan') && !bodies.includes('a otra hora'));
});

test('two people read each other the same words for the same numbers', { timeout: 60_000 }, async () => {
  await ana.do('sync');
  const [mine, theirs] = [await ana.all('compare', 'Comité'), await sec.all('compare', 'Comité')];
  assert.deepEqual(mine, theirs);
  const [roster, channel] = mine;
  assert.ok(roster.number > 3 && roster.words.split(' ').length === 4);
  assert.ok(channel.number > 3 && channel.words !== roster.words && channel.epoch_words.split(' ').length === 4);
  await sec.do('send', 'Comité', { input: 'algo más' });
  const [same, later] = await ana.all('compare', 'Comité');
  assert.deepEqual(same, roster);
  assert.notEqual(later.words, channel.words);
  assert.equal(existsSync(join(ana.home, 'evidence')), false);
});
