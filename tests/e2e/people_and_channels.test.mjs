// Tests: client/cli/verbs/ client/cli/resolve.cpp client/views/conversation.cpp client/views/board.cpp
// Tests: client/cli/standing.cpp client/cli/usage.cpp client/cli/session.cpp
// What people do beside the main road: mentions, read marks, withdrawals, channels one enters by oneself, a
// delegation's own channel, two boards with numbers and acknowledgements, devices and people confirmed later,
// a course's participant, revocations that cascade, an admission that changes. Done by the commands,
// checked from the other side.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, Refused, enter, addDevice, foundNetwork, bin, run, lines } from './harness.mjs';

const space = new Space();
const p = {};
const e = join(bin, 'encuentro');

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    const countries = [
      ['XA', 'member'],
      ['XB', 'member'],
      ['XC', 'member'],
      ['PE', 'observer'],
      ['NI', 'training-only'],
    ];
    for (const [code, status] of countries) {
      await p.sec.do('country', 'add', code, '--name', code, '--status', status);
      p[code] = await enter(p.sec, space.person(`${code} titular`), ['--role', 'focal-point', '--country', code]);
    }
    p.XB2 = await addDevice(p.XB, 'XB segundo');
    p.partner = await enter(p.sec, space.person('Socio externo'), ['--role', 'partner']);
    p.XAdelegate = await enter(p.XA, space.person('Delegada XA'), ['--role', 'delegate', '--country', 'XA']);
    await p.XA.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', 'XA,XB,XC');
    await p.XA.do('channel', 'add', 'Comité', await member(p.XB));
    for (const who of Object.values(p)) await who.do('sync');
  },
  { timeout: 600_000 },
);
after(() => space.end());

const member = async (who) => (await who.do('whoami')).member;
const channel = async (who, title) => (await who.all('channel', 'list')).find((c) => c.title === title);
const bodies = async (who, title) => (await who.all('read', title)).map((i) => i.body);

describe('in a conversation', () => {
  test('a mention is seen by who is mentioned', async () => {
    const sent = await p.XA.do('send', 'Comité', '--mention', 'XB titular', { input: '¿Lo ve usted?' });
    const [item] = await p.XB.all('read', 'Comité');
    assert.equal(item.id, sent.id);
    assert.deepEqual(item.mentions, [await member(p.XB)]);
    assert.equal(await p.XA.refused('send', 'Comité', '--mention', 'Nadie', { input: 'x' }), 'unknown_member');
  });
  test('mark says what is read, on all of one’s devices, and only for oneself', async () => {
    assert.equal((await channel(p.XB, 'Comité')).unread, 1);
    assert.equal((await channel(p.XB2, 'Comité')).unread, 1);
    const second = await p.XA.do('send', 'Comité', { input: 'otra' });
    assert.equal((await channel(p.XB, 'Comité')).unread, 2);
    const [first] = await p.XB.all('read', 'Comité');
    await p.XB.do('mark', 'Comité', first.id);
    assert.equal((await channel(p.XB, 'Comité')).unread, 1);
    await p.XB.do('mark', 'Comité', second.id);
    assert.equal((await channel(p.XB2, 'Comité')).unread, 0);
    await p.XB.do('send', 'Comité', { input: 'de XB' });
    assert.equal((await channel(p.XB, 'Comité')).unread, 0, 'what one wrote is read');
    assert.equal((await channel(p.XA, 'Comité')).unread, 1);
    assert.equal(await p.XB.refused('mark', 'Comité', 'ffffffff'), 'not_found');
  });
  test('what is withdrawn is gone for everybody, and only its author withdraws', async () => {
    const sent = await p.XA.do('send', 'Comité', { input: 'mejor no' });
    assert.equal((await p.XB.all('read', 'Comité')).at(-1).body, 'mejor no');
    assert.equal(await p.XB.refused('withdraw', sent.id), 'not_allowed');
    await p.XA.do('withdraw', sent.id);
    for (const who of [p.XA, p.XB, p.XB2]) {
      const item = (await who.all('read', 'Comité')).find((i) => i.id === sent.id);
      assert.deepEqual([item.withdrawn, item.body], [true, ''], who.name);
    }
  });
  test('a channel takes another title', async () => {
    await p.XA.do('channel', 'title', 'Comité', 'Comité de educación');
    assert.equal((await p.XB.all('read', 'Comité de educación'))[0].body, '¿Lo ve usted?');
    await p.XA.do('channel', 'title', 'Comité de educación', 'Comité');
    assert.ok(await channel(p.XB, 'Comité'));
  });
  test('restart is refused where no change of participants had to be rejected', async () => {
    assert.equal(await p.XA.refused('channel', 'restart', 'Comité'), 'not_allowed');
  });
});

