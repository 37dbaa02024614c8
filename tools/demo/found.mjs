// Founds the demonstration network (or goes on with it) and says how to enter.
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { startServer, Profile } from './programs.mjs';
import { people, announcements, committee, talk } from './texts.mjs';

const run = resolve('run');
const network = JSON.parse(readFileSync('examples/latin-american-network/network.json', 'utf8'));
const listen = process.env.ENCUENTRO_LISTEN ?? '127.0.0.1:8443';
const profile = (name) => new Profile(join(run, 'people'), name);
const say = (text) => console.error(text);
const done = join(run, 'founded.json');

async function enter(inviter, code, name, role) {
  const who = profile(code);
  if (who.exists) return who;
  const invite = await inviter.do(
    'invite',
    '--role',
    role,
    ...(code.length === 2 ? ['--country', code] : []),
    '--name',
    name,
  );
  await who.do('join', invite.link, '--code', invite.code);
  return who;
}

async function found(server) {
  const secretariat = profile('secretariat');
  say('Fundando la red de demostración…');
  await secretariat.do(
    'network',
    'found',
    '--server',
    server.url,
    '--spki',
    server.spki,
    '--name',
    `${network.network_es} (demostración)`,
    '--member',
    people.secretariat,
  );
  const invented = [
    { code: 'XA', name_es: 'País A (inventado)', status: 'member', institutions_es: ['Ministerio de Ejemplo'] },
    { code: 'XB', name_es: 'País B (inventado)', status: 'member', institutions_es: ['Defensoría de Ejemplo'] },
  ];
  const present = {};
  for (const c of [...network.countries, ...invented]) {
    await secretariat.do(
      'country',
      'add',
      c.code,
      '--name',
      c.name_es,
      '--status',
      c.status,
      '--voice',
      c.joint_representation ? 'joint' : 'any',
      ...c.institutions_es.flatMap((i) => ['--institution', i]),
    );
    present[c.code] = await enter(secretariat, c.code, people[c.code], 'focal-point');
    say(`  ${c.name_es}`);
  }
  for (const a of announcements)
    await secretariat.do('announce', a.title, ...(a.ack ? ['--ask-ack'] : []), { input: a.text });
  for (const code of ['XA', 'XB']) {
    const asked = (await present[code].all('board')).find((i) => i.title === announcements[1].title);
    await present[code].do('ack', asked.id);
  }
  const made = await present.XA.do(
    'channel',
    'create',
    committee.title,
    '--kind',
    'committee',
    '--countries',
    committee.countries.join(','),
    '--history',
    'shared',
  );
  for (const code of committee.countries.filter((c) => c !== 'XA'))
    await present.XA.do('channel', 'add', made.id, (await present[code].do('whoami')).member);
  for (const [code, text] of talk) await present[code].do('send', made.id, { input: text });
  writeFileSync(done, JSON.stringify({ fingerprint: (await secretariat.do('whoami')).fingerprint }, null, 1));
}

async function invitations() {
  const secretariat = profile('secretariat');
  const offers = [];
  for (const [title, inviter, args] of [
    [
      'Secretaría Técnica: una persona egresada',
      secretariat,
      ['--role', 'alumni', '--name', 'Persona egresada (inventada)'],
    ],
    [
      'Argentina: alterno del punto focal',
      profile('AR'),
      ['--role', 'focal-point', '--country', 'AR', '--alternate', '--name', 'Alterno de Argentina (inventado)'],
    ],
    [
      'Brasil: integrante de la delegación',
      profile('BR'),
      ['--role', 'delegate', '--country', 'BR', '--name', 'Integrante de Brasil (inventado)'],
    ],
    [
      'Perú (observador): alterno del punto focal',
      profile('PE'),
      ['--role', 'focal-point', '--country', 'PE', '--alternate', '--name', 'Alterno de Perú (inventado)'],
    ],
  ])
    offers.push({ title, ...(await inviter.do('invite', ...args)) });
  return offers;
}

function explain(server, offers) {
  const command = (name, ...args) =>
    `  build/bin/encuentro --home run/people/${name} --passphrase-file run/people/${name}.frase ${args.join(' ')}`;
  console.log(`
Encuentro está en marcha (demostración; personas inventadas).   ${server.url}   spki=${server.spki}

Como la Secretaría Técnica:
${command('secretariat', 'board')}
Como punto focal de Argentina, de Brasil, y como Perú (observador):
${command('AR', 'channel list')}
${command('BR', 'read', `"${committee.title}"`)}
${command('PE', 'read', `"${committee.title}"`)}
Para escribir:  echo "Buenos días" | ${command('AR', 'send', `"${committee.title}"`).trim()}

Cuatro invitaciones sin usar (enlace y código hablado):`);
  for (const o of offers) console.log(`\n  ${o.title}   código ${o.code}\n    ${o.link}`);
  console.log(`
En el navegador: abra uno de esos enlaces (el certificado es propio: acepte la advertencia) y escriba su código.
En la terminal:  build/bin/encuentro --home run/people/nueva join 'ENLACE' --code CÓDIGO`);
  console.log('\nCtrl-C detiene el servidor; otro ./dev run continúa donde quedó.');
}

const web = existsSync('web/dist/index.html') ? resolve('web/dist') : undefined;
const server = await startServer(join(run, 'server'), listen, web);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.child.kill('SIGTERM'));
try {
  if (!existsSync(done)) await found(server);
  explain(server, await invitations());
} catch (error) {
  server.child.kill('SIGTERM');
  throw error;
}
await once(server.child, 'exit');
