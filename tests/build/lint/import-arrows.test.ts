import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

/** The project's own configuration without type information, so that code can be linted at a path that has no file. */
const eslint = new ESLint({ overrideConfig: [untyped()] });

function untyped(): Linter.Config {
  const languageOptions = { parserOptions: { program: null, project: false, projectService: false } };
  return { files: ['**/*.ts', '**/*.tsx'], rules: tseslint.configs.disableTypeChecked.rules ?? {}, languageOptions };
}

/** Messages of the rules about who may use what, for `code` at `filePath`. */
async function messages(filePath: string, code: string): Promise<string[]> {
  const rules = [
    'headlight/import-arrows',
    'no-restricted-globals',
    'no-restricted-properties',
    'no-restricted-syntax',
  ];
  const [result] = await eslint.lintText(code, { filePath });
  const found = result?.messages ?? [];
  expect(found.filter((each) => each.fatal)).toEqual([]);
  return found.filter((each) => each.ruleId !== null && rules.includes(each.ruleId)).map((each) => each.message);
}

const importing = (source: string): string => `import { a } from '${source}';\nexport const b = a;\n`;

const allowed: readonly [file: string, source: string][] = [
  ['native-models/checkpoint/reader.ts', '../errors.ts'],
  ['native-models/checkpoint/reader.ts', './header.ts'],
  ['native-models/checkpoint/deep/reader.ts', '../header.ts'],
  ['native-models/tokenizer/open.ts', '../checkpoint/index.ts'],
  ['native-models/layers/attention.ts', '../graph/builder.ts'],
  ['native-models/layers/attention.ts', '../trace/interventions.ts'],
  ['native-models/families/bert.ts', '../layers/attention.ts'],
  ['native-models/families/bert.ts', '../checkpoint/index.ts'],
  ['native-models/session/open.ts', '../graph/builder.ts'],
  ['native-models/session/open.ts', 'onnxruntime-node'],
  ['native-models/trace/run.ts', '../session/index.ts'],
  ['native-models/library/list.ts', '../checkpoint/index.ts'],
  ['native-models/index.ts', './trace/run.ts'],
  ['electron/engine/handlers.ts', '../../native-models/index.ts'],
  ['electron/engine/handlers.ts', '../api/index.ts'],
  ['electron/server/server.ts', '../engine/process.ts'],
  ['electron/engine/handlers.ts', '../../native-models/errors.ts'],
  ['electron/main/ipc.ts', '../api/index.ts'],
  ['electron/main/window.ts', '../host/supervisor.ts'],
  ['electron/server/server.ts', '../host/csp.ts'],
  ['native-models/trace/slice.ts', '../layers/attention.ts'],
  ['renderer/view-models/heatmap.ts', '../state/selection.ts'],
  ['electron/main/window.ts', 'electron'],
  ['electron/cli/figure.ts', '../../renderer/figures/heatmap.ts'],
  ['electron/cli/figure.ts', '../../native-models/index.ts'],
  ['renderer/client/client.ts', '../../electron/api/index.ts'],
  ['renderer/view-models/heatmap.ts', '../../electron/api/index.ts'],
  ['renderer/views/stage.tsx', '../figures/heatmap.ts'],
  ['renderer/components/button.tsx', 'react'],
  ['renderer/figures/heatmap.ts', 'd3'],
  ['renderer/vite.config.ts', 'node:path'],
  ['tests/native-models/session/open.test.ts', 'onnxruntime-node'],
];

