/** The built renderer's files, by URL path. Shared by Electron's `app://` protocol and the server. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
};

export interface StaticFile {
  readonly file: string;
  readonly mimeType: string;
  readonly bytes: number;
}

/** The MIME type by extension; unknown ones are bytes to download, never something a browser guesses. */
export function mimeTypeOf(file: string): string {
  return MIME_TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * The file that `urlPath` (still percent-encoded, without query) names under `folder`; `/` is `index.html`.
 * @returns null where there is no such regular file, or where the path would lead out of `folder` (`..`, encoded separators, NUL,
 *   drive letters, symbolic links)
 */
export async function findStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const relative = relativePathOf(urlPath);
  if (relative === null) return null;
  const root = await realpath(folder).catch(() => null);
  if (root === null) return null;
  const file = await realpath(path.join(root, relative)).catch(() => null);
  if (file === null || !isInside(root, file)) return null;
  const info = await stat(file).catch(() => null);
  if (!info?.isFile()) return null;
  return { file, mimeType: mimeTypeOf(file), bytes: info.size };
}

/** The path below the folder, or null where a segment is not a plain name. */
export function relativePathOf(urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/')) return null;
  if (decoded === '/') return 'index.html';
  const segments = decoded.slice(1).split('/');
  const plain = segments.every((name) => name !== '' && !name.startsWith('.') && !/[\\:\u0000]/u.test(name));
  return plain ? path.join(...segments) : null;
}

function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