describe('channels', () => {
  test('with --self-join who is admitted enters with nobody online', async () => {
    await p.sec.do('channel', 'create', 'Toda la red', '--kind', 'network', '--self-join');
    await p.sec.do('send', 'Toda la red', { input: 'bienvenida' });
    // Each verb is a process that has ended: nobody else is online.
    await p.XC.do('sync');
    const mine = (await p.XC.all('channel', 'list')).find((c) => c.kind === 'network');
    assert.equal(mine.state, 'in');
    await p.XC.do('send', mine.id, { input: 'entré sin ayuda' });
    // The next member who comes by gives the key to what was before.
    assert.deepEqual(await bodies(p.sec, 'Toda la red'), ['bienvenida', 'entré sin ayuda']);
    assert.deepEqual(await bodies(p.XC, 'Toda la red'), ['bienvenida', 'entré sin ayuda']);
    assert.equal((await p.sec.do('channel', 'show', 'Toda la red')).people.length >= 2, true);
    assert.equal(await p.NI.refused('read', mine.id), 'not_admitted');
    assert.equal(await p.partner.refused('read', mine.id), 'not_admitted');
  });
  test("a delegation's channel is its country's alone", async () => {
    await p.XA.do('channel', 'create', 'Delegación de XA', '--kind', 'country', '--countries', 'XA');
    await p.XA.do('channel', 'add', 'Delegación de XA', await member(p.XAdelegate));
    await p.XAdelegate.do('send', 'Delegación de XA', { input: 'entre nosotras' });
    assert.deepEqual(await bodies(p.XA, 'Delegación de XA'), ['entre nosotras']);
    const { id } = await channel(p.XA, 'Delegación de XA');
    for (const who of [p.XB, p.sec]) assert.equal(await who.refused('read', id), 'not_admitted', who.name);
    assert.equal(await p.XA.refused('channel', 'add', id, await member(p.XB)), 'not_admitted');
    assert.equal(
      await p.XA.refused('channel', 'create', 'Ajena', '--kind', 'country', '--countries', 'XB'),
      'not_allowed',
    );
  });
});

describe('boards', () => {
  test('announcements are numbered, each board its own; the focal points’ board is theirs', async () => {
    await p.sec.do('announce', 'Primera', { input: 'uno' });
    await p.sec.do('announce', 'Segunda', { input: 'dos' });
    const own = await p.sec.do('announce', 'Para puntos focales', '--board', 'focal-points', { input: 'tres' });
    const seen = await p.XB.all('board');
    assert.deepEqual(
      seen.map((a) => [a.title, a.number, a.board]),
      [
        ['Primera', 1, 'general'],
        ['Segunda', 2, 'general'],
        ['Para puntos focales', 1, 'focal-points'],
      ],
    );
    assert.ok((await p.PE.all('board')).some((a) => a.id === own.id));
    for (const who of [p.NI, p.partner, p.XAdelegate]) {
      const titles = (await who.all('board')).map((a) => a.title);
      assert.deepEqual(titles, ['Primera', 'Segunda'], who.name);
      assert.equal(await who.refused('read', own.channel), 'not_admitted', who.name);
    }
  });
  test('who has acknowledged all see; who has not, the Secretariat alone', async () => {
    const asked = await p.sec.do('announce', 'Acuse', '--ask-ack', '--board', 'focal-points', { input: 'se ruega' });
    await p.XB.do('ack', asked.id);
    const of = async (who) => (await who.all('board')).find((a) => a.id === asked.id);
    const theirs = await of(p.XC);
    assert.deepEqual(theirs.acks, ['XB']);
    assert.ok(!('missing' in theirs));
    const ours = await of(p.sec);
    assert.deepEqual(ours.acks, ['XB']);
    assert.deepEqual(ours.missing, ['PE', 'XA', 'XC']);
    await p.XC.do('ack', asked.id);
    assert.deepEqual((await of(p.sec)).missing, ['PE', 'XA']);
  });
});

