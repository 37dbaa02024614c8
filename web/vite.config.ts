// The page, its worker and the core's WebAssembly as plain files, fit for the server's CSP: nothing inline, no data:
// URLs.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// KIT=1 also builds kit.html, the page that shows every component in every state; it is not part of what is served.
const pages = process.env['KIT'] ? ['index.html', 'kit.html'] : ['index.html'];

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: process.env['KIT'] ? 'dist-kit' : 'dist',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages },
  },
  worker: { format: 'es' },
});
