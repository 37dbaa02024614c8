// Files between page and server, with the core's part played: order, resuming, a line that fails, what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Carrier, type Ground, overHttps, type Source } from '../src/edge/carrier.ts';
import type { Progress, UploadTarget } from '../src/port/port.ts';
import { type Call, Refusal } from '../src/wire/calls.ts';
import { bytes as bytesCodec, encode } from '../src/wire/codec.ts';
import type { Command } from '../src/wire/commands.ts';
import { blobs, downloadState, keptParts, sealedPart, uploadState } from '../src/wire/files.ts';

const [upload, channel, version] = ['11'.repeat(16), '22'.repeat(16), '33'.repeat(16)];
const blobOf = (index: number) => index.toString(16).padStart(2, '0').repeat(32);
const list = blobOf(250);
const target: UploadTarget = {
  channel,
  document: undefined,
  replaces: [],
  folder: undefined,
  name: 'a.txt',
  note: '',
  media_type: 'text/plain',
  resume: undefined,
};
const file = (text: string): Source => {
  const blob = new Blob([text]);
  return { name: 'a.txt', size: blob.size, lastModified: 5, slice: (from, to) => blob.slice(from, to) };
};
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

// Chunks of four bytes; "sealed" is the bytes themselves.
function begin(
  bytes: number,
  answer: (method: string, path: string, tried: number) => number | Uint8Array,
  missing?: number[],
) {
  const chunks = Math.max(1, Math.ceil(bytes / 4));
  const log: string[] = [];
  const state = {
    upload,
    channel,
    chunk_bytes: 4,
    bytes,
    padded_bytes: 64,
    chunks,
    missing: missing ?? [...Array(chunks).keys()],
  };
  let tokens = 0;
  const ground: Ground = {
    async ask(call: Call) {
      if (call.is === 'SealChunk' && text(call.bytes).includes('!')) throw new Refusal('malformed', 'source');
      log.push(
        call.is === 'MeasureChunk'
          ? `measure ${text(call.bytes)}`
          : call.is === 'ChunkThrough'
            ? `through ${call.index}`
            : call.is,
      );
      switch (call.is) {
        case 'BeginUpload':
        case 'ResumeUpload':
          return encode(uploadState, state);
        case 'SealChunk':
          return encode(sealedPart, { blob: blobOf(call.index), sealed: call.bytes });
        case 'SealList':
          return encode(sealedPart, { blob: list, sealed: Uint8Array.of(9) });
        case 'ChunkThrough':
          return encode(keptParts, call.index === chunks - 1 ? [{ part: 1, value: Uint8Array.of(1) }] : []);
        case 'BeginDownload':
          return encode(downloadState, { bytes, chunks, list });
        case 'OpenList':
          return encode(blobs, [...Array(chunks).keys()].map(blobOf));
        case 'OpenChunk':
          return encode(bytesCodec, call.sealed);
        default:
          return encode(bytesCodec, new Uint8Array());
      }
    },
    async run(command: Command) {
      log.push(command.is === 'KeepTransfer' ? `keep ${command.part}` : command.is);
      if (command.is === 'AllowTransfer') return { is: 'TransferAllowed', token: `t${++tokens}`, expires: 1 };
      return { is: 'Nothing' };
    },
    async act(act) {
      log.push(act.is);
      return { is: 'Sent', channel, id: version, seq: 3 };
    },
    move: (piece, signal) => overHttps('https://server', piece, signal),
  };
  const tried = new Map<string, number>();
  Object.assign(globalThis, {
    fetch: async (
      url: string,
      { method, headers, body }: { method: string; headers: { Authorization: string }; body?: Uint8Array },
    ) => {
      const name = `${method} ${url.slice(-2)}`;
      tried.set(name, (tried.get(name) ?? 0) + 1);
      log.push(`${name} ${headers.Authorization.slice(7)}${body ? ` ${text(body)}` : ''}`);
      const found = answer(method, url, tried.get(name) as number);
      if (found === 0) throw new TypeError('network');
      return typeof found === 'number'
        ? new Response(null, { status: found })
        : new Response(found as Uint8Array<ArrayBuffer>);
    },
  });
  const waits: number[] = [];
  return { carrier: new Carrier(ground, async (ms) => void waits.push(ms)), log, waits };
}
const ok = () => new Uint8Array();
const never = new AbortController().signal;

