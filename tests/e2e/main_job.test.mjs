// Tests: client/cli/verbs/ client/cli/session.cpp client/cli/show.cpp client/cli/resolve.cpp client/cli/export.cpp
// Tests: client/views/board.cpp client/views/people.cpp
// From an empty machine to people talking: everything the main job promises, done by the commands and checked from the
// other side. Countries XA, XB and XC are invented; the real ones do nothing here but take part.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Space, enter, addDevice, foundNetwork, bin, run } from './harness.mjs';
import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';

const space = new Space();
const p = {}; // people by short name

before(
  async () => {
    await space.start();
    p.sec = await foundNetwork(space);
    const countries = [
      ['AR', 'Argentina', 'member', 'any'],
      ['BR', 'Brasil', 'member', 'joint'],
      ['CL', 'Chile', 'member', 'any'],
      ['XA', 'País A', 'member', 'any'],
      ['XB', 'País B', 'member', 'any'],
      ['PE', 'Perú', 'observer', 'any'],
      ['NI', 'Nicaragua', 'training-only', 'any'],
    ];
    for (const [code, name, status, voice] of countries)
      await p.sec.do('country', 'add', code, '--name', name, '--status', status, '--voice', voice);
    for (const code of ['AR', 'BR', 'CL', 'XA', 'XB', 'PE', 'NI']) {
      p[code] = await enter(p.sec, space.person(`${code} titular`), ['--role', 'focal-point', '--country', code]);
    }
    for (const code of ['AR', 'BR', 'CL', 'XA', 'XB']) p[code + '2'] = await addDevice(p[code], `${code} segundo`);
    p.partner = await enter(p.sec, space.person('Socio externo'), ['--role', 'partner']);
    p.alumna = await enter(p.sec, space.person('Egresada'), ['--role', 'alumni']);
  },
  { timeout: 240_000 },
);
after(() => space.end());

const bodies = (items) => items.map((i) => i.body);
const read = async (who, channel, ...more) => bodies(await who.all('read', channel, ...more));

describe('founding and entering', () => {
  test('a second founding is refused', async () => {
    const other = space.person('Otra fundadora');
    assert.equal(
      await other.refused(
        'network',
        'found',
        '--server',
        space.url,
        '--spki',
        space.spki,
        '--name',
        'Otra',
        '--member',
        'X',
      ),
      'already_founded',
    );
  });
  test('whoami names network, role and fingerprint alike for all', async () => {
    const [a, b] = [await p.sec.do('whoami'), await p.AR.do('whoami')];
    assert.equal(a.role, 'secretariat');
    assert.equal(b.role, 'focal-point');
    assert.equal(b.country, 'AR');
    assert.equal(a.fingerprint, b.fingerprint);
    assert.equal(a.network, b.network);
  });
  test('everyone holds the same roster, with names', async () => {
    const mine = await p.XA.all('roster'),
      theirs = await p.sec.all('roster');
    assert.deepEqual(
      mine.map((m) => [m.member, m.role, m.country, m.status]),
      theirs.map((m) => [m.member, m.role, m.country, m.status]),
    );
    const ar = mine.find((m) => m.country === 'AR');
    assert.equal(ar.name, 'AR titular');
    assert.equal(ar.devices.length, 2);
  });
  test('an invite works once', async () => {
    const invite = await p.XA.do('invite', '--role', 'delegate', '--country', 'XA', '--name', 'Delegada XA');
    p.XAdelegate = space.person('Delegada XA');
    await p.XAdelegate.do('join', invite.link, '--code', invite.code);
    assert.equal(await space.person('Segunda').refused('join', invite.link, '--code', invite.code), 'invite_used');
  });
  test('five wrong codes burn an invite', async () => {
    const invite = await p.XA.do('invite', '--role', 'delegate', '--country', 'XA', '--name', 'Quemada');
    const wrong = invite.code === '00000000' ? '11111111' : '00000000';
    for (let i = 0; i < 5; ++i)
      assert.equal(await space.person(`Intento ${i}`).refused('join', invite.link, '--code', wrong), 'wrong_code');
    assert.equal(await space.person('Tarde').refused('join', invite.link, '--code', invite.code), 'invite_burned');
  });
  test('without the code one is provisional: general board only, until confirmed', async () => {
    const invite = await p.XB.do(
      'invite',
      '--role',
      'delegate',
      '--country',
      'XB',
      '--name',
      'Provisional',
      '--no-code',
    );
    p.provisional = space.person('Provisional');
    await p.provisional.do('join', invite.link);
    const list = await p.provisional.all('channel', 'list');
    assert.deepEqual(
      list.map((c) => c.kind),
      ['board'],
    );
    const member = (await p.provisional.do('whoami')).member;
    await p.XB.do('confirm', member, { input: 's\n' });
    await p.provisional.do('sync');
    assert.equal((await p.provisional.do('whoami')).provisional ?? false, false);
  });
  test("a country that is not the inviter's is refused", async () => {
    assert.equal(await p.XA.refused('invite', '--role', 'delegate', '--country', 'XB', '--name', 'No'), 'not_allowed');
    // Who is of the Secretariat is the roots' to say: a focal point may carry their word, and has none of it.
    assert.equal(await p.PE.refused('invite', '--role', 'secretariat', '--name', 'No'), 'threshold_not_met');
    assert.equal(await p.XAdelegate.refused('invite', '--role', 'secretariat', '--name', 'No'), 'not_allowed');
  });
  test('the second focal point whom the Secretariat invites into an occupied seat has no voice', async () => {
    const thief = await enter(p.sec, space.person('Intruso XA'), ['--role', 'focal-point', '--country', 'XA']);
    assert.deepEqual(
      (await thief.all('channel', 'list')).map((c) => c.kind),
      ['board'],
    );
    const member = (await thief.do('whoami')).member;
    assert.equal(await p.sec.refused('confirm', member, { input: 's\n' }), 'not_allowed');
  });
});

