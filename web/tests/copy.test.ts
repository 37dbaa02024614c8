// The copy of everything over the invented network: its files, what they say, and what happens when something is
// missing, hostile or stopped.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type CopyProgress, type CopyReport } from '../src/copy/copy.ts';
import { writeZip } from '../src/copy/zip.ts';
import type { Port } from '../src/port/port.ts';
import { archive } from '../src/scene/archive.ts';
import { hostile, payloads } from '../src/scene/hostile.ts';
import * as network from '../src/scene/network.ts';
import { Refusal } from '../src/wire/calls.ts';
import type { Question } from '../src/wire/views.ts';
import { learn, phrase } from '../src/words/catalogue.ts';
import { filesOf } from './stored_zip.mjs';

await learn('es');
const here = network.library.channel;
const contents = new TextEncoder().encode('contenido');
const sum = createHash('sha256').update(contents).digest('hex');
const library = {
  ...network.library,
  documents: network.library.documents.map((document) => ({
    ...document,
    versions: document.versions.map((version) => ({ ...version, bytes: contents.length, content: sum })),
  })),
};
function answer(question: Question): unknown {
  switch (question.is) {
    case 'AskSelf':
      return { ...network.self, person: network.directory.people[network.me] };
    case 'AskChannels':
      return network.channels;
    case 'AskDirectory':
      return network.directory;
    case 'AskConversation':
      return {
        items: question.channel === here ? [...network.talk, network.refusedWords] : boards(question.channel),
      };
    case 'AskBoards':
      return network.boards.filter(({ channel }) => channel === question.channel);
    case 'AskCalendar':
      return network.events.filter(({ channel }) => channel === question.channel);
    case 'AskArchive':
      return question.channel === here ? archive : { initiatives: [], meetings: [] };
    case 'AskLibrary':
      return question.channel === here ? library : { ...network.empty, channel: question.channel };
    default:
      throw new Error(question.is);
  }
}
const boards = (id: string) => network.boards.filter(({ channel }) => channel === id).map(({ item }) => item);

type Download = Port['download'];
const whole: Download = async (_channel, _version, told) => {
  told({ step: 'receiving', done: contents.length, total: contents.length });
  return new Blob([contents]);
};