describe('people and devices', () => {
  test('a device without a code is provisional until its person confirms it', async () => {
    const made = await p.XC.do('device', 'add', '--no-code');
    assert.equal(made.code, '');
    const tablet = space.person('XC tableta');
    const joined = await tablet.do('join', made.link, '--device', 'tableta');
    assert.equal(joined.provisional, true);
    assert.deepEqual(
      (await tablet.all('channel', 'list')).map((c) => c.kind),
      ['board'],
    );
    assert.equal((await p.XC.all('device', 'list')).find((d) => d.device === joined.device).provisional, true);
    assert.equal(await p.XC.refused('confirm', joined.device, { input: 'n\n' }), 'not_allowed');
    await p.XC.do('confirm', joined.device, { input: 's\n' });
    await p.XC.do('sync');
    await tablet.do('sync');
    assert.equal((await tablet.do('whoami')).provisional, false);
    assert.deepEqual(await bodies(tablet, 'Toda la red'), ['bienvenida', 'entré sin ayuda']);
  });
  test('a participant is in one course, and in nothing else', async () => {
    const course = await p.sec.do(
      'channel',
      'create',
      'Curso',
      '--kind',
      'network',
      '--roles',
      'participant,secretariat',
    );
    const person = await enter(p.sec, space.person('Participante'), [
      '--role',
      'participant',
      '--channel',
      course.id,
      '--until',
      '2999-12-31',
    ]);
    await p.sec.do('channel', 'add', 'Curso', await member(person));
    await p.sec.do('send', 'Curso', { input: 'lección uno' });
    assert.deepEqual(await bodies(person, 'Curso'), ['lección uno']);
    assert.deepEqual(
      (await person.all('channel', 'list')).map((c) => c.id),
      [course.id],
    );
    assert.deepEqual(await person.all('board'), []);
    const [{ channel: board }] = await p.sec.all('board');
    assert.equal(await person.refused('read', board), 'not_admitted');
    const other = await p.sec.do(
      'channel',
      'create',
      'Otro',
      '--kind',
      'network',
      '--roles',
      'participant,secretariat',
    );
    assert.equal(await p.sec.refused('channel', 'add', other.id, await member(person)), 'not_admitted');
    assert.equal(
      await p.XA.refused(
        'invite',
        '--role',
        'participant',
        '--channel',
        course.id,
        '--until',
        '2999-12-31',
        '--name',
        'No',
      ),
      'not_admitted',
    );
  });
  test('with a device falls what it vouched for and whom it invited since', async () => {
    const from = (await p.sec.do('country', 'add', 'XD', '--name', 'XD')).roster_seq;
    const thief = await p.XB2.do('device', 'add');
    const third = space.person('XB tercero');
    await third.do('join', thief.link, '--code', thief.code);
    const brought = await enter(p.XB2, space.person('Traída'), ['--role', 'delegate', '--country', 'XB']);
    await third.do('sync');
    await brought.do('sync');
    await p.XB.do('device', 'revoke', (await p.XB2.do('whoami')).device, '--since', String(from));
    for (const who of [p.XB2, third, brought])
      assert.ok(['revoked', 'not_admitted'].includes(await who.refused('read', 'Comité')), who.name);
    const roster = await p.XA.all('roster');
    assert.equal(roster.find((m) => m.name === 'XB titular').devices.length, 1);
    assert.ok(!roster.some((m) => m.name === 'Traída' && !m.gone));
    assert.equal(
      await p.XB.refused('device', 'revoke', (await p.XB.do('whoami')).device, '--since', '9999'),
      'not_found',
    );
  });
  test('a profile opens with another passphrase from then on', async () => {
    const file = join(space.folder, 'nueva.frase');
    writeFileSync(file, 'una frase nueva y larga\n', { mode: 0o600 });
    await p.PE.do('passphrase', '--new-passphrase-file', file);
    assert.equal(await p.PE.refused('whoami'), 'wrong_passphrase');
    p.PE.passphrase_file = file;
    assert.equal((await p.PE.do('whoami')).country, 'PE');
    writeFileSync(join(space.folder, 'corta.frase'), 'corta\n');
    assert.equal(
      await p.PE.refused('passphrase', '--new-passphrase-file', join(space.folder, 'corta.frase')),
      'weak_passphrase',
    );
  });
});

