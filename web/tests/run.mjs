// The unit tests of the page: every *.test.ts here, under node's own runner. Ends with 'N passed, N failed'.
import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const folder = new URL('.', import.meta.url).pathname;
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => folder + name);
const tests = { passed: 0, failed: 0 };
const stream = run({ files, concurrency: false });
// A file is reported like a test of its own; it counts only when it broke outside of its tests.
const isFile = (event) => files.includes(event.name);
stream.on('test:pass', (event) => {
  if (!isFile(event)) tests.passed++;
});
stream.on('test:fail', (event) => {
  if (!isFile(event) || event.details.error.failureType !== 'subtestsFailed') tests.failed++;
});
stream.compose(spec).pipe(process.stdout);
stream.on('end', () => {
  setImmediate(() => {
    console.log(`${tests.passed} passed, ${tests.failed} failed`);
    process.exitCode = tests.failed === 0 && tests.passed > 0 ? 0 : 1;
  });
});
