/** Vite's plugin that puts `licences.json` beside the page, in builds and while developing. */
import type { Plugin } from 'vite';

import { LICENCES_FILE } from '../../electron/api/licences.ts';
import { licencesOf } from './list.ts';

/** @param root the folder with package.json and node_modules */
export function licences(root: string): Plugin {
  return {
    name: 'headlight-licences',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: LICENCES_FILE, source: JSON.stringify(licencesOf(root)) });
    },
    configureServer(server) {
      server.middlewares.use(`/${LICENCES_FILE}`, (_request, response) => {
        response.setHeader('Content-Type', 'application/json; charset=utf-8');
        response.end(JSON.stringify(licencesOf(root)));
      });
    },
  };
}