describe('an admission that changes', () => {
  test('who didn’t change it is told who did and what, and sends after accepting', async () => {
    await p.XA.do(
      'channel',
      'create',
      'Por nombre',
      '--kind',
      'committee',
      '--countries',
      'XA',
      '--members',
      await member(p.XB),
    );
    assert.deepEqual(await bodies(p.XB, 'Por nombre'), []);
    await p.XA.do('channel', 'add', 'Por nombre', await member(p.XC));
    const refused = await p.XB.all('send', 'Por nombre', { input: 'en espera' }).catch((error) => error);
    assert.ok(refused instanceof Refused);
    assert.equal(refused.code, 'admission_changed');
    assert.equal(refused.result.code, 1);
    assert.match(refused.said.hint, /XA titular.*\+XC titular.*encuentro channel accept/);
    assert.deepEqual(refused.said.admission_changed.members_added, [await member(p.XC)]);
    const { id, ...listed } = await channel(p.XB, 'Por nombre');
    assert.equal(listed.admission_changed.by, await member(p.XA));
    assert.equal((await channel(p.XA, 'Por nombre')).admission_changed, null);
    const synced = await p.XB.do('sync');
    assert.deepEqual([synced.admission_changed, synced.waiting], [[id], 1]);
    assert.deepEqual(await bodies(p.XC, 'Por nombre'), []);

    const accepted = await p.XB.do('channel', 'accept', 'Por nombre');
    assert.equal(accepted.admission_changed, null);
    assert.deepEqual(await bodies(p.XC, 'Por nombre'), ['en espera']);
    assert.ok((await p.XB.do('send', 'Por nombre', { input: 'y sigue' })).seq > 0);
  });
});

describe('manners', () => {
  test("wrong usage is said in the person's language, with --json as an object, and exits 2", async () => {
    const text = await run(e, ['--lang', 'pt', 'channel', 'create', 'Um', '--kind', 'foro']);
    assert.equal(text.code, 2);
    assert.equal(text.stdout, '');
    assert.match(text.stderr, /^encuentro: error: --kind: «foro» não serve/);
    assert.match(text.stderr, /^encuentro: hint: .*«encuentro channel create --help»/m);
    for (const line of [['nada'], ['read'], ['--wait', 'mucho', 'sync'], []]) {
      const done = await run(e, ['--json', ...line]);
      assert.equal(done.code, 2, line.join(' '));
      const [said] = lines(done.stderr);
      assert.equal(said.error, 'usage');
      assert.ok(said.message && said.hint);
    }
    const server = await run(join(bin, 'encuentrod'), ['--no-such-option']);
    assert.equal(server.code, 2);
    assert.match(server.stderr, /^encuentrod: error: .*\nencuentrod: hint: encuentrod --help\n$/);
  });
  test('sync counts what it brought and what waits for a person', async () => {
    const synced = await p.XA.do('sync');
    assert.deepEqual(Object.keys(synced), ['admission_changed', 'alarms', 'channels', 'unreadable', 'waiting']);
    assert.deepEqual([synced.alarms, synced.unreadable, synced.waiting], [0, 0, 0]);
    assert.equal(synced.channels, (await p.XA.all('channel', 'list')).length);
    assert.deepEqual(await p.XA.all('alarms'), []);
    assert.equal((await p.XA.do('verify')).unreadable, 0);
  });
});
