// Tests: client/cli/net/poll_connection.cpp client/cli/net/connection.cpp server/net/requests.cpp
// A network where WebSocket doesn't pass: a proxy with the server's own key answers every Upgrade with 403 and lets all
// other HTTPS through. Everything works as before, by long polling on the same port.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import tls from 'node:tls';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork } from './harness.mjs';

const space = new Space();
const seen = { upgrades: 0, polls: 0 };
let proxy, cut;

/** A connection's first request decides: refused, or all of it goes to the server. */
function passOn(client, port) {
  client.on('error', () => {});
  let head = Buffer.alloc(0);
  const look = (bytes) => {
    head = Buffer.concat([head, bytes]);
    const text = head.toString('latin1');
    if (!text.includes('\r\n\r\n')) return;
    client.off('data', look);
    if (/^upgrade:/im.test(text)) {
      seen.upgrades += 1;
      return client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    }
    if (text.includes(' /v1/poll ')) seen.polls += 1;
    const server = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
    server.on('error', () => client.destroy());
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
    cut.add(client);
    server.write(head);
    client.pipe(server);
    server.pipe(client);
  };
  client.on('data', look);
}

before(
  async () => {
    await space.start();
    cut = new Set();
    const own = (name) => readFileSync(join(space.data, 'tls', name));
    proxy = tls.createServer({ cert: own('certificate.pem'), key: own('key.pem'), ALPNProtocols: ['http/1.1'] });
    proxy.on('secureConnection', (client) => passOn(client, space.port));
    proxy.on('tlsClientError', () => {});
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    space.url = `wss://127.0.0.1:${proxy.address().port}`;
  },
  { timeout: 60_000 },
);
after(async () => {
  await space.end();
  for (const client of cut) client.destroy();
  proxy.close();
});

test('found, invite, talk and hear at once where WebSocket is refused', { timeout: 120_000 }, async () => {
  const sec = await foundNetwork(space);
  await sec.do('country', 'add', 'XA', '--name', 'País A');
  const xa = await enter(sec, space.person('A'), ['--role', 'focal-point', '--country', 'XA']);
  await sec.do('channel', 'create', 'Sin WebSocket', '--kind', 'committee', '--countries', 'XA');
  await sec.do('channel', 'add', 'Sin WebSocket', (await xa.do('whoami')).member);
  await xa.do('sync');
  const reading = xa.follow('read', 'Sin WebSocket', '--follow');
  await sec.do('send', 'Sin WebSocket', { input: 'uno' });
  await reading.until((l) => l.body === 'uno');
  // Nobody asks again and again: what comes while a request waits is its answer.
  const polls = seen.polls;
  const sent = await sec.do('send', 'Sin WebSocket', { input: 'dos' });
  assert.ok(sent.id);
  await reading.until((l) => l.body === 'dos');
  assert.ok(seen.polls - polls < 10, `${seen.polls - polls} connections to poll for one message`);
  await reading.end();
  assert.ok(seen.upgrades > 0 && seen.polls > 0);
});

test('a connection that is cut is made again', { timeout: 60_000 }, async () => {
  const sec = space.person('Secretaria');
  const xa = space.person('A');
  const reading = xa.follow('read', 'Sin WebSocket', '--follow');
  await reading.until((l) => l.body === 'dos');
  for (const client of cut) client.destroy();
  await sec.do('send', 'Sin WebSocket', { input: 'tres' });
  await reading.until((l) => l.body === 'tres', 30_000);
  await reading.end();
});
