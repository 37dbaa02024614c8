// ./dev screenshots: every screen over the invented network, in Spanish, desktop and phone, into docs/screenshots.
import { execFileSync } from 'node:child_process';

const here = new URL('.', import.meta.url).pathname;
execFileSync(process.execPath, [`${here}tests/screens.mjs`], {
  stdio: 'inherit',
  env: { ...process.env, SHOTS: process.argv[2] ?? `${here}../docs/screenshots`, LOOKS: 'es light' },
});
