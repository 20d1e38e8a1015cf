// Templates of Jinja, as Home Assistant has them, in our expressions. What is beyond the translation throws
// `Untranslatable`, so that it is listed and never guessed.
import { compileExpression } from '../compile.ts';
import { Untranslatable } from './ast.ts';
import type { Code } from './code.ts';
import type { JinjaNames } from './names.ts';
import { ExpressionParser } from './parse-expression.ts';
import { parseTemplate } from './parse-template.ts';
import { chunksOf, tokensOf } from './tokens.ts';
import { writeTemplate } from './write-template.ts';

/** What the translation makes must be an expression: of a pattern or a picture only the compiler can tell. */
function checked(code: Code): Code {
  const error = compileExpression(code.text).problems.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Untranslatable(error.message);
  return code;
}

/**
 * A whole template as one expression. One that is a single output, or a choice between such, yields its value with its
 * type; any other yields text. Where Jinja prints nothing the value is missing.
 */
export function translateJinja(template: string, names: JinjaNames): Code {
  return checked(writeTemplate(parseTemplate(template), names));
}

/** One expression, without braces. */
export function translateJinjaExpression(source: string, names: JinjaNames): Code {
  const value = new ExpressionParser(tokensOf(source)).whole();
  return checked(writeTemplate([{ kind: 'output', value }], names));
}

/** Whether there is more in it than text and outputs. */
export function hasStatements(template: string): boolean {
  return chunksOf(template).some(({ kind }) => kind === 'statement');
}
