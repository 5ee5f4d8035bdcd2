/** A node_modules folder with the machine code of every system by name, and nothing in the files. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { nativeName } from '../../../build/package/natives.ts';
import { filesBelow } from '../../../build/package/packed.ts';
import { TARGETS } from '../../../build/package/target.ts';
import { writeFiles } from '../stand-in.ts';

/** ONNX Runtime's and tokenizers' files are named as in the installed packages, resvg's packages as npm would install each. */
export async function makeNodeModules(folder: string, installed: string): Promise<void> {
  const runtime = await filesBelow(path.join(installed, 'onnxruntime-node', 'bin'));
  const tokenizers = (await readdir(path.join(installed, 'tokenizers'))).filter((name) => name.endsWith('.node'));
  const names = [
    ...runtime.map((file) => `onnxruntime-node/bin/${file}`),
    ...tokenizers.map((file) => `tokenizers/${file}`),
    ...TARGETS.map(nativeName).map((name) => `@resvg/resvg-js-${name}/resvgjs.${name}.node`),
  ];
  await writeFiles(folder, Object.fromEntries(names.map((name) => [name, name])));
}
