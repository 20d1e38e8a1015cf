// `homerule rule check`: the problems of documents, found here; no house needs to run.
import type { CheckView } from '../../../api/index.ts';
import type { Call, CliCommand } from '../../command.ts';
import { type Context, print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { problemLine } from '../../problems.ts';
import { type RuleText, readRuleTexts } from './rule-files.ts';

export interface Checked extends RuleText {
  readonly view: CheckView;
}

export function isRefused({ view }: Checked): boolean {
  return view.rule === undefined || view.problems.some(({ severity }) => severity === 'error');
}

/** One line for each problem; with several files each line names its own. */
export function printProblems(context: Pick<Context, 'stdout'>, checked: readonly Checked[]): void {
  const hasMany = new Set(checked.map(({ file }) => file)).size > 1;
  for (const { file, firstLine, view } of checked) {
    for (const problem of view.problems) {
      print(context, `${hasMany ? `${file}: ` : ''}${problemLine(problem, firstLine)}`);
    }
  }
}

async function checkRules(call: Call): Promise<number> {
  const { checkRuleText } = await import('../../../api/index.ts');
  const texts = await readRuleTexts(call, call.args);
  const checked = texts.map((entry) => ({ ...entry, view: checkRuleText(entry.text) }));
  if (call.isJson) {
    printJson(
      call,
      checked.map(({ file, firstLine, view }) => ({ file, firstLine, ...view })),
    );
  } else printProblems(call, checked);
  return checked.some(isRefused) ? exitCodes.failed : exitCodes.ok;
}

export const checkCommand: CliCommand = {
  name: 'rule check',
  about: 'print the problems of rule documents (- is the standard input)',
  example: 'homerule rule check data/example/rules/*.yaml',
  declare: (command) => void command.argument('<file...>'),
  run: checkRules,
};
