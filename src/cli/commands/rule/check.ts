// `homerule rule check`: the problems of documents, found here, where no house needs to run, or by the running house.
import { z } from 'zod';
import type { CheckView } from '../../../api/index.ts';
import { type ApiCall, apiCommand } from '../../api-command.ts';
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

/** As rules of a home that has no others. */
async function checkHere(texts: readonly RuleText[]): Promise<Checked[]> {
  const { checkRuleTexts } = await import('../../../api/index.ts');
  const views = checkRuleTexts(texts.map(({ text }) => text));
  return texts.flatMap((entry, index) => {
    const view = views[index];
    return view === undefined ? [] : [{ ...entry, view }];
  });
}

/** By the running house, with its rules, topics and devices. */
export async function checkThere({ client }: ApiCall, texts: readonly RuleText[]): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const entry of texts) {
    const request = { method: 'POST', yaml: entry.text } as const;
    checked.push({ ...entry, view: await client.request<CheckView>('/rules/check', request) });
  }
  return checked;
}

const options = z.looseObject({ house: z.boolean().default(false) });

async function checkRules(call: ApiCall): Promise<number> {
  const texts = await readRuleTexts(call, call.args);
  const { house } = options.parse(call.options);
  const checked = house ? await checkThere(call, texts) : await checkHere(texts);
  if (call.isJson) {
    printJson(
      call,
      checked.map(({ file, firstLine, view }) => ({ file, firstLine, ...view })),
    );
  } else printProblems(call, checked);
  return checked.some(isRefused) ? exitCodes.failed : exitCodes.ok;
}

export const checkCommand = apiCommand({
  name: 'rule check',
  about: 'print the problems of rule documents, alone and together (- is the standard input)',
  example: 'homerule rule check data/example/rules/*.yaml',
  declare: (command) =>
    void command
      .argument('<file...>')
      .option('--house', 'by the running house: with its rules, topics and devices'),
  run: checkRules,
});
