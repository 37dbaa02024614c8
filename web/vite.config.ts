// The page, its worker and the core's WebAssembly as plain files, fit for the server's CSP: nothing inline, no data:
// URLs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

// KIT=1 builds the pages for looking: kit.html shows every component in every state, scene.html every screen over an
// invented network. They are not part of what is served.
const looking = Boolean(process.env['KIT']);
const folder = looking ? 'dist-kit' : 'dist';

const shared =
  /node_modules\/(svelte|esm-env|clsx)\/|src\/(space|wire|words)\/[^/]*\.ts|src\/design\/(?!markdown|Kit|kit|faces)/;

// FILE.br beside each file: the server only hands it out.
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true }) as string[]) {
        if (!/\.(html|js|css|svg|wasm)$/.test(name)) continue;
        const bytes = readFileSync(`${folder}/${name}`);
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${folder}/${name}.br`, brotliCompressSync(bytes, { params }));
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), ...(looking ? [] : [compressed()])],
  build: {
    outDir: folder,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: looking ? ['kit.html', 'scene.html'] : ['index.html'],
      // What several screens share comes with the first of them, in one file instead of a dozen.
      output: { codeSplitting: { groups: [{ name: 'page', test: shared }] } },
    },
  },
  worker: { format: 'es' },
  server: { fs: { allow: ['..'] } },
});