const forbidden: readonly [file: string, source: string, says: RegExp][] = [
  ['native-models/checkpoint/reader.ts', '../graph/builder.ts', /checkpoint may not import native-models\/graph/],
  ['native-models/checkpoint/reader.ts', '../trace/names.ts', /checkpoint may not import native-models\/trace/],
  ['native-models/graph/builder.ts', '../checkpoint/index.ts', /graph may not import native-models\/checkpoint/],
  ['native-models/layers/attention.ts', '../checkpoint/index.ts', /layers may not import/],
  ['native-models/layers/attention.ts', '../session/index.ts', /layers may not import/],
  ['native-models/families/bert.ts', '../session/index.ts', /families may not import/],
  ['native-models/session/open.ts', '../trace/run.ts', /session may not import/],
  ['native-models/trace/run.ts', '../families/index.ts', /trace may not import/],
  ['native-models/trace/run.ts', '../../electron/api/index.ts', /trace may not import electron\/api/],
  ['native-models/trace/run.ts', 'onnxruntime-node', /only native-models\/session may import onnxruntime-node/],
  ['native-models/index.ts', '../electron/api/index.ts', /native-models may not import electron\/api/],
  ['electron/api/trace.ts', '../../native-models/types.ts', /nothing of ours/],
  ['electron/api/trace.ts', '../engine/handlers.ts', /nothing of ours/],
  ['electron/engine/handlers.ts', '../../native-models/trace/names.ts', /engine may not import/],
  ['electron/engine/handlers.ts', '../main/ipc.ts', /engine may not import electron\/main/],
  ['electron/server/server.ts', '../../native-models/index.ts', /server may not import native-models/],
  ['electron/main/window.ts', '../../native-models/index.ts', /main may not import native-models/],
  ['electron/main/window.ts', '../engine/handlers.ts', /main may not import electron\/engine\/handlers/],
  ['electron/preload/preload.ts', '../main/ipc.ts', /preload may not import electron\/main/],
  ['electron/cli/figure.ts', '../../renderer/views/stage.tsx', /cli may not import renderer\/views/],
  ['electron/engine/handlers.ts', 'electron', /may import electron/],
  ['renderer/client/client.ts', '../state/store.ts', /client may not import renderer\/state/],
  ['renderer/client/client.ts', '../../electron/engine/handlers.ts', /client may not import electron\/engine/],
  ['renderer/figures/heatmap.ts', '../../electron/api/index.ts', /figures may not import electron\/api/],
  ['renderer/figures/heatmap.ts', '../state/store.ts', /figures may not import renderer\/state/],
  ['renderer/export/svg.ts', '../state/store.ts', /export may not import renderer\/state/],
  ['renderer/view-models/heatmap.ts', '../client/client.ts', /view-models may not import renderer\/client/],
  ['renderer/state/store.ts', '../view-models/heatmap.ts', /state may not import renderer\/view-models/],
  ['renderer/views/stage.tsx', '../../native-models/types.ts', /renderer may not import native-models/],
  ['renderer/views/stage.tsx', 'node:fs', /runs in a page/],
  ['renderer/views/stage.tsx', 'path', /runs in a page/],
  ['renderer/views/stage.tsx', 'onnxruntime-node', /only native-models\/session/],
];

describe('import arrows', () => {
  it.each(allowed)('%s may import %s', async (file, source) => {
    expect(await messages(file, importing(source))).toEqual([]);
  });

  it.each(forbidden)('%s may not import %s', async (file, source, says) => {
    expect(await messages(file, importing(source))).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    "import type { A } from '../graph/builder.ts';\nexport type B = A;\n",
    "export * from '../graph/builder.ts';\n",
    "export { a } from '../graph/builder.ts';\n",
    "export const a = await import('../graph/builder.ts');\n",
    "export type A = import('../graph/builder.ts').A;\n",
    "import '../graph/builder.ts';\n",
  ])('sees the import in %j', async (code) => {
    expect(await messages('native-models/checkpoint/reader.ts', code)).toHaveLength(1);
  });
});

describe('who may use what', () => {
  it('ipcMain only in electron/main/ipc*, ipcRenderer only in electron/preload', async () => {
    const main = "import { ipcMain } from 'electron';\nexport const a = ipcMain;\n";
    const page = "import { ipcRenderer } from 'electron';\nexport const a = ipcRenderer;\n";
    expect(await messages('electron/main/ipc.ts', main)).toEqual([]);
    expect(await messages('electron/main/ipc/handle.ts', main)).toEqual([]);
    expect(await messages('electron/main/window.ts', main)).toEqual(['only electron/main/ipc may import ipcMain']);
    expect(await messages('electron/preload/preload.ts', page)).toEqual([]);
    expect(await messages('electron/main/ipc.ts', page)).toEqual(['only electron/preload may import ipcRenderer']);
  });

  it('sockets and the bridge only in renderer/client', async () => {
    const code = 'export const a = [new WebSocket("ws://127.0.0.1"), window.headlight];\n';
    expect(await messages('renderer/client/socket.ts', code)).toEqual([]);
    expect(await messages('renderer/views/stage.tsx', code)).toHaveLength(2);
  });

  it("figures use the document they are given, not the page's", async () => {
    expect(await messages('renderer/figures/a.ts', 'export const a = document.body;\n')).toHaveLength(1);
    const given = 'export const a = (document: Document): Element => document.body;\n';
    expect(await messages('renderer/figures/a.ts', given)).toEqual([]);
  });

  it('default exports only in configurations', async () => {
    expect(await messages('renderer/views/a.ts', 'export default 1;\n')).toEqual(['name the export']);
    expect(await messages('renderer/vite.config.ts', 'export default 1;\n')).toEqual([]);
  });
});
