// What of the core comes later (client/wasm/later.txt), found anew: people come in by link and code, alone and at the
// same time, each in a browser of their own, look at Home, reload and open the space again, all with a core that counts
// its calls. What none of them called is not needed before Home. To be run after larger changes of the core, with
// invitations to a network that has lived, the demonstration's (./dev run): `npm run first-visit -- LINK CODE ...`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionNames, markOf } from '../../tools/wasm/function_names.mjs';
import { browsers, wait } from './real_browsers.mjs';

const root = new URL('../../', import.meta.url).pathname;
const named = `${root}build-wasm/bin/encuentro_core_named.wasm`;
const list = `${root}client/wasm/later.txt`;
const folder = mkdtempSync(join(tmpdir(), 'encuentro-counted-'));
const counting = join(folder, 'counting.wasm');
execFileSync('wasm-split', ['--instrument', named, '-o', counting]);
const names = functionNames(readFileSync(named));
const called = new Set();

const { space, args, somebody, step, comeIn, end } = await browsers();
const founder = space.person('fundadora');

// The page's two modules become the counting one and nothing; each instance is kept, to be asked at the end.
const keepInstances = `self.instances = [];
const made = WebAssembly.instantiate;
WebAssembly.instantiate = async (...what) => {
  const instance = await made(...what);
  self.instances.push(instance);
  return instance;
};
`;
async function count({ page }) {
  const context = page.context();
  await context.route(/core_first-[^/]*\.wasm$/, (route) =>
    route.fulfill({ path: counting, contentType: 'application/wasm' }),
  );
  await context.route(/core_later-[^/]*\.wasm$/, (route) => route.abort());
  await context.route(/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: keepInstances + (await response.text()) });
  });
}

// A profile is the module's hash (8 bytes), then for each of its functions when it was first called, or 0 (4 bytes).
async function remember({ page }) {
  for (const worker of page.workers()) {
    const profiles = await worker.evaluate(() =>
      self.instances.map(({ exports: { memory, __write_profile: write } }) => {
        const at = memory.buffer.byteLength;
        memory.grow(4);
        return [...new Uint8Array(memory.buffer, at, write(at, 4 * 65_536))];
      }),
    );
    for (const profile of profiles) {
      const times = new DataView(Uint8Array.from(profile).buffer, 8);
      if (times.byteLength !== 4 * names.length) throw new Error('a profile of another module');
      for (const [at, name] of names.entries()) if (times.getUint32(4 * at, true) !== 0) called.add(name);
    }
  }
}

const countries = ['AR', 'BO', 'BR', 'CL', 'CO', 'CR', 'CU'];

async function found() {
  await space.start({ args });
  const where = ['--server', space.url, '--spki', space.spki];
  await founder.do('network', 'found', ...where, '--name', 'Red de prueba', '--member', 'Elena Prado');
  for (const code of countries) await founder.do('country', 'add', code, '--name', `País ${code}`);
  await founder.do('channel', 'create', 'Comité', '--kind', 'committee', '--countries', countries.join());
  await founder.do('announce', 'Reunión de diciembre', '--ask-ack', { input: 'Se convoca a **todos**.' });
  const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const when = ['--start', `${soon}T10:00`, '--end', `${soon}T12:00`, '--zone', 'America/Panama'];
  await founder.do('event', 'add', 'Comité', 'Taller', ...when);
  await founder.do('send', 'Comité', { input: 'Bienvenidos.' });
  const file = join(space.folder, 'acta.md');
  writeFileSync(file, '# Acta\n');
  await founder.do('doc', 'put', 'Comité', file);
  await founder.do('invite', '--role', 'secretariat', '--name', 'Quien aún no viene');
}

async function visit(who, invited, meanwhile) {
  await count(who);
  const words = await comeIn(who, invited);
  await who.page.getByText('Conectado', { exact: true }).waitFor(wait);
  if (meanwhile) await meanwhile();
  await who.said('Tablón de anuncios');
  await remember(who);
  await who.page.reload();
  await who.page.getByLabel('Frase de acceso').fill(words.join(' '));
  await who.button('Abrir').click();
  await who.said('Tablón de anuncios');
  await who.page.getByText('Conectado', { exact: true }).waitFor(wait);
  await remember(who);
  who.wrong.length = 0; // the later module was held back
}

// Those who come at the same time get in each other's way, which takes more of the core than coming alone.
async function visits(name, invitations) {
  const invited = [];
  for (const as of invitations) invited.push(await founder.do('invite', ...as, '--name', `Persona ${as.at(-1)}`));
  const all = await Promise.all(invited.map(() => somebody('America/Panama')));
  const together = async () => {
    for (let turn = 0; turn < 3; turn++) await founder.do('sync');
  };
  await step(name, all, () => Promise.all(all.map((who, at) => visit(who, invited[at], together))));
}

async function visitElsewhere([link, code, ...others]) {
  if (!code) return;
  const who = await somebody('America/Lima');
  await step('in a network that has lived', who, () => visit(who, { link, code }));
  await visitElsewhere(others);
}

try {
  await found();
  const focalPoint = (country) => ['--role', 'focal-point', '--country', country];
  await visits('one of the Secretariat, alone', [['--role', 'secretariat']]);
  await visits('a focal point, alone', countries.slice(0, 1).map(focalPoint));
  await visits('three at the same time', countries.slice(1, 4).map(focalPoint));
  await visits('three others at the same time', countries.slice(4).map(focalPoint));
  await visitElsewhere(process.argv.slice(2));
} finally {
  await end();
  rmSync(folder, { recursive: true });
}
if (!process.exitCode) {
  const marks = names.filter((name) => name && !called.has(name)).map(markOf);
  const lines = [];
  for (marks.sort(); marks.length > 0; ) lines.push(marks.splice(0, 9).join(' '));
  const what = '# The functions a first visit does not call, by mark (tools/wasm/function_names.mjs); made by\n';
  writeFileSync(list, `${what}# web/tests/first_visit.mjs.\n${lines.join('\n')}\n`);
  console.log(`${names.length} functions, ${called.size} called before Home`);
}
