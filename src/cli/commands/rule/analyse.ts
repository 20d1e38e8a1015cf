// `homerule rule analyse`: what is wrong with the rules of the house as a whole.
import { z } from 'zod';
import type { AnalysisView, FindingView } from '../../../api/index.ts';
import { type ApiCall, apiCommand } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';

/** `RULE PATH CODE words (suggestion)` */
function findingLine({ code, severity, path, words, suggestion }: FindingView): string {
  const [place] = path;
  const more = suggestion === undefined ? '' : ` (${suggestion}?)`;
  const mark = severity === 'note' ? ' note:' : '';
  return `${place?.rule} ${place?.path} ${code}${mark} ${words}${more}`;
}

const options = z.looseObject({ notes: z.boolean().default(false) });

async function analyseRules(call: ApiCall): Promise<number> {
  const view = await call.client.request<AnalysisView>('/rules/analysis');
  if (call.isJson) {
    printJson(call, view);
    return exitCodes.ok;
  }
  const { notes } = options.parse(call.options);
  const warnings = view.findings.filter(({ severity }) => severity === 'warning');
  const others = view.findings.length - warnings.length;
  for (const finding of notes ? view.findings : warnings) print(call, findingLine(finding));
  const hint = others > 0 && !notes ? ` (--notes shows them)` : '';
  const partial = view.isPartial ? '; there is more than was looked at' : '';
  print(call, `${view.rules} rules, ${warnings.length} warnings, ${others} notes${hint}${partial}`);
  return exitCodes.ok;
}

export const analyseCommand = apiCommand({
  name: 'rule analyse',
  about: 'tell loops, conflicts, dead ends and unknown names among the rules (--json adds the graph)',
  example: 'homerule rule analyse',
  declare: (command) => void command.option('--notes', 'also what is likely meant, or harmless'),
  run: analyseRules,
});
