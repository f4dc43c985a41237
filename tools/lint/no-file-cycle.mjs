/**
 * A rule of the linter: no file imports itself by way of others. The imports of the whole workspace are read once for each
 * run; of the file at hand, what the editor has counts. Types alone make no cycle: nothing of them is left at run time.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { root } from '../stack/paths.mjs';

const FOLDERS = ['apps', 'libs'];
const SOURCE = /\.tsx?$/;

let aliases = null;
let workspace = null;
const targets = new Map();

function aliasTargets() {
  const { paths } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')).compilerOptions;
  return new Map(Object.entries(paths).map(([alias, [target]]) => [alias, join(root, target)]));
}

/** Names of modules that a text imports or hands on, types left out. */
function importsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  return source.statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) return [];
    const typesOnly = isImport ? statement.importClause?.isTypeOnly : statement.isTypeOnly;
    const name = statement.moduleSpecifier;
    return typesOnly || !name || !ts.isStringLiteral(name) ? [] : [name.text];
  });
}

function targetOf(file, name) {
  aliases ??= aliasTargets();
  const alias = aliases.get(name);
  if (alias) return alias;
  if (!name.startsWith('.')) return null;
  const path = resolve(dirname(file), name);
  return [`${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].find((one) => workspace.has(one)) ?? null;
}

/** Every source file of the workspace: its text, and the names of the modules it imports. */
function readWorkspace() {
  const files = new Map();
  for (const folder of FOLDERS) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !SOURCE.test(entry.name) || entry.parentPath.includes('node_modules')) continue;
      const file = join(entry.parentPath, entry.name);
      const text = readFileSync(file, 'utf8');
      files.set(file, { text, names: importsOf(file, text) });
    }
  }
  return files;
}

const targetsOf = (file, names) =>
  names.map((name) => targetOf(file, name)).filter((target) => target && workspace.has(target));

/** What a file imports as it was read; asked for on the way from every other file. */
function storedTargets(file) {
  if (!targets.has(file)) targets.set(file, targetsOf(file, workspace.get(file).names));
  return targets.get(file);
}

/** The way from a file back to itself, or null. */
export function cycleThrough(start, text) {
  workspace ??= readWorkspace();
  if (!workspace.has(start)) {
    workspace.set(start, { text: '', names: [] });
    targets.clear();
  }
  const isAsRead = workspace.get(start).text === text;
  const next = (file) => (file === start && !isAsRead ? targetsOf(start, importsOf(start, text)) : storedTargets(file));
  const seen = new Set();
  const walk = (file, way) => {
    for (const target of next(file)) {
      if (target === start) return [...way, start];
      if (seen.has(target)) continue;
      seen.add(target);
      const found = walk(target, [...way, target]);
      if (found) return found;
    }
    return null;
  };
  return walk(start, [start]);
}

export const noFileCycle = {
  meta: { type: 'problem', docs: { description: 'no file imports itself by way of others' }, schema: [] },
  create: (context) => ({
    Program(node) {
      const cycle = cycleThrough(context.filename, context.sourceCode.text);
      if (!cycle) return;
      const way = cycle.map((file) => relative(root, file)).join(' → ');
      context.report({ node, message: `These files import each other: ${way}` });
    },
  }),
};
