// Regular expressions: whether they end in good time is found out here, before they are ever used.
import type { Node, RegexNode } from '../ast.ts';
import { patternArgument, patternFunction } from '../matcher.ts';
import { judgeRegex, type Pattern, patternOf } from '../regex/pattern.ts';
import type { Code } from '../run.ts';
import { type Compiler, type Part, settled } from './part.ts';

function checked(compiler: Compiler, node: RegexNode): Pattern | undefined {
  const judged = judgeRegex(node.regex);
  if ('power' in judged) return patternOf(node.regex, node.position, judged.power);
  const token = `/${node.regex.source}/`;
  compiler.names.report(node, {
    code: 'slow-regex',
    message: judged.fault,
    params: { why: judged.why },
    token,
  });
  return undefined;
}

export function compileRegex(compiler: Compiler, node: RegexNode): Part {
  const pattern = checked(compiler, node);
  if (pattern === undefined) return settled(() => undefined);
  return settled(() => patternFunction(pattern));
}

/** A regular expression that is handed straight to a built-in function is made once. */
export function compileRegexArgument(compiler: Compiler, node: Node): Code | undefined {
  if (node.type !== 'regex' || node.predicates.length + node.stages.length > 0 || node.group)
    return undefined;
  const pattern = checked(compiler, node);
  if (pattern === undefined) return () => undefined;
  const value = patternArgument(pattern);
  return () => value;
}
