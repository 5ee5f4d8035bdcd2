/** The lint rule `headlight/import-arrows`: an import must follow an arrow of the table in arrows.js. */
import path from 'node:path';
import { builtinModules } from 'node:module';
import { browserZones, exempt, names, packages, zones } from './arrows.js';

const inside = (file, place) => file === place || file.startsWith(`${place}/`);

/** The longest zone of the table that holds `file` (a path from the repository's root), or undefined. */
export function zoneOf(file) {
  let found;
  for (const entry of zones) {
    if (inside(file, entry.zone) && (!found || entry.zone.length > found.zone.length)) found = entry;
  }
  return found;
}

/** Why `file` may not import the file or folder `target`; null when it may. Both are paths from the repository's root. */
export function forbiddenPath(file, target) {
  const from = zoneOf(file);
  if (!from || target.startsWith('../')) return null;
  if (zoneOf(target) === from || from.may.some((place) => inside(target, place))) return null;
  const may = from.may.length > 0 ? from.may.join(', ') : 'nothing of ours';
  return `${from.zone} may not import ${target}: it may import ${may} (build/lint/arrows.js)`;
}

/** Why `file` may not import the package `source`, or these `imported` names of it; null when it may. */
export function forbiddenPackage(file, source, imported) {
  const isBuiltin = source.startsWith('node:') || builtinModules.includes(source);
  if (isBuiltin && browserZones.some((place) => inside(file, place))) {
    return `${file} runs in a page, which has no ${source}`;
  }
  const row = packages.find((entry) => inside(source, entry.package));
  if (row && !row.only.some((place) => inside(file, place))) {
    return `only ${row.only.join(' and ')} may import ${row.package}`;
  }
  for (const entry of names) {
    const name = entry.package === source && imported.find((each) => entry.names.includes(each));
    if (name && !entry.only.some((prefix) => file.startsWith(prefix))) {
      return `only ${entry.only.join(' and ')} may import ${name}`;
    }
  }
  return null;
}

function check(context, file, node, source, imported) {
  if (typeof source !== 'string') return;
  const target = source.split('?')[0];
  const message = target.startsWith('.')
    ? forbiddenPath(file, path.posix.join(path.posix.dirname(file), target))
    : forbiddenPackage(file, target, imported);
  if (message) context.report({ node, message });
}

function importedNames(node) {
  return (node.specifiers ?? []).map((each) => each.imported?.name ?? each.local?.name ?? '');
}

export const importArrows = {
  meta: { type: 'problem', docs: { description: 'imports follow the arrows of build/lint/arrows.js' }, schema: [] },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    if (exempt.some((pattern) => pattern.test(file))) return {};
    const report = (node, source, imported = []) => check(context, file, node, source, imported);
    const declaration = (node) => report(node, node.source?.value, importedNames(node));
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: (node) => report(node, node.source.value),
      TSImportType: (node) => report(node, node.source?.value ?? node.argument?.literal?.value),
      'CallExpression[callee.name="require"]': (node) => report(node, node.arguments[0]?.value),
    };
  },
};
