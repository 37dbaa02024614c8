// Tests: tools/demo
// The demonstration network as ./dev run founds it: stopped in the middle, continued, used by the commands and links it
// prints, and run once more when nothing is left to found.
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
const read = (name) => JSON.parse(readFileSync(`${examples}/${name}.json`, 'utf8'));
const { committee, announcements, talk, calendar, guide, communique } = read('demonstration');
const [history, initiatives] = ['history', 'initiatives'].map(read);
const { countries } = read('network');
const present = new Set(countries.map((c) => c.code));
let demo, port;

function start() {
  const child = spawn(process.execPath, ['tools/demo/found.mjs'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ENCUENTRO_RUN: join(folder, 'run'),
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
  for (const said of ['Como la Secretaría', 'Argentina', 'Brasil', 'Perú (observador)', 'AR ui', 'Cuatro invitaciones'])
    assert.ok(demo.out.includes(said), `${said}: ${demo.out}`);
});

test('eighteen countries and two invented ones sit there with their statuses', async () => {
  assert.equal(countries.length, 18);
  const seats = new Map((await as('AR', 'roster')).map((line) => [line.country, line]));
  seats.delete(''); // the Secretariat
  const expected = new Map([...countries.map((c) => [c.code, c.status]), ['XA', 'member'], ['XB', 'member']]);
  assert.deepEqual([...seats.keys()].sort(), [...expected.keys()].sort());
  for (const [code, status] of expected) assert.equal(seats.get(code).status, status, code);
  assert.equal(seats.get('NI').status, 'training-only');
  assert.equal(seats.get('PE').status, 'observer');
  // Training only: the general board and nothing else; an observer reads the focal points' too.
  assert.deepEqual(
    (await as('NI', 'channel', 'list')).map((c) => c.kind),
    ['board'],
  );
  assert.equal((await as('PE', 'channel', 'list')).filter((c) => c.kind === 'board').length, 2);
});

/** Enters with the invitation that is printed under `title`. */
async function enterAs(name, title) {
  const [, code, link] = demo.out.match(new RegExp(`${title}.*código (\\d+)\\n\\s+(\\S+)`));
  writeFileSync(join(folder, `run/people/${name}.frase`), 'una frase larga para la prueba\n', { mode: 0o600 });
  await as(name, 'join', link, '--code', code);
  return (await as(name, 'whoami'))[0];
}

test('what it prints is true: board, committee, and each invitation lets in who it says', async () => {
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
  const entered = {
    brazil: await enterAs('brazil', 'Brasil: integrante'),
    argentina: await enterAs('argentina', 'Argentina: alterno'),
    peru: await enterAs('peru', 'Perú \\(observador\\): alterno'),
    alumna: await enterAs('alumna', 'Secretaría Técnica: una persona egresada'),
  };
  assert.deepEqual(
    Object.values(entered).map((who) => [who.country, who.role, who.provisional]),
    [
      ['BR', 'delegate', false],
      ['AR', 'focal-point', false],
      ['PE', 'focal-point', false],
      ['', 'alumni', false],
    ],
  );
  await as('secretariat', 'sync'); // who has the older keys hands them on
  for (const who of Object.keys(entered)) {
    const titles = (await as(who, 'board')).map((item) => item.title);
    assert.ok(titles.includes(announcements[0].title), who);
  }
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

test('a communiqué stands in two authentic languages, frozen', async () => {
  for (const { name, language } of communique.versions) {
    const [version] = await as('CL', 'doc', 'versions', name);
    assert.deepEqual([version.language, version.standing, version.frozen], [language, 'authentic', true]);
  }
  const [[first], [second]] = [
    await as('CL', 'doc', 'versions', communique.versions[0].name),
    await as('CL', 'doc', 'versions', communique.versions[1].name),
  ];
  assert.equal(second.translates, first.id);
});

test('its meetings go back to the launch, with who was there, agenda and decisions', async () => {
  const meetings = await as('AR', 'meeting', 'list');
  assert.deepEqual(
    meetings.map((m) => m.start),
    history.meetings.map((m) => m.date.split('/')[0]),
  );
  for (const meeting of meetings) {
    assert.ok(meeting.countries.includes('XA') && meeting.countries.includes('XB'), meeting.title);
    assert.equal(meeting.documents.length, 1, meeting.title);
  }
  const decisions = meetings.flatMap((m) => m.decisions.map((d) => d.title));
  assert.deepEqual(decisions.sort(), history.adopted.map((a) => a.what_es).sort());
});

test('its archive gives an annual report of what the countries confirmed, by country and theme', async () => {
  const here = initiatives.filter((i) => i.date.startsWith('2015') && present.has(i.country));
  assert.ok(here.some((i) => i.country === 'BR')); // a joint voice: both of its people confirmed
  const [report] = await as('secretariat', 'report', '2015');
  assert.deepEqual([report.initiatives, report.left_out], [here.length, []]);
  const plain = report.markdown.replace(/\\([^\w\s])/g, '$1'); // as it reads, without Markdown's escapes
  for (const { theme, title_es: title } of here)
    assert.ok(plain.includes(`| ${theme} | `) && plain.includes(title), `${title}\n${plain}`);
  const [{ meetings }] = await as('AR', 'report', '2017');
  assert.equal(meetings, 1);
});

test('a second run after a finished founding founds nothing more, and its invitations are new', async () => {
  const count = async () => ({
    roster: (await as('AR', 'roster')).length,
    board: (await as('AR', 'board')).length,
    talk: (await as('AR', 'read', committee.title)).length,
    events: (await as('AR', 'event', 'list')).length,
  });
  const [before, links] = [await count(), demo.out.match(/https?:\/\/\S+#\S+/g)];
  await stop(demo);
  demo = start();
  await demo.said('out', 'Ctrl-C');
  assert.deepEqual(await count(), before);
  const again = demo.out.match(/https?:\/\/\S+#\S+/g);
  assert.equal(again.length, 4);
  assert.deepEqual(
    again.filter((link) => links.includes(link)),
    [],
  );
  const alumna = await enterAs('otra', 'Secretaría Técnica: una persona egresada');
  assert.equal(alumna.role, 'alumni');
});
