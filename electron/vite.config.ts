/**
 * Builds Electron's bundles, for `vite build`: build/out/main/main.js and build/out/engine/process.js (ES modules),
 * build/out/preload/preload.cjs (a sandboxed preload script must be one CommonJS file), and build/out/cli/main.js, the command line with
 * its server for plain Node, which goes along in packages.
 */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions, type UserConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const builtins = builtinModules.flatMap((name) => [name, `node:${name}`]);
/** Packages with native parts stay outside, and so do packages that are large and pure: they are installed with the app. */
const external = ['electron', 'onnxruntime-node', 'tokenizers', '@resvg/resvg-js', ...builtins];

function bundle(outDir: string, entry: string, format: 'es' | 'cjs'): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external },
    build: {
      target: 'node22',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: `${root}/electron/${entry}`,
        external,
        // One file a process: what is imported late is only evaluated late.
        output: { format, codeSplitting: false, entryFileNames: `[name].${format === 'cjs' ? 'cjs' : 'js'}` },
      },
    },
  };
}

const BUNDLES = ['main', 'engine', 'preload', 'cli'] as const;

/** The whole build, into `output`/main, /engine, /preload and /cli. */
export function electronBundles(output: string): UserConfig {
  return {
    root,
    publicDir: false,
    logLevel: 'warn',
    environments: {
      main: bundle(`${output}/main`, 'main/main.ts', 'es'),
      engine: bundle(`${output}/engine`, 'engine/process.ts', 'es'),
      preload: bundle(`${output}/preload`, 'preload/preload.ts', 'cjs'),
      cli: bundle(`${output}/cli`, 'cli/main.ts', 'es'),
    },
    builder: {
      buildApp: async (builder) => {
        for (const name of BUNDLES) {
          const environment = builder.environments[name];
          if (environment !== undefined) await builder.build(environment);
        }
      },
    },
  };
}

export default defineConfig(electronBundles(`${root}/build/out`));
