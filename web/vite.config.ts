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

const upToHome = [
  /node_modules\/(svelte|esm-env|clsx)\//,
  /src\/(begin|(space|wire|words)\/[^/]*)\.ts/,
  /src\/design\/(?!markdown|Kit|kit|faces)/,
];
// Two files, so that few questions go to the server: what leads to everything else, and the page up to Home with what
// other screens share with it.
const groups = [
  {
    name: 'first',
    priority: 1,
    test: /src\/(main|words\/(catalogue|chosen)|edge\/program|port\/workers)\.|preload-helper/,
  },
  {
    name: 'page',
    test: (id: string) => upToHome.some((some) => some.test(id)),
  },
];

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

// index.html names the page's own file beside the first: it is always wanted, and not only once the first has come.
// Not its styles: the first would wait for them.
function named(): Plugin {
  return {
    name: 'named',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const wanted = Object.keys(bundle ?? {}).filter((name) => /assets\/(page|rolldown-runtime)-.*\.js$/.test(name));
        return wanted.map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
          injectTo: 'head',
        }));
      },
    },
  };
}

export default defineConfig({
  plugins: [svelte(), ...(looking ? [] : [named(), compressed()])],
  build: {
    outDir: folder,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: looking ? ['kit.html', 'scene.html'] : ['index.html'],
      output: { codeSplitting: { groups } },
    },
  },
  worker: { format: 'es' },
  server: { fs: { allow: ['..'] } },
});
