// `homerule rule enable` and `homerule rule disable`
import type { RuleSummary } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';

async function switchRules(call: ApiCall, verb: 'enable' | 'disable'): Promise<number> {
  const rules: RuleSummary[] = [];
  for (const id of call.args) {
    const rule = await call.client.request<RuleSummary>(`/rules/${segment(id)}/${verb}`, { method: 'POST' });
    rules.push(rule);
    if (!call.isJson) print(call, `${verb}d ${rule.id}`);
  }
  if (call.isJson)
    printJson(
      call,
      rules.map(({ id, enabled }) => ({ id, enabled })),
    );
  return exitCodes.ok;
}

export const enableCommand = apiCommand({
  name: 'rule enable',
  about: 'switch rules on',
  example: 'homerule rule enable hallway-night-light',
  declare: (command) => void command.argument('<id...>'),
  run: (call) => switchRules(call, 'enable'),
});

export const disableCommand = apiCommand({
  name: 'rule disable',
  about: 'switch rules off',
  example: 'homerule rule disable hallway-night-light',
  declare: (command) => void command.argument('<id...>'),
  run: (call) => switchRules(call, 'disable'),
});
