// How long a file and a function may be. Callbacks of describe() hold cases, not logic, and do not count.
import type { ESTree } from 'vite';
import { type Fault, nodesOf, type SourceFile } from './source.ts';

export const longestFile = 400;
export const longestFunction = 60;

export function fileSizeFaults(files: readonly SourceFile[]): Fault[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > longestFile
      ? [{ path, line: lines, text: `${lines} lines, the most is ${longestFile}` }]
      : [];
  });
}

/** `describe(…)`, `describe.each(…)(…)`, `describe.skipIf(…)(…)`. */
function isDescribe(callee: ESTree.Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'describe';
  if (callee.type === 'MemberExpression') return isDescribe(callee.object);
  return callee.type === 'CallExpression' && isDescribe(callee.callee);
}

const functions: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

export function functionSizeFaults(files: readonly SourceFile[]): Fault[] {
  return files.flatMap((file) => {
    const faults: Fault[] = [];
    const containers = new Set<ESTree.Node>();
    for (const node of nodesOf(file.program)) {
      if (node.type === 'CallExpression' && isDescribe(node.callee)) {
        for (const argument of node.arguments) containers.add(argument);
      }
      if (!functions.has(node.type) || containers.has(node)) continue;
      const line = file.lineOf(node.start);
      const lines = file.lineOf(node.end) - line + 1;
      if (lines <= longestFunction) continue;
      faults.push({
        path: file.path,
        line,
        text: `a function of ${lines} lines, the most is ${longestFunction}`,
      });
    }
    return faults;
  });
}
