/** Builds the page into build/out/renderer: relative addresses, every font a file of its own (the CSP allows no data: fonts). */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

import { licences } from '../build/licences/plugin.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** png-js (of pdfkit) inflates in a worker made of a blob, which the page's CSP forbids: here it gets fflate's own way without one. */
const inflateHere: Plugin = {
  name: 'headlight-inflate-here',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === 'fflate' && importer?.includes('/png-js/') === true ? here('./export/unzlib.ts') : null,
};

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [inflateHere, react(), licences(here('..'))],
  build: {
    outDir: here('../build/out/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
  },
});
