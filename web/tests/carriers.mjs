// The two ways the page of real.mjs comes to its core, by CARRIER: `browser` (the default), the server's page with the
// core in WebAssembly; `command`, the page of `encuentro ui` with the core in the command.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bin } from '../../tests/e2e/harness.mjs';

const browser = (space) => ({
  // Comes to the invitation's first screen.
  invited: (page, link) => page.goto(link),
  second: () => `https://127.0.0.1:${space.port}/`,
  secondSays: /Lucía Ferro$/,
  frontSays: 'Esta página la entrega el servidor',
  async end() {},
});

function command(space, web) {
  let child;
  let address;
  return {
    async invited(page, link) {
      const args = ['--home', join(space.folder, 'lucia'), '--json', 'ui', '--no-browser', '--web', web];
      child = spawn(join(bin, 'encuentro'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let out = '';
      address = await new Promise((done, failed) => {
        child.stdout.on('data', (data) => {
          const line = (out += data).split('\n').find((one) => one.endsWith('}'));
          if (line) done(JSON.parse(line).address);
        });
        child.once('exit', (code) => failed(new Error(`encuentro ui ended: ${code}`)));
      });
      await page.goto(address);
      await page.getByLabel('Enlace de invitación').fill(link);
      await page.getByRole('button', { name: 'Continuar', exact: true }).click();
    },
    // Without a token, or with one that was used.
    second: () => address,
    secondSays: 'Esta dirección ya se usó',
    frontSays: 'Esta página la entrega el programa encuentro de este equipo',
    async end() {
      if (!child || child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export function carrierOf(name, space, web) {
  if (name === 'command') return command(space, web);
  return browser(space);
}