describe('boards', () => {
  let id;
  test('an announcement is read by all and acknowledged by country', async () => {
    const sent = await p.sec.do('announce', 'Convocatoria', '--ask-ack', { input: 'Reunión el **martes**.' });
    assert.ok(sent.id && sent.channel && sent.seq > 0);
    id = sent.id;
    for (const who of [p.AR, p.BR2, p.PE, p.NI, p.partner, p.alumna]) {
      const item = (await who.all('board')).find((i) => i.id === id);
      assert.equal(item?.title, 'Convocatoria', who.name);
      assert.equal(item.body, 'Reunión el **martes**.');
      assert.equal(item.role, 'secretariat');
    }
    await p.AR.do('ack', id);
    await p.BR2.do('ack', id);
    const seen = (await p.XA.all('board')).find((i) => i.id === id);
    assert.deepEqual(seen.acks, ['AR', 'BR']);
  });
  test('only the Secretariat announces', async () => {
    assert.equal(await p.AR.refused('announce', 'No', { input: 'x' }), 'not_allowed');
  });
});

describe('channels', () => {
  test("a committee: who is in talks, who isn't sees nothing", async () => {
    const made = await p.AR.do(
      'channel',
      'create',
      'Educación',
      '--kind',
      'committee',
      '--countries',
      'AR,BR,CL,PE',
      '--history',
      'shared',
    );
    p.committee = made.id;
    for (const code of ['BR', 'CL', 'PE'])
      await p.AR.do('channel', 'add', 'Educación', (await p[code].do('whoami')).member);
    const hello = await p.BR.do('send', 'Educación', { input: 'Bom dia' });
    assert.ok(hello.seq > 0);
    assert.deepEqual(await read(p.CL, 'Educación'), ['Bom dia']);
    assert.deepEqual(await read(p.PE, 'Educación'), ['Bom dia']);
    assert.deepEqual(await read(p.AR2, p.committee), ['Bom dia']);
    await p.PE.do('send', 'Educación', { input: 'Perú saluda' });
    assert.deepEqual(await read(p.BR2, 'Educación'), ['Bom dia', 'Perú saluda']);
    for (const who of [p.XA, p.NI, p.partner, p.alumna])
      assert.equal(await who.refused('read', p.committee), 'not_admitted', who.name);
  });
  test("Nicaragua can't be brought into a committee", async () => {
    assert.equal(await p.AR.refused('channel', 'add', 'Educación', (await p.NI.do('whoami')).member), 'not_admitted');
    assert.equal(await p.AR.refused('channel', 'add', 'Educación', (await p.XA.do('whoami')).member), 'not_admitted');
  });
  test('an observer and a training-only country create nothing', async () => {
    for (const who of [p.PE, p.NI, p.alumna])
      assert.equal(
        await who.refused('channel', 'create', 'No', '--kind', 'committee', '--countries', 'PE,NI'),
        'not_allowed',
      );
  });
  test('replies, edits, reactions and mentions fold the same for everybody', async () => {
    const first = (await p.AR.all('read', 'Educación'))[0];
    const { member } = await p.BR.do('whoami');
    const named = ['--reply', first.id, '--mention', member];
    const reply = await p.CL.do('send', 'Educación', ...named, { input: 'Buenos días' });
    await p.CL.do('edit', reply.id, { input: 'Muy buenos días' });
    await p.AR.do('react', reply.id, '👍');
    await p.AR2.do('mark', 'Educación', reply.id);
    const views = [];
    for (const who of [p.AR, p.BR, p.PE, p.CL2])
      views.push((await who.all('read', 'Educación')).find((i) => i.id === reply.id));
    for (const v of views)
      assert.deepEqual(
        { body: v.body, reply: v.reply, country: v.country, mentions: v.mentions },
        { body: 'Muy buenos días', reply: first.id, country: 'CL', mentions: [member] },
      );
    assert.ok(JSON.stringify(views[0].reactions).includes('👍'));
  });
  test('shared history: who comes later reads everything', async () => {
    const mine = await enter(p.BR, space.person('BR alterno'), [
      '--role',
      'focal-point',
      '--country',
      'BR',
      '--alternate',
    ]);
    await p.AR.do('channel', 'add', 'Educación', (await mine.do('whoami')).member);
    const all = await read(mine, 'Educación');
    assert.deepEqual(all, ['Bom dia', 'Perú saluda', 'Muy buenos días']);
    p.BRalt = mine;
  });
  test('sealed: nobody reads what came before they entered', async () => {
    await p.XA.do(
      'channel',
      'create',
      'Delicado',
      '--kind',
      'committee',
      '--countries',
      'XA,XB,CL',
      '--history',
      'sealed',
    );
    await p.XA.do('channel', 'add', 'Delicado', (await p.XB.do('whoami')).member);
    await p.XB.do('send', 'Delicado', { input: 'antes' });
    assert.deepEqual(await read(p.XA, 'Delicado'), ['antes']);
    await p.XA.do('channel', 'add', 'Delicado', (await p.CL.do('whoami')).member);
    await p.XA.do('send', 'Delicado', { input: 'después' });
    assert.deepEqual(await read(p.CL, 'Delicado'), ['después']);
    assert.deepEqual(await read(p.XB, 'Delicado'), ['antes', 'después']);
  });
  test('removed means nothing later', async () => {
    await p.AR.do('channel', 'remove', 'Educación', (await p.CL.do('whoami')).member);
    await p.BR.do('send', 'Educación', { input: 'ya sin Chile' });
    assert.equal(await p.CL.refused('read', 'Educación'), 'not_admitted');
    const offline = await read(p.CL, 'Educación', '--offline').catch(() => []);
    assert.ok(!offline.includes('ya sin Chile'));
    assert.ok((await read(p.AR, 'Educación')).includes('ya sin Chile'));
  });
  test('leaving is carried out by the next who changes the channel', async () => {
    await p.BRalt.do('channel', 'leave', 'Educación');
    await p.AR.do('sync');
    await p.AR.do('send', 'Educación', { input: 'sin el alterno' });
    assert.equal(await p.BRalt.refused('read', 'Educación'), 'not_admitted');
  });
  test('a direct channel is between two', async () => {
    await p.AR.do('channel', 'create', 'Entre dos', '--kind', 'direct', '--members', (await p.BR.do('whoami')).member);
    await p.AR.do('send', 'Entre dos', { input: 'solo para Brasil' });
    assert.deepEqual(await read(p.BR, 'Entre dos'), ['solo para Brasil']);
    assert.deepEqual(await read(p.BR2, 'Entre dos'), ['solo para Brasil']);
    assert.ok(!(await p.sec.all('channel', 'list')).some((c) => c.title === 'Entre dos'));
  });
  test('what is new comes by itself', async () => {
    const watch = p.BR2.follow('watch');
    await watch.until((l) => l.kind === 'watching');
    await p.AR.do('send', 'Educación', { input: 'llega solo' });
    await watch.until((l) => l.body === 'llega solo');
    await watch.end();
  });
  test('one process at a time holds a profile: a send beside a watch waits or goes through it', async () => {
    const watch = p.AR.follow('watch');
    await watch.until((l) => l.kind === 'watching');
    const sent = await p.AR.do('send', 'Educación', { input: 'al lado' });
    assert.ok(sent.seq > 0);
    await watch.end();
  });
});

