// The page's mirror of the core's encoding against what C++ writes: each sample is read, written again, and equal.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { call, computerRow, linkRead } from '../src/wire/calls.ts';
import { bytes as bytesCodec, type Codec, decode, encode, fromHex, Malformed, toHex } from '../src/wire/codec.ts';
import { codes, explain, wordOf } from '../src/wire/codes.ts';
import { command } from '../src/wire/commands.ts';
import { effects } from '../src/wire/effects.ts';
import { blobs, downloadState, keptParts, sealedPart, uploadState } from '../src/wire/files.ts';
import { answers } from '../src/wire/views.ts';
import { learn } from '../src/words/catalogue.ts';

const root = new URL('../../', import.meta.url).pathname;
const printed = process.env['WIRE_SAMPLES']
  ? readFileSync(process.env['WIRE_SAMPLES'], 'utf8')
  : execFileSync(process.execPath, [
      `${root}tools/wasm/run_wasi.mjs`,
      `${root}build-wasm/bin/wire_samples.wasm`,
    ]).toString();
const lines = printed
  .trim()
  .split('\n')
  .map((line) => line.split(' '));
const codecs: Record<string, Codec<any>> = {
  Call: call,
  Command: command,
  Effects: effects,
  ReadLink: linkRead,
  ComputerRow: computerRow,
  UploadState: uploadState,
  SealedPart: sealedPart,
  KeptParts: keptParts,
  DownloadState: downloadState,
  Blobs: blobs,
  Bytes: bytesCodec,
  ...answers,
};
const samples = lines.filter(([name]) => name !== 'Code') as [string, string][];

test('C++ prints a sample of every struct that crosses', () => {
  assert.deepEqual([...new Set(samples.map(([name]) => name))].sort(), Object.keys(codecs).sort());
});

for (const [index, [name, hex]] of samples.entries()) {
  test(`sample ${index + 1}: ${name} is read and written alike; shorter or longer it is refused`, () => {
    const codec = codecs[name] as Codec<unknown>;
    const bytes = fromHex(hex);
    assert.equal(toHex(encode(codec, decode(codec, bytes))), hex);
    for (let size = 0; size < bytes.length; size++) {
      assert.throws(() => decode(codec, bytes.subarray(0, size)), `cut at ${size}`);
    }
    assert.throws(() => decode(codec, Uint8Array.of(...bytes, 0)), Malformed);
  });
}

test('the values mean the same', () => {
  const of = (name: string) =>
    samples.filter(([n]) => n === name).map(([n, hex]) => decode(codecs[n] as Codec<any>, fromHex(hex)));
  const [all] = of('Effects');
  assert.equal(all.wake_at, 1511110800123);
  assert.equal(all.connect.address, '127.0.0.1:8443');
  assert.equal(all.show[11].is, 'Failed');
  assert.equal(wordOf(all.show[11].failure.code), 'wrong_code');
  assert.equal(all.show[3].outcome.seq, 12);
  const [board] = of('AskBoards');
  assert.deepEqual(
    [board[0].acknowledged, board[0].missing, board[0].item.reactions[0].names],
    [['AR', 'BR'], ['CL'], ['Ana', 'Luis']],
  );
  const [[event]] = of('AskCalendar');
  assert.deepEqual([event.uid, event.conflict, event.versions[0].files[0].name], ['uid@x', true, 'a.txt']);
  assert.deepEqual(event.countries[1], { country: 'BR', attendance: 3 });
  const [library] = of('AskLibrary');
  const [{ versions }] = library.documents;
  assert.deepEqual([versions[0].symbol, versions[0].courtesy, versions[0].bytes], ['CD/1', true, 300_000]);
  assert.equal(versions[0].comments[0].text, 'de acuerdo');
  assert.equal(library.uploads[0].bytes_done, 262_144);
});

test('every error code has its number and something to say', async () => {
  await learn('es');
  const theirs = Object.fromEntries(
    lines.filter(([name]) => name === 'Code').map(([, number, word]) => [word, Number(number)]),
  );
  assert.deepEqual(theirs, { ...codes });
  for (const word of ['wrong_code', 'unreachable', 'storage_full', 'fork']) {
    assert.equal(explain(word).message, `error.${word}`);
    assert.notEqual(explain(word).hint, undefined);
  }
  const tooMany = { message: 'error.too_many.R76', hint: 'hint.too_many.R76' };
  assert.deepEqual(explain('too_many', 'R76'), tooMany);
  assert.deepEqual(explain('too_many', 'R75'), { message: 'error.too_many', hint: 'hint.too_many' });
});

test('lengths and numbers that are not canonical are refused', () => {
  assert.throws(() => decode(answers.AskComparison, fromHex('400161')), Malformed);
  assert.throws(() => decode(answers.AskComparison, fromHex('c0')), Malformed);
  assert.throws(() => decode(answers.AskSelf, fromHex('02')), Malformed);
  assert.throws(() => decode(command, fromHex('0000')), Malformed);
});
