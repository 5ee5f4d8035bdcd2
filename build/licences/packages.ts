/** The npm packages that the app is made of: the dependencies of package.json and theirs, found as Node finds them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression of its package.json; empty where it has none. */
  readonly licence: string;
  /** A web address, or null. */
  readonly source: string | null;
  /** The text of its licence file, or null. */
  readonly text: string | null;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string | { readonly type?: string };
  readonly repository?: string | { readonly url?: string };
  readonly homepage?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Dependencies that only install scripts use; they are not in the app. */
const NOT_SHIPPED: Readonly<Record<string, readonly string[]>> = { 'onnxruntime-node': ['adm-zip', 'global-agent'] };

/** Packages of declarations; nothing of them is left in a bundle. */
const TYPES_ONLY = /^@types\/|^undici-types$/u;

/** Development dependencies whose files the page's build takes in. */
const BUILT_IN = ['@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'];

/** @param folder the one with package.json and node_modules @throws Error naming a dependency that is not installed */
export function shippedPackages(folder: string): PackageFacts[] {
  const root = path.resolve(folder);
  const found = new Map<string, PackageFacts>();
  const visit = (place: string): void => {
    const manifest = manifestOf(place);
    const facts = factsOf(place, manifest);
    const key = `${facts.name}@${facts.version}`;
    if (found.has(key)) return;
    found.set(key, facts);
    follow(place, manifest);
  };
  const follow = (from: string, manifest: Manifest): void => {
    const left = NOT_SHIPPED[manifest.name ?? ''] ?? [];
    const optional = Object.keys(manifest.optionalDependencies ?? {});
    const needed = new Set([...Object.keys(manifest.dependencies ?? {}), ...optional]);
    for (const name of needed) {
      if (left.includes(name) || TYPES_ONLY.test(name)) continue;
      const place = findPackage(root, from, name);
      if (place !== null) visit(place);
      else if (!optional.includes(name))
        throw new Error(`${name}, which ${manifest.name ?? from} needs, is not installed`);
    }
  };
  follow(root, manifestOf(root));
  for (const name of BUILT_IN) visit(path.join(root, 'node_modules', name));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version));
}

/** The folder of a package as `folder` sees it: in its own node_modules, or in one above it. */
function findPackage(root: string, folder: string, name: string): string | null {
  for (let above = folder; above.startsWith(root); above = path.dirname(above)) {
    const place = path.join(above, 'node_modules', name);
    if (existsSync(path.join(place, 'package.json'))) return place;
  }
  return null;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

function factsOf(folder: string, manifest: Manifest): PackageFacts {
  const { license, repository, homepage } = manifest;
  const text = licenceText(folder);
  const named = (typeof license === 'string' ? license : license?.type) ?? '';
  return {
    name: manifest.name ?? path.basename(folder),
    version: manifest.version ?? '',
    // A manifest may leave it to the licence file, whose first line then says it.
    licence: named === '' && /^MIT License\s/u.test(text ?? '') ? 'MIT' : named,
    source: webAddress(typeof repository === 'string' ? repository : repository?.url) ?? webAddress(homepage),
    text,
  };
}

/** `git+https://github.com/a/b.git` and `github:a/b` as `https://github.com/a/b`. */
export function webAddress(address: string | undefined): string | null {
  if (address === undefined) return null;
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/u.exec(address)?.[1];
  if (short !== undefined) return `https://github.com/${short}`;
  const long = /^(?:git\+)?(?:https?|git|ssh):\/\/(?:git@)?(.+?)(?:\.git)?$/u.exec(address)?.[1];
  return long === undefined ? null : `https://${long}`;
}

/** All licence files of a package's folder, one after the other. */
function licenceText(folder: string): string | null {
  const names = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice)/iu.test(name));
  const texts = names.sort().map((name) => readFileSync(path.join(folder, name), 'utf8').trim());
  return texts.length === 0 ? null : texts.join('\n\n');
}
