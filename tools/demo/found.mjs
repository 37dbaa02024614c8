// Founds the demonstration network (or goes on with it) and says how to enter.
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { once } from 'node:events';
import { join, relative, resolve } from 'node:path';
import { passphrase, startServer, Profile } from './programs.mjs';
import { fill } from './fill.mjs';
import { people, announcements, committee, talk, guide } from './texts.mjs';

// Where it lives, and whom it founds: the tests name others.
const run = resolve(process.env.ENCUENTRO_RUN ?? 'run');
const facts = process.env.ENCUENTRO_NETWORK ?? 'examples/latin-american-network/network.json';
const network = JSON.parse(readFileSync(facts, 'utf8'));
const listen = process.env.ENCUENTRO_LISTEN ?? '127.0.0.1:8443';
const people_folder = relative('.', join(run, 'people'));
const profile = (name) => new Profile(join(run, 'people'), name);
const say = (text) => console.error(text);
const done = join(run, 'founded.json');

// Every step looks whether it is done already, so that an interrupted founding is continued by the next run.
async function enter(inviter, code, name, role) {
  const who = profile(code);
  if (who.exists && (await who.entered())) return who;
  who.forget();
  const invite = await inviter.do(
    'invite',
    '--role',
    role,
    ...(/^[A-Z]{2}/.test(code) ? ['--country', code.slice(0, 2)] : []),
    '--name',
    name,
  );
  await who.do('join', invite.link, '--code', invite.code);
  return who;
}

async function foundNetwork(server) {
  const secretariat = profile('secretariat');
  if (secretariat.exists && (await secretariat.entered())) return secretariat;
  secretariat.forget();
  const name = `${network.network_es} (demostración)`;
  const where = ['--server', server.url, '--spki', server.spki];
  await secretariat.do('network', 'found', ...where, '--name', name, '--member', people.secretariat);
  return secretariat;
}

async function admitCountries(secretariat) {
  const invented = [
    { code: 'XA', name_es: 'País A (inventado)', status: 'member', institutions_es: ['Ministerio de Ejemplo'] },
    { code: 'XB', name_es: 'País B (inventado)', status: 'member', institutions_es: ['Defensoría de Ejemplo'] },
  ];
  const seats = new Set((await secretariat.all('roster')).map((line) => line.country));
  const present = {};
  for (const c of [...network.countries, ...invented]) {
    const voice = c.joint_representation ? 'joint' : 'any';
    const institutions = c.institutions_es.flatMap((i) => ['--institution', i]);
    const seat = ['--name', c.name_es, '--status', c.status, '--voice', voice, ...institutions];
    if (!seats.has(c.code)) await secretariat.do('country', 'add', c.code, ...seat);
    present[c.code] = await enter(secretariat, c.code, people[c.code], 'focal-point');
    // A joint representation speaks by two; once one is there, that one brings in the other.
    const second = `${c.code}-2`;
    if (people[second]) present[second] = await enter(present[c.code], second, people[second], 'focal-point');
    say(`  ${c.name_es}`);
  }
  return present;
}

async function fillBoard(secretariat, present) {
  const there = new Set((await secretariat.all('board')).map((item) => item.title));
  for (const a of announcements)
    if (!there.has(a.title))
      await secretariat.do('announce', a.title, ...(a.ack ? ['--ask-ack'] : []), { input: a.text });
  for (const code of ['XA', 'XB']) {
    const asked = (await present[code].all('board')).find((i) => i.title === announcements[1].title);
    if (!asked.acks.includes(code)) await present[code].do('ack', asked.id);
  }
}

async function fillCommittee(present) {
  const find = async () => (await present.XA.all('channel', 'list')).find((c) => c.title === committee.title);
  if (!(await find())) {
    const who = ['--kind', 'committee', '--countries', committee.countries.join(',')];
    await present.XA.do('channel', 'create', committee.title, ...who, '--history', 'shared');
  }
  const channel = await find();
  for (const code of committee.countries) {
    const { member } = await present[code].do('whoami');
    if (!channel.members.includes(member)) await present.XA.do('channel', 'add', channel.id, member);
  }
  const said = new Set((await present.XA.all('read', channel.id)).map((item) => item.body));
  for (const [code, text] of talk) if (!said.has(text)) await present[code].do('send', channel.id, { input: text });
}

async function found(server) {
  say('Fundando la red de demostración…');
  const secretariat = await foundNetwork(server);
  const present = await admitCountries(secretariat);
  await fillBoard(secretariat, present);
  await fillCommittee(present);
  say('  calendario, documentos, iniciativas y reuniones');
  await fill(secretariat, present, network, run);
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

function explain(server, offers, page) {
  const command = (name, ...args) => {
    const home = `${people_folder}/${name}`;
    return `  build/bin/encuentro --home ${home} --passphrase-file ${home}.frase ${args.join(' ')}`;
  };
  console.log(`
Encuentro está en marcha (demostración; personas inventadas).   ${server.url}   spki=${server.spki}

Como la Secretaría Técnica:
${command('secretariat', 'board')}
Como punto focal de Argentina, de Brasil, y como Perú (observador):
${command('AR', 'channel list')}
${command('BR', 'read', `"${committee.title}"`)}
${command('PE', 'read', `"${committee.title}"`)}
Calendario y documentos:
${command('AR', 'event list')}
${command('XA', 'event month', new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 7))}
${command('XB', 'doc list', `"${committee.title}"`)}
${command('XB', 'doc diff', `"${guide.name}"`, '1', '2')}
Buscar, y el informe anual:
${command('AR', 'search', 'prevencion')}
${command('secretariat', 'report', '2017')}
Para escribir:  echo "Buenos días" | ${command('AR', 'send', `"${committee.title}"`).trim()}
En la terminal, alguien nuevo:  build/bin/encuentro --home ${people_folder}/nueva join 'ENLACE' --code CÓDIGO`);
  open(page);
  console.log('\nCuatro invitaciones sin usar (enlace y código hablado):');
  for (const o of offers) console.log(`\n  ${o.title}   código ${o.code}\n    ${o.link}`);
  console.log('\nCtrl-C detiene el servidor; otro ./dev run continúa donde quedó.');
}

// The two ways into the same page.
function open(page) {
  const ui = (who, name) => `  ${who.padEnd(20)} build/bin/encuentro --home ${people_folder}/${name} ui`;
  console.log(`
Para abrir la página desde este equipo (recomendado: el programa la sirve y guarda las claves):
${ui('Secretaría Técnica', 'secretariat')}
${ui('Argentina', 'AR')}
${ui('Brasil', 'BR')}
${ui('Perú (observador)', 'PE')}
${ui('alguien nuevo', 'nueva')}
  La frase de todos: ${passphrase}. Alguien nuevo pega su enlace de invitación y hace su frase.`);
  if (page) console.log(`Para abrirla desde el servidor: ${page} (el certificado es propio: acepte la advertencia)`);
}

const web = existsSync('web/dist/index.html') ? resolve('web/dist') : undefined;
const server = await startServer(join(run, 'server'), listen, web);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.child.kill('SIGTERM'));
try {
  if (!existsSync(done)) await found(server);
  explain(server, await invitations(), web && `https://${listen}/`);
} catch (error) {
  server.child.kill('SIGTERM');
  throw error;
}
await once(server.child, 'exit');
