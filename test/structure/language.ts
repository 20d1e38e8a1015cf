// What our TypeScript does without, in every file.
import type { ESTree } from 'vite';
import { type Fault, nodesOf, type SourceFile } from './source.ts';

const banned: ReadonlyMap<string, string> = new Map([
  ['TSAnyKeyword', 'no any'],
  ['TSNonNullExpression', 'no non-null !'],
  ['TSEnumDeclaration', 'no enum'],
  ['TSParameterProperty', 'no parameter properties'],
  ['Decorator', 'no decorators'],
]);

function nodeFault(node: ESTree.Node): string | undefined {
  // `declare module 'x'` adds to the types of a package and is no namespace.
  if (node.type === 'TSModuleDeclaration') return node.id.type === 'Literal' ? undefined : 'no namespace';
  if (node.type === 'CatchClause') return node.body.body.length === 0 ? 'no empty catch' : undefined;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return banned.get(node.type);
  const name = node.callee.type === 'Identifier' ? node.callee.name : '';
  return name === 'eval' || name === 'Function' ? `no ${name}()` : undefined;
}

function isModuleVariable(node: ESTree.Statement): boolean {
  const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
  return declaration?.type === 'VariableDeclaration' && declaration.kind !== 'const';
}

/** Findings that a comment would hide from the compiler. */
const silencer = /^.*\/[/*]\s*@ts-(?:ignore|nocheck|expect-error)/m;

export function languageFaults(files: readonly SourceFile[]): Fault[] {
  return files.flatMap((file) => {
    const faults: Fault[] = [];
    const report = (offset: number, text: string): void => {
      faults.push({ path: file.path, line: file.lineOf(offset), text });
    };
    for (const node of nodesOf(file.program)) {
      const text = nodeFault(node);
      if (text !== undefined) report(node.start, text);
    }
    if (file.path.startsWith('test/')) return faults;
    for (const node of file.program.body) {
      if (isModuleVariable(node)) report(node.start, 'no state of a module (let)');
    }
    const silenced = silencer.exec(file.text);
    if (silenced) report(silenced.index, 'no comment that silences the compiler');
    return faults;
  });
}