test('an upload: kept before anything is sealed; all chunks, then the list, then the item', async () => {
  const { carrier, log } = begin(10, ok);
  const told: Progress[] = [];
  const outcome = await carrier.upload(file('abcdefghij'), target, (progress) => told.push(progress), never);
  assert.equal(outcome.is, 'Sent');
  const at = (entry: string) => {
    assert.ok(log.includes(entry), `${entry} in ${log.join(', ')}`);
    return log.indexOf(entry);
  };
  assert.deepEqual(log.slice(0, 7), [
    'BeginUpload',
    'measure abcd',
    'measure efgh',
    'measure ij',
    'EndMeasure',
    'keep 0',
    'AllowTransfer',
  ]);
  assert.ok(at('PUT 02 t1 ij') < at('through 2') && at('through 2') < at('keep 1'));
  for (const index of [0, 1, 2]) assert.ok(at(`through ${index}`) < at('SealList'));
  assert.ok(at('SealList') < log.findIndex((entry) => entry.startsWith('PUT fa')));
  assert.equal(log.at(-1), 'PutVersion');
  assert.deepEqual(told.at(-1), { step: 'sending', done: 10, total: 10 });
});

test('one that was cut off sends what is missing, and measures nothing again', async () => {
  const { carrier, log } = begin(10, ok, [2]);
  await carrier.upload(file('abcdefghij'), { ...target, resume: upload }, () => undefined, never);
  assert.deepEqual(
    log.filter((entry) => entry.startsWith('PUT')).map((entry) => entry.slice(0, 6)),
    ['PUT 02', 'PUT fa'],
  );
  assert.ok(!log.some((entry) => entry.startsWith('measure')));
});

test('a line that fails is tried again; after a while it is unreachable, and nothing is posted', async () => {
  const twice = begin(4, (_method, _path, tried) => (tried < 3 ? 0 : ok()));
  await twice.carrier.upload(file('abcd'), target, () => undefined, never);
  assert.deepEqual(twice.waits.slice(0, 2), [1000, 2000]);
  const dead = begin(4, () => 503);
  await assert.rejects(
    dead.carrier.upload(file('abcd'), target, () => undefined, never),
    { word: 'unreachable' },
  );
  assert.ok(!dead.log.includes('PutVersion'));
});

test("a leave that ran out is asked for anew; the server's other noes are told", async () => {
  const { carrier, log } = begin(4, (_method, _path, tried) => (tried === 1 ? 401 : ok()));
  await carrier.upload(file('abcd'), target, () => undefined, never);
  assert.ok(log.includes('PUT 00 t2 abcd'));
  for (const [status, word] of [
    [413, 'quota_exceeded'],
    [507, 'storage_full'],
  ] as const) {
    const full = begin(4, () => status);
    await assert.rejects(
      full.carrier.upload(file('abcd'), target, () => undefined, never),
      { word },
    );
  }
});

test('a file that changed is refused, and one that is stopped stops', async () => {
  const { carrier, log } = begin(8, ok);
  await assert.rejects(
    carrier.upload(file('abcd!fgh'), target, () => undefined, never),
    { word: 'malformed' },
  );
  assert.ok(!log.includes('SealList'));
  const stop = new AbortController();
  stop.abort(new Refusal('stopped'));
  await assert.rejects(
    begin(8, ok).carrier.upload(file('abcdefgh'), target, () => undefined, stop.signal),
    { word: 'stopped' },
  );
});

test('a download: a few at once, opened in order; a missing chunk is told', async () => {
  const content: Record<string, string> = { '00': 'abcd', '01': 'efgh', '02': 'ij', fa: 'list' };
  const bytes = (path: string) => new TextEncoder().encode(content[path.slice(-2)]);
  const { carrier, log } = begin(10, (_method, path) => bytes(path));
  const told: Progress[] = [];
  const blob = await carrier.download(channel, version, (progress) => told.push(progress), never);
  assert.equal(await blob.text(), 'abcdefghij');
  assert.deepEqual(
    told.map(({ done }) => done),
    [4, 8, 10],
  );
  assert.equal(log.filter((entry) => entry === 'OpenChunk').length, 3);
  const gone = begin(10, (_method, path) => (path.endsWith('02') ? 404 : bytes(path)));
  await assert.rejects(
    gone.carrier.download(channel, version, () => undefined, never),
    { word: 'not_found' },
  );
});
