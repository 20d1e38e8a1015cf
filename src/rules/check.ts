// From text to a compiled rule with located problems: the one way in for saving, `rule check` and the editor.
import type { HomeSettings } from './compile/context.ts';
import { type CompiledRule, compileRule } from './compile/rule.ts';
import type { Finding, Problem } from './model/problem.ts';
import { readSource } from './model/source.ts';

export interface CheckedText {
  /** Present when it could be saved. */
  readonly rule?: CompiledRule;
  /** The plain document, when the text could be read at all. */
  readonly document: unknown;
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
  if (source.problems.length > 0) return { document: undefined, problems: source.problems, locate };
  const { rule, findings } = compileRule(source.value, options);
  const problems = findings.items.map(locate);
  problems.sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  return { document: source.value, problems, locate, ...(rule !== undefined && { rule }) };
}
