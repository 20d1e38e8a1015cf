// Things that only one place may touch: the environment, the clock, SQL and node:http.
import type { ESTree } from 'vite';
import { roomOf } from './arrows.ts';
import { type Fault, nodesOf, type SourceFile } from './source.ts';

/** The nodes of Node-RED have gates of their own, for they import nothing of src. */
const clockFiles = new Set(['src/base/clock.ts', 'flows/nodes/src/shared/clock.ts']);
const nodesEnvironment = 'flows/nodes/src/shared/home.ts';
const clockNames = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'performance',
]);
const clockMembers = new Set(['Date.now', 'process.hrtime', 'AbortSignal.timeout']);
const timerModules = new Set(['node:timers', 'node:timers/promises']);
const globals = new Set(['globalThis', 'global', 'window']);
const sql =
  /^\s*(?:select\s+(?:\*|[\w.()]+(?:\s*,\s*[\w.()]+)*)\s+from\s|insert\s+(?:or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|(?:create|drop|alter)\s+(?:unique\s+|virtual\s+|temp\s+)?(?:table|index|trigger|view)\s|pragma\s+\w+|begin\s+(?:immediate|exclusive)|vacuum\b)/i;

/** `process.env` for a member of a plain name, undefined for anything else. */
function memberName(node: ESTree.MemberExpression): string | undefined {
  if (node.object.type !== 'Identifier') return undefined;
  if (!node.computed && node.property.type === 'Identifier') {
    return `${node.object.name}.${node.property.name}`;
  }
  const { property } = node;
  return property.type === 'Literal' ? `${node.object.name}.${String(property.value)}` : undefined;
}

function isEnvPattern({ id, init }: ESTree.VariableDeclarator): boolean {
  if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier' || init.name !== 'process') return false;
  return id.properties.some(
    (entry) => entry.type === 'Property' && entry.key.type === 'Identifier' && entry.key.name === 'env',
  );
}

function readsEnvironment(node: ESTree.Node): boolean {
  if (node.type === 'MemberExpression') return memberName(node) === 'process.env';
  if (node.type === 'VariableDeclarator') return isEnvPattern(node);
  return (
    node.type === 'ImportSpecifier' && node.imported.type === 'Identifier' && node.imported.name === 'env'
  );
}

function readsClock(node: ESTree.Node): boolean {
  if (node.type === 'MemberExpression') {
    const [object = '', member = ''] = memberName(node)?.split('.') ?? [];
    if (object === 'performance' || clockMembers.has(`${object}.${member}`)) return true;
    return globals.has(object) && clockNames.has(member);
  }
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const name = node.callee.type === 'Identifier' ? node.callee.name : '';
  if (name === 'Date') return node.type === 'CallExpression' || node.arguments.length === 0;
  return clockNames.has(name);
}

function importsClock(node: ESTree.Node): boolean {
  if (node.type !== 'ImportDeclaration') return false;
  if (node.source.value !== 'node:perf_hooks') return timerModules.has(node.source.value);
  return node.specifiers.some(
    (entry) =>
      entry.type !== 'ImportSpecifier' ||
      (entry.imported.type === 'Identifier' && entry.imported.name === 'performance'),
  );
}

/** Values of it; types cost nothing. */
function importsHttp(node: ESTree.Node): boolean {
  if (node.type !== 'ImportDeclaration' || node.source.value !== 'node:http') return false;
  if (node.importKind === 'type') return false;
  return node.specifiers.some((entry) => entry.type !== 'ImportSpecifier' || entry.importKind !== 'type');
}

function holdsSql(node: ESTree.Node): boolean {
  if (node.type === 'TemplateElement') return sql.test(node.value.raw);
  return node.type === 'Literal' && typeof node.value === 'string' && sql.test(node.value);
}

interface Gate {
  readonly text: string;
  readonly isOpen: (path: string) => boolean;
  readonly holds: (node: ESTree.Node) => boolean;
}

const gates: readonly Gate[] = [
  {
    text: 'process.env is read in src/config only',
    isOpen: (path) => roomOf(path) === 'config' || path === nodesEnvironment,
    holds: readsEnvironment,
  },
  { text: 'SQL lives in src/store only', isOpen: (path) => roomOf(path) === 'store', holds: holdsSql },
  {
    text: 'time comes through the Clock of base',
    isOpen: (path) => clockFiles.has(path),
    holds: (node) => readsClock(node) || importsClock(node),
  },
  {
    text: 'node:http comes through base, for importing it is slow',
    isOpen: (path) => path.startsWith('plugins/'),
    holds: importsHttp,
  },
];

/** For files of src, plugins and flows. */
export function gateFaults(files: readonly SourceFile[]): Fault[] {
  return files.flatMap((file) => {
    const shut = gates.filter((gate) => !gate.isOpen(file.path));
    return [...nodesOf(file.program)].flatMap((node) =>
      shut
        .filter((gate) => gate.holds(node))
        .map(({ text }) => ({ path: file.path, line: file.lineOf(node.start), text })),
    );
  });
}
