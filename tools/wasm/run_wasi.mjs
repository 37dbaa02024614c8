// run_wasi.mjs PROGRAM.wasm [ARGUMENT...]: runs a WASI command with our own host. Files are named by absolute path.
import fs from 'node:fs';
import { run } from './wasi.mjs';

const [program, ...rest] = process.argv.slice(2);
if (!program) {
  console.error('usage: run_wasi.mjs PROGRAM.wasm [ARGUMENT...]');
  process.exit(2);
}
const module = await WebAssembly.compile(fs.readFileSync(program));
try {
  process.exitCode = await run(module, { args: [program, ...rest], env: process.env, write: fs.writeSync });
} catch (error) {
  console.error(`${program}: ${error.stack}`);
  process.exitCode = 134;
}
