// The source files of the house, parsed once, with what the structure rules ask of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ESTree, parseSync } from 'vite';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  readonly specifier: string;
  /** Erased by the compiler: `import type`, `export type … from`, or type names only. */
  readonly isType: boolean;
  readonly isDynamic: boolean;
  readonly line: number;
}

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: ESTree.Program;
  readonly imports: readonly Import[];
  lineOf(offset: number): number;
}

export interface Fault {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** `src/rules/model/parse.ts:12 text`: what a failing test shows. */
export function say(faults: readonly Fault[]): string[] {
  return faults.map((fault) => `${fault.path}:${fault.line} ${fault.text}`);
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** A node and everything in it, outer before inner, in the order of the text. */
export function* nodesOf(node: ESTree.Node): Generator<ESTree.Node> {
  yield node;
  for (const value of Object.values(node)) {
    const children: unknown[] = Array.isArray(value) ? value : [value];
    for (const child of children) if (isNode(child)) yield* nodesOf(child);
  }
}

interface Source {
  readonly specifier: string;
  readonly start: number;
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

/** `import { type A } from …` stays an import under verbatimModuleSyntax, so it is no type import. */
function sourceOf(node: ESTree.Node): Source | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return source(node.source, node.importKind === 'type');
    case 'ExportAllDeclaration':
      return source(node.source, node.exportKind === 'type');
    case 'ExportNamedDeclaration':
      return node.source ? source(node.source, node.exportKind === 'type') : undefined;
    case 'TSImportType':
      return source(node.source, true);
    case 'ImportExpression':
      return source(node.source, false, true);
    default:
      return undefined;
  }
}

function source(node: ESTree.Expression, isType: boolean, isDynamic = false): Source | undefined {
  if (node.type !== 'Literal' || typeof node.value !== 'string') return undefined;
  return { specifier: node.value, start: node.start, isType, isDynamic };
}

function importsOf(program: ESTree.Program, lineOf: (offset: number) => number): Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(program)) {
    const entry = sourceOf(node);
    if (entry === undefined) continue;
    const { specifier, isType, isDynamic, start } = entry;
    found.push({ specifier, isType, isDynamic, line: lineOf(start) });
  }
  return found;
}

export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  const lineOf = (offset: number): number => {
    const after = starts.findIndex((start) => start > offset);
    return after < 0 ? starts.length : after;
  };
  return { path, text, program, imports: importsOf(program, lineOf), lineOf };
}

const skipped = new Set(['node_modules', 'dist', 'artefacts', 'fixtures']);

function listFiles(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    (entry) => !skipped.has(entry.name) && !entry.name.startsWith('.'),
  );
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Every .ts and .tsx file under these folders of the repository. */
export function readSources(...folders: string[]): SourceFile[] {
  return folders
    .flatMap(listFiles)
    .sort()
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')));
}
