/** electron-builder's configuration, for one system at a time. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Configuration } from 'electron-builder';

import { LICENCES_FILE } from '../../electron/api/licences.ts';
import { MIME_TYPE, SESSION_EXTENSION } from '../../electron/api/session-file.ts';
import { runtimeFiles } from './natives.ts';
import { checkNatives, resourcesFolder } from './packed.ts';
import type { Target } from './target.ts';

/** `release` is what users get; `e2e` is the same with the one fuse on that Playwright needs to talk to the main process. */
export type Flavour = 'release' | 'e2e';

export interface PackageOptions {
  readonly root: string;
  readonly target: Target;
  readonly flavour: Flavour;
  /** Where the packages go. */
  readonly output: string;
  /** The built bundles; by default build/out in `root`. */
  readonly bundles?: string;
  /** Where the installed packages are; by default in `root`. */
  readonly nodeModules?: string;
  /** An Electron that is here already: its folder or zip. By default electron-builder fetches the installed version. */
  readonly electronDist?: string;
  /** What may be in the environment: certificates, the project's address. */
  readonly env: NodeJS.ProcessEnv;
}

/** Fuses as ecosystem and Electron's checklist (item 19) have them; `docs/electron-checklist.md` says what each one is for. */
export function fuses(flavour: Flavour): NonNullable<Configuration['electronFuses']> {
  return {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: flavour === 'e2e',
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
  };
}

export function configuration(options: PackageOptions): Configuration {
  const { root, flavour, output, electronDist, env } = options;
  const icons = path.join(root, 'build', 'icons');
  return {
    appId: 'org.headlight.app',
    productName: 'Headlight',
    copyright: 'Copyright © Headlight contributors',
    directories: { buildResources: icons, output },
    artifactName: 'Headlight-${version}-${os}-${arch}.${ext}',
    // No server to ask: nothing of the app looks for updates, and nothing is published from here.
    publish: null,
    electronFuses: fuses(flavour),
    electronLanguages: ['en-US', 'nl'],
    // The older AppImage runtime wants libfuse2, which Ubuntu has not had since 22.04.
    toolsets: { appimage: '1.0.3' },
    extraMetadata: { homepage: homepage(env) },
    ...(electronDist === undefined ? {} : { electronDist }),
    ...contents(options),
    fileAssociations: [
      {
        ext: SESSION_EXTENSION,
        name: 'Headlight notebook',
        description: 'Headlight notebook',
        mimeType: MIME_TYPE,
        role: 'Editor',
      },
    ],
    ...macos(icons, env),
    ...windows(icons),
    ...linux(icons),
  };
}

/** What goes into the app: the bundles, the packages outside them with one system's machine code, models and licences beside. */
function contents(options: PackageOptions): Configuration {
  const { root, target, nodeModules = path.join(root, 'node_modules') } = options;
  const { bundles = path.join(root, 'build', 'out') } = options;
  return {
    asar: true,
    files: [
      'package.json',
      { from: bundles, to: 'build/out', filter: ['{main,preload,engine,cli,renderer}/**/*', '!**/*.map'] },
      { from: realpathSync(nodeModules), to: 'node_modules', filter: runtimeFiles(target) },
    ],
    asarUnpack: ['**/*.node', '**/*.dll', '**/*.dylib', '**/*.so', '**/*.so.*'],
    extraResources: [
      { from: 'native-models/bundled', to: 'models', filter: ['**/*'] },
      { from: path.join(bundles, 'renderer', LICENCES_FILE), to: LICENCES_FILE },
      { from: 'LICENSE', to: 'LICENSE' },
      { from: 'build/icons/512.png', to: 'icon.png' },
    ],
    // node_modules is handled by `files`: what is bundled needs no second copy.
    beforeBuild: () => Promise.resolve(false),
    afterPack: ({ appOutDir }) => checkNatives(resourcesFolder(appOutDir, target), target),
  };
}

/** Signed and notarised where the environment has what that needs; a hardened runtime without a certificate does not start. */
function macos(icons: string, env: NodeJS.ProcessEnv): Configuration {
  // A secret that a workflow has not got is an empty text in the environment.
  const isSigned = ['CSC_LINK', 'CSC_NAME'].some((name) => Boolean(env[name]));
  const hasAccount = ['APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'].some((name) => Boolean(env[name]));
  return {
    mac: {
      target: ['dmg', 'zip'],
      category: 'public.app-category.education',
      icon: path.join(icons, 'icon.icns'),
      hardenedRuntime: isSigned,
      notarize: isSigned && hasAccount,
      // Apple's processors run nothing unsigned: without a certificate a signature that names nobody.
      ...(isSigned ? {} : { identity: '-' }),
      extendInfo: { CFBundleLocalizations: ['en', 'nl'], NSAppTransportSecurity: { NSAllowsArbitraryLoads: false } },
    },
    dmg: { title: 'Headlight ${version}' },
  };
}

/** electron-builder signs by itself where WIN_CSC_LINK or CSC_LINK is set. */
function windows(icons: string): Configuration {
  return {
    win: { target: ['nsis', 'portable'], icon: path.join(icons, 'icon.ico') },
    nsis: {
      artifactName: 'Headlight-${version}-setup-${arch}.${ext}',
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      installerLanguages: ['en_US', 'nl_NL'],
      displayLanguageSelector: true,
      license: path.join(icons, '..', '..', 'LICENSE'),
    },
    portable: { artifactName: 'Headlight-${version}-portable-${arch}.${ext}' },
  };
}

function linux(icons: string): Configuration {
  return {
    linux: {
      target: ['AppImage', 'deb'],
      executableName: 'headlight',
      category: 'Education',
      icon: path.join(icons, 'linux'),
      synopsis: 'See inside transformer attention',
      maintainer: 'Headlight contributors <headlight@headlight.invalid>',
      desktop: {
        entry: {
          'Name[nl]': 'Headlight',
          Comment: 'See inside transformer attention',
          'Comment[nl]': 'Zie attention in transformers van binnen',
          Keywords: 'attention;transformer;BERT;GPT-2;',
        },
      },
    },
    // What WebGPU needs; everything else works without.
    deb: { recommends: ['libvulkan1'] },
  };
}

/** Where the project lives, which Debian packages must say; an address that cannot exist where nobody said it. */
export function homepage(env: NodeJS.ProcessEnv): string {
  if (env['HEADLIGHT_HOMEPAGE']) return env['HEADLIGHT_HOMEPAGE'];
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  return server && repository ? `${server}/${repository}` : 'https://headlight.invalid/';
}