describe('devices', () => {
  test('a revoked device is out of everything', async () => {
    const devices = await p.XB.all('device', 'list');
    assert.equal(devices.length, 2);
    const other = (await p.XB2.do('whoami')).device;
    await p.XB.do('device', 'revoke', other);
    await p.XA.do('send', 'Delicado', { input: 'sin el segundo' });
    assert.ok(['revoked', 'not_admitted'].includes(await p.XB2.refused('read', 'Delicado')));
    assert.ok((await read(p.XB, 'Delicado')).includes('sin el segundo'));
  });
  test('a stolen Secretariat device can speak for no country', async () => {
    const stolen = await addDevice(p.sec, 'Secretaria portátil'); // the root key stays where the network was founded
    assert.equal(
      await stolen.refused('channel', 'create', 'Falsa', '--kind', 'country', '--countries', 'AR'),
      'not_allowed',
    );
    assert.equal(await stolen.refused('member', 'revoke', (await p.AR.do('whoami')).member), 'not_allowed');
  });
});

describe('offline and back', () => {
  test('what is written without a server is sent later, once', async () => {
    await space.stop('SIGKILL');
    assert.equal(await p.BR.refused('send', 'Educación', '--wait', '1', { input: 'escrito sin servidor' }), 'queued');
    await space.start();
    await p.BR.do('sync');
    const all = await read(p.AR, 'Educación');
    assert.equal(all.filter((b) => b === 'escrito sin servidor').length, 1);
  });
  test('verify walks everything and finds it whole', async () => {
    for (const who of [p.sec, p.AR, p.PE])
      assert.equal((await run(join(bin, 'encuentro'), who.args(['verify']))).code, 0, who.name);
  });
  test('export is readable without a program of ours', async () => {
    const folder = join(space.folder, 'export');
    await p.AR.do('export', folder);
    const all = readdirSync(folder, { recursive: true })
      .filter((f) => /\.md$/.test(f))
      .map((f) => readFileSync(join(folder, f), 'utf8'))
      .join('\n');
    for (const text of ['Bom dia', 'Muy buenos días', 'Convocatoria']) assert.ok(all.includes(text), text);
  });
  test('the server stops gracefully, and its check finds every log whole', async () => {
    assert.equal(await space.stop(), 0);
    const check = await run(join(bin, 'encuentrod'), ['check', '--data', space.data]);
    assert.equal(check.code, 0, check.stderr + check.stdout);
    await space.start();
    assert.ok((await read(p.AR, 'Educación')).length > 3);
  });
});

describe('manners', () => {
  test('usage errors exit 2, help and version exit 0', async () => {
    const e = join(bin, 'encuentro');
    assert.equal((await run(e, ['no-such-verb'])).code, 2);
    assert.equal((await run(e, ['--help'])).code, 0);
    assert.match((await run(e, ['--version'])).stdout, /^encuentro \d+\.\d+\.\d+/);
    assert.match((await run(join(bin, 'encuentrod'), ['--version'])).stdout, /^encuentrod \d+\.\d+\.\d+/);
  });
  test("a wrong passphrase is said in the person's language", async () => {
    const result = await run(join(bin, 'encuentro'), [
      '--home',
      p.AR.home,
      '--passphrase-file',
      p.BR.passphrase_file,
      '--lang',
      'pt',
      'whoami',
    ]);
    assert.equal(result.code, 1);
    assert.match(result.stderr, /encuentro: error: A frase de acesso não está correta/);
    assert.match(result.stderr, /encuentro: hint: /);
    assert.equal(result.stdout, '');
  });
});
