// run_catch.mjs TESTS.wasm: runs each Catch2 test case in an instance of its own. Without exceptions a failed REQUIRE
// ends the program, and so it hides no other case. Prints the failures, then 'N passed, M failed'.
import fs from 'node:fs';
import { run } from './wasi.mjs';

const [program] = process.argv.slice(2);
const module = await WebAssembly.compile(fs.readFileSync(program));

async function output(...args) {
  const parts = [];
  const write = (_fd, bytes) => parts.push(Buffer.from(bytes));
  let code;
  try {
    code = await run(module, { args: [program, ...args], env: process.env, write });
  } catch (error) {
    parts.push(Buffer.from(`${error}\n`));
    code = 134;
  }
  return { code, text: Buffer.concat(parts).toString() };
}

// A test's name is a pattern to Catch2: what has a meaning there is escaped.
const pattern = (name) => name.replace(/[\\,[\]"]/g, '\\$&');

// The exit code of the listing is the number of cases: a listing cut short does not pass for a whole one.
const listing = await output('--list-test-names-only');
const names = listing.text.split('\n').filter((line) => line !== '');
let passed = 0;
let failed = 0;
if (names.length === 0 || listing.code !== names.length) {
  console.log(`${program}: the list of test cases is broken (${names.length} names, ${listing.code} announced)`);
  console.log(listing.text);
  failed++;
}
for (const name of names) {
  const { code, text } = await output(pattern(name));
  if (code === 0 && /All tests passed \(.* in 1 test case\)/.test(text)) {
    passed++;
  } else {
    failed++;
    console.log(`FAILED: ${name} (exit ${code})\n${text}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
