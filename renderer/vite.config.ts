/** Builds the page into build/out/renderer: relative addresses, every font a file of its own (the CSP allows no data: fonts). */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { licences } from '../build/licences/plugin.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [react(), licences(here('..'))],
  build: {
    outDir: here('../build/out/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
  },
});
