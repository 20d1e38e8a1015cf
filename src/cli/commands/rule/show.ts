// `homerule rule show`: how a rule stands, and its text.
import type { RuleView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { problemLine } from '../../problems.ts';
import { lastOutcome, ruleState } from './list.ts';

async function showRule(call: ApiCall): Promise<number> {
  const rule = await call.client.request<RuleView>(`/rules/${segment(call.args[0] ?? '')}`);
  if (call.isJson) printJson(call, rule);
  else {
    const saved = new Date(rule.savedAt).toISOString();
    const state = ruleState(rule);
    print(call, `# ${rule.id} · ${state} · version ${rule.version} of ${saved} · ${rule.waiting} waiting`);
    print(call, `# last: ${lastOutcome(rule, call.clock.now())}`);
    for (const problem of rule.problems) print(call, `# ${problemLine(problem)}`);
    print(call, rule.source.trimEnd());
  }
  return exitCodes.ok;
}

export const showCommand = apiCommand({
  name: 'rule show',
  about: 'show how a rule stands, and its text',
  example: 'homerule rule show hallway-night-light',
  declare: (command) => void command.argument('<id>'),
  run: showRule,
});