async function made(
  download = whole,
  told: (progress: CopyProgress, stop: () => void) => void = () => undefined,
  bend: (value: unknown) => unknown = (value) => value,
) {
  const stop = new AbortController();
  const collected = new TransformStream<Uint8Array, Uint8Array>();
  const bytes = new Response(collected.readable as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer();
  bytes.catch(() => undefined);
  const look = (async (question: Question) => bend(answer(question))) as Port['look'];
  const report = await writeZip(
    {
      port: { look, download },
      say: (key, values) => phrase('es', key, values),
      language: 'es',
      titleOf: (id) => String(bend({ title: network.channels.find((one) => one.id === id)?.title || 'Tablón' }.title)),
      now: network.now,
    },
    collected.writable,
    (progress) => told(progress, () => stop.abort(new Refusal('stopped'))),
    stop.signal,
  );
  const files = new Map<string, Buffer>(filesOf(Buffer.from(await bytes)) as [string, Buffer][]);
  const text = (name: string) => files.get(name)?.toString() ?? '';
  const json = (name: string) => JSON.parse(text(name));
  return { report: report as CopyReport, files, text, json };
}
const folderOf = (files: Map<string, Buffer>, end: string) =>
  [...files.keys()].filter((name) => name.endsWith(end)).map((name) => name.split('/')[0]);

test('laid out as the command lays out its copy; the manifest holds every file with its sum', async () => {
  const { files, json, text, report } = await made();
  assert.deepEqual([...files.keys()].slice(0, 3), ['README.md', 'people.json', 'countries.json']);
  const manifest = json('manifest.json');
  const listed = manifest.files as { path: string; bytes: number; sha256: string }[];
  assert.deepEqual(
    listed.map(({ path }) => path),
    [...files.keys()].filter((name) => name !== 'manifest.json'),
  );
  for (const { path, bytes, sha256 } of listed) {
    const file = files.get(path) as Buffer;
    assert.deepEqual([file.length, createHash('sha256').update(file).digest('hex')], [bytes, sha256], path);
  }
  assert.equal(report.channels, network.channels.length);
  const folder = folderOf(files, '/documents.json')[0];
  for (const document of json(`${folder}/documents.json`)) {
    assert.equal(document.all.length, document.versions);
    for (const version of document.all) assert.ok(files.has(`${folder}/${version.path}`), version.path);
  }
  assert.match([...files.keys()].join('\n'), /^\d\d-[^/]+\/documents\/.+-[0-9a-f]{8}\/v1-[0-9a-f]{8}\.\w+$/m);
  assert.match([...files.keys()].join('\n'), /\/documents-removed\//);
  assert.match(text(`${folderOf(files, '/calendar.ics')[0]}/calendar.ics`), /BEGIN:VEVENT[^]*END:VCALENDAR/);
  assert.equal(json('people.json').length, network.directory.people.length);
});

test('announcements and messages can be read, with author, country and time; what waits stands apart', async () => {
  const { files, text, json } = await made();
  const [board] = network.boards;
  const folder = folderOf(files, '/items.json').find((name) => text(`${name}/conversation.md`).includes('## '));
  const said = text(`${folder}/conversation.md`);
  assert.ok(said.includes(`## ${board?.number}. ${board?.item.title}`));
  assert.ok(said.includes('Acusaron recibo:'));
  const talk = folderOf(files, '/waiting.json')[0];
  assert.equal(json(`${talk}/waiting.json`).at(-1).body, network.refusedWords.body);
  assert.ok(!text(`${talk}/conversation.md`).includes(network.refusedWords.body));
  const closed = network.talk.filter(({ reading }) => reading !== 1).length;
  assert.equal(closed === 0 ? 0 : json(`${talk}/unopened.json`).length, closed);
});

test('initiatives and meetings stand in the archive of their channel, to read and for programs', async () => {
  const { files, text, json } = await made();
  const [folder, ...others] = folderOf(files, '/archive.json');
  assert.deepEqual([others, text(`${folder}/documents.json`) !== ''], [[], true]);
  const { initiatives, meetings } = json(`${folder}/archive.json`);
  const [first, second] = archive.initiatives;
  assert.deepEqual(
    initiatives.map(({ id, state, confirm_by }: Record<string, string>) => [id, state, confirm_by]),
    [
      [first?.id, 'confirmed', ''],
      [second?.id, 'draft', '2026-12-31'],
    ],
  );
  assert.deepEqual(initiatives[0].confirmed_by, first?.confirmed_by.map(({ name }) => name));
  assert.deepEqual(initiatives[0].attachments, [{ name: 'programa.txt', media_type: 'text/plain', bytes: 18 }]);
  assert.equal(text(`${folder}/attachments/c2c2c2c2-1-programa.txt`), 'Programa del curso');
  assert.deepEqual([meetings[0].countries, meetings[0].decisions.length], [['XA', 'XB'], 1]);
  const read = text(`${folder}/archive.md`);
  for (const part of ['Curso para docentes · Educación · confirmada', 'hasta el 2026-12-31', 'Decisión 1: Programa']) {
    assert.ok(read.includes(part), part);
  }
  assert.ok(read.includes(`Documento: ${library.documents[0]?.name}`));
});

test('a document that can not be had is told and the rest goes on; offline no other is asked for', async () => {
  const versions = library.documents.flatMap((document) => document.versions).length;
  let asked = 0;
  const { report, files, json } = await made(async () => {
    asked++;
    throw new Refusal('unreachable');
  });
  assert.deepEqual([asked, report.versions, report.missing.length], [1, 0, versions]);
  const folder = folderOf(files, '/documents.json')[0];
  assert.deepEqual(json(`${folder}/documents.json`)[0].all[0].problem, 'unreachable');
  await assert.rejects(
    made(async () => {
      throw new Refusal('locked');
    }),
    /locked/,
  );
});

test('stopped: it ends there, with the document on its way', async () => {
  let ended = false;
  const stuck: Download = (_channel, _version, told, signal) =>
    new Promise((_, failed) => {
      signal.addEventListener('abort', () => ((ended = true), failed(signal.reason)));
      told({ step: 'receiving', done: 1, total: contents.length });
    });
  await assert.rejects(
    made(stuck, ({ done }, stop) => {
      if (done > 0) setTimeout(stop);
    }),
    /stopped/,
  );
  assert.ok(ended);
});

test('progress ends at the whole', async () => {
  const seen: CopyProgress[] = [];
  await made(whole, (progress) => seen.push(progress));
  const last = seen.at(-1) as CopyProgress;
  assert.deepEqual([last.at, last.done], [last.channels, last.total]);
});

test('whatever people call things, no file leaves its folder and no two are one', async () => {
  const names = [...payloads, '../../etc/passwd', 'C:\\a', '.', '..', '', 'a\u0000b/c'];
  let next = 0;
  const bend = (value: unknown): unknown => {
    if (typeof value === 'string') return names[next++ % names.length];
    return JSON.parse(
      JSON.stringify(hostile(value), (key, one) => bent(key, one)),
      revive,
    );
  };
  const bent = (key: string, one: unknown) => {
    if (one instanceof Uint8Array || (typeof one === 'object' && one !== null && key === 'content')) return '';
    return key === 'name' && typeof one === 'string' ? names[next++ % names.length] : one;
  };
  const revive = (key: string, one: unknown) => (key === 'content' && one === '' ? new Uint8Array() : one);
  const { files } = await made(whole, undefined, bend);
  for (const name of files.keys()) {
    assert.ok(!name.startsWith('/') && !/[\\\u0000-\u001f]/.test(name), name);
    for (const part of name.split('/')) assert.ok(part !== '' && !/^\.\.?$/.test(part), name);
  }
});
