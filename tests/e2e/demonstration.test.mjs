// Tests: tools/demo
// The demonstration network as ./dev run founds it, with fewer countries: stopped in the middle, continued, and used by
// the commands it prints.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, lines, run } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'encuentro-demo-'));
const examples = 'examples/latin-american-network';
const { committee, announcements, talk, calendar, guide } = JSON.parse(
  readFileSync(`${examples}/demonstration.json`, 'utf8'),
);
let demo, port;

function start() {
  const child = spawn(process.execPath, ['tools/demo/found.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ENCUENTRO_RUN: join(folder, 'run'),
      ENCUENTRO_NETWORK: join(folder, 'network.json'),
      ENCUENTRO_LISTEN: `127.0.0.1:${port}`,
    },
  });
  child.out = child.err = '';
  child.stdout.on('data', (d) => (child.out += d));
  child.stderr.on('data', (d) => (child.err += d));
  /** Resolves when `stream` has said `text`; fails if the demonstration ends before. */
  child.said = (stream, text) =>
    new Promise((done, failed) => {
      const look = () => child[stream].includes(text) && done();
      child[stream === 'out' ? 'stdout' : 'stderr'].on('data', look);
      child.once('close', (code) => failed(new Error(`ended with ${code}\n${child.err}`)));
      look();
    });
  return child;
}

async function stop(child) {
  const gone = once(child, 'close');
  child.kill('SIGTERM');
  await gone;
}

const as = async (who, ...args) => {
  const home = join(folder, 'run/people', who);
  const result = await run(join(bin, 'encuentro'), [
    '--home',
    home,
    '--passphrase-file',
    `${home}.frase`,
    '--json',
    ...args,
  ]);
  assert.equal(result.code, 0, result.stderr);
  return lines(result.stdout);
};

before(async () => {
  // Both runs take the same port: the profiles of the first know it.
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  port = probe.address().port;
  probe.close();
  const network = JSON.parse(readFileSync(`${examples}/network.json`, 'utf8'));
  network.countries = network.countries.filter((c) => [...committee.countries, 'AR', 'BR', 'PE'].includes(c.code));
  writeFileSync(join(folder, 'network.json'), JSON.stringify(network));
});

after(async () => {
  if (demo) await stop(demo);
  rmSync(folder, { recursive: true, force: true });
});

test('a founding that is stopped in the middle goes on', async () => {
  const first = start();
  await first.said('err', 'Argentina');
  await stop(first);
  demo = start();
  await demo.said('out', 'Ctrl-C');
  for (const said of ['Como la Secretaría', 'Argentina', 'Brasil', 'Perú (observador)', 'Cuatro invitaciones'])
    assert.ok(demo.out.includes(said), `${said}: ${demo.out}`);
});

test('what it prints is true: board, committee, and an invitation that lets in', async () => {
  const titles = (await as('AR', 'board')).map((item) => item.title);
  assert.deepEqual(
    announcements.map((a) => a.title).filter((title) => !titles.includes(title)),
    [],
  );
  const said = (await as('PE', 'read', committee.title)).map((item) => item.body);
  assert.deepEqual(
    talk.map(([, text]) => text).filter((text) => said.filter((body) => body === text).length !== 1),
    [],
  );
  const [, code, link] = demo.out.match(/Brasil.*código (\d+)\n\s+(\S+)/);
  writeFileSync(join(folder, 'run/people/nueva.frase'), 'una frase larga para la prueba\n', { mode: 0o600 });
  await as('nueva', 'join', link, '--code', code);
  assert.equal((await as('nueva', 'whoami'))[0].country, 'BR');
});

test('its calendar and its library are filled', async () => {
  const events = await as('AR', 'event', 'list', '--from', '2012-01-01', '--to', '2018-12-31');
  const titles = new Set(events.map((event) => event.title));
  assert.deepEqual(
    calendar.events.map(([, , title]) => title).filter((title) => !titles.has(title)),
    [],
  );
  const commemorated = events.filter((event) => event.title === calendar.every_year[1]);
  assert.deepEqual(
    commemorated.map((event) => event.start.slice(0, 10)),
    ['2015-12-09', '2016-12-09', '2017-12-09', '2018-12-09'],
  );
  const [document] = (await as('CL', 'doc', 'list', committee.title)).filter((d) => d.name === guide.name);
  assert.equal(document.versions, 2);
  const [{ diff }] = await as('CL', 'doc', 'diff', guide.name, '1', '2');
  assert.match(diff, /\{\+tres\+\}|\+tres/);
});

test('its archive gives an annual report of what the countries confirmed', async () => {
  const [{ markdown, initiatives, left_out }] = await as('secretariat', 'report', '2015');
  assert.equal(initiatives + left_out.length > 0, true);
  assert.deepEqual(
    left_out.map((i) => i.country),
    ['BR'], // a joint voice, of which one person is here
  );
  const [{ meetings }] = await as('AR', 'report', '2017');
  assert.equal(meetings, 1);
  assert.ok(markdown.startsWith('# '), markdown);
});
