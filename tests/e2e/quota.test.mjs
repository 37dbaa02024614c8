// Tests: client/cli/verbs/ client/core/erasing.cpp
// Room at the server: refusals that say which limit and what it would have been, versions erased by whoever may, and
// what the sweep then gives back.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Space, enter, foundNetwork, run, bin } from './harness.mjs';

const space = new Space();
const at = (name) => join(space.folder, name);
const limits = { country: 650_000, member: 400_000 };
let sec, ana, eva, obs;

function file(name, size) {
  writeFileSync(at(name), randomBytes(size));
  return at(name);
}
const chunks_on_disk = () =>
  readdirSync(space.data, { recursive: true }).filter((name) => /\/[0-9a-f]{64}$/.test(name)).length;

before(
  async () => {
    const settings = { 'country-bytes': limits.country, 'member-bytes': limits.member, 'sweep-seconds': 1 };
    const config = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`);
    writeFileSync(at('encuentrod.conf'), config.join(''));
    await space.start({ args: ['--config', at('encuentrod.conf')] });
    sec = await foundNetwork(space);
    [ana, eva, obs] = ['Ana', 'Eva', 'Obs'].map((name) => space.person(name));
    for (const code of ['XA', 'XO']) await sec.do('country', 'add', code, '--name', code);
    await enter(sec, ana, ['--role', 'focal-point', '--country', 'XA']);
    await enter(ana, eva, ['--role', 'delegate', '--country', 'XA']);
    await enter(sec, obs, ['--role', 'focal-point', '--country', 'XO']);
    await ana.do('channel', 'create', 'Textos', '--kind', 'committee', '--countries', 'XA,XO');
    for (const who of [eva, obs]) await ana.do('channel', 'add', 'Textos', (await who.do('whoami')).member);
    for (const who of [eva, obs]) await who.do('sync');
  },
  { timeout: 240_000 },
);
after(() => space.end());

const refusal = (who, ...args) =>
  who.all(...args).then(
    () => assert.fail(`${args.join(' ')} was let pass`),
    ({ said }) => said,
  );

let put;
test("a member's share and a country's room are refused with their numbers", { timeout: 240_000 }, async () => {
  put = await ana.do('doc', 'put', 'Textos', file('uno.bin', 300_000));
  const used = await ana.do('doc', 'quota');
  assert.ok(used.member_bytes >= 300_000 && used.member_bytes < 330_000, JSON.stringify(used));
  assert.deepEqual([used.member_bytes_max, used.country_bytes_max], [limits.member, limits.country]);

  const share = await refusal(ana, 'doc', 'put', 'Textos', file('dos.bin', 200_000));
  assert.deepEqual([share.error, share.rule, share.expected], ['quota_exceeded', 'R-SRV-44', limits.member]);
  assert.ok(share.got > limits.member && share.message.includes('390.6 KiB'), share.message);

  await eva.do('doc', 'put', 'Textos', at('uno.bin'), '--name', 'de-eva.bin');
  const whole = await refusal(eva, 'doc', 'put', 'Textos', file('tres.bin', 90_000));
  assert.deepEqual([whole.error, whole.rule, whole.expected], ['quota_exceeded', 'R77', limits.country]);
  assert.ok(whole.got > limits.country && whole.message !== share.message && whole.hint !== share.hint);
  assert.equal((await obs.do('doc', 'quota')).country_bytes, 0);

  const told = await run(
    join(bin, 'encuentro'),
    [...ana.args(['doc', 'quota']), '--lang', 'es'].filter((a) => a !== '--json'),
  );
  assert.match(told.stdout, /Su país usa .* de 634\.7 KiB; usted, .* de 390\.6 KiB\./);
});

test('what is erased is gone from the server, and everybody sees by whom', { timeout: 240_000 }, async () => {
  const held = chunks_on_disk();
  assert.equal(await eva.refused('doc', 'erase', put.id), 'not_allowed'); // a delegation member, another's document
  assert.equal(await ana.refused('doc', 'erase', put.id, '--version', '7'), 'not_found');
  const { version } = await ana.do('doc', 'erase', put.id, '--version', '1');
  assert.equal(version, put.version);
  const me = await ana.do('whoami');
  const [seen] = await obs.all('doc', 'versions', put.id);
  assert.deepEqual([seen.erased_by.author, seen.erased_by.country, seen.sha256], [me.member, 'XA', put.sha256]);
  for (const who of [ana, obs]) {
    const { error, rule } = await refusal(who, 'doc', 'get', put.id, '-o', at('nada.bin'));
    assert.deepEqual([error, rule], ['not_found', 'erased']);
  }
  assert.equal(await ana.refused('doc', 'erase', put.id), 'not_found');
  // Each question is a chance for the sweep that is due.
  while ((await ana.do('doc', 'quota')).member_bytes > 0);
  // The second person holds the same file under her own key: only the first one's chunks went.
  assert.ok(chunks_on_disk() < held && chunks_on_disk() > 0);
  assert.ok((await ana.do('doc', 'put', 'Textos', at('dos.bin'))).id);
});

test('an agreed text is not erased; a copy proves who erased what', { timeout: 240_000 }, async () => {
  const [fixed] = await ana.all('doc', 'list', 'Textos').then((all) => all.filter((d) => d.name === 'dos.bin'));
  await ana.do('doc', 'freeze', fixed.id);
  const refused = await refusal(ana, 'doc', 'erase', fixed.id);
  assert.deepEqual([refused.error, refused.rule], ['not_allowed', 'frozen']);
  await obs.do('export', at('copia'));
  const verified = await obs.do('verify', at('copia'));
  assert.ok(verified.whole && verified.absent.length === 1, JSON.stringify(verified));
  const list = readdirSync(at('copia'), { recursive: true }).find((f) => f.endsWith('documents.json'));
  const changed = readFileSync(join(at('copia'), list), 'utf8').replace('"erased_by"', '"removed_by"');
  writeFileSync(join(at('copia'), list), changed);
  assert.equal(await obs.do('verify', at('copia')).catch(({ code }) => code), 'bad_signature');
});
