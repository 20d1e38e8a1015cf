// From text to a compiled rule with located problems: the one way in for saving, `rule check` and the editor.
import { CompileContext, type HomeSettings } from './compile/context.ts';
import { type CompiledRule, compileRule } from './compile/rule.ts';
import { NameTable } from './model/names.ts';
import type { Finding, Problem } from './model/problem.ts';
import { readSource } from './model/source.ts';
import { type RuleTest, testsOf } from './testing/rule-test.ts';

export interface CheckedText {
  /** Present when it could be saved. */
  readonly rule?: CompiledRule;
  /** The plain document, when the text could be read at all. */
  readonly document: unknown;
  /** Of its own; none while one of them has a problem. */
  readonly tests: readonly RuleTest[];
  /** In order of place. */
  readonly problems: readonly Problem[];
  /** Gives what others find in it its place in the text. */
  locate(finding: Finding): Problem;
}

/** Checks the text of one rule. `version` is what the compiled rule is stamped with. */
export function checkText(
  text: string,
  options: { readonly version: number; readonly home: HomeSettings },
): CheckedText {
  const source = readSource(text);
  const locate = (finding: Finding): Problem => source.locate(finding);
  if (source.problems.length > 0)
    return { document: undefined, tests: [], problems: source.problems, locate };
  const { rule: compiled, findings } = compileRule(source.value, options);
  const context = new CompileContext({ names: new NameTable([]), findings, home: options.home });
  const tests = testsOf(source.value, context);
  const rule = findings.hasErrors ? undefined : compiled;
  const problems = findings.items.map(locate);
  problems.sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  return { document: source.value, tests, problems, locate, ...(rule !== undefined && { rule }) };
}
