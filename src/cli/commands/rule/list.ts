// `homerule rule list`
import type { Page, RuleSummary } from '../../../api/index.ts';
import { type ApiCall, apiCommand } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { ago } from '../../spoken.ts';
import { tableLines } from '../../table.ts';

/** `finished 3m ago`, or nothing when the rule never woke. */
export function lastOutcome({ last }: Pick<RuleSummary, 'last'>, now: number): string {
  if (last === undefined) return '-';
  const reason = last.reason === undefined ? '' : ` (${last.reason})`;
  return `${last.status}${reason} ${ago(last.at, now)}`;
}

/** In a word; a shadow decides and does nothing. */
export function ruleState({ enabled, shadow }: Pick<RuleSummary, 'enabled' | 'shadow'>): string {
  if (!enabled) return 'off';
  return shadow === true ? 'shadow' : 'on';
}

function row(rule: RuleSummary, now: number): string[] {
  return [
    rule.id,
    ruleState(rule),
    String(rule.version),
    String(rule.waiting),
    lastOutcome(rule, now),
    rule.name,
  ];
}

async function listRules(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<RuleSummary>>('/rules');
  if (call.isJson) printJson(call, items);
  else {
    const now = call.clock.now();
    const rows = items.map((rule) => row(rule, now));
    const heading = ['ID', 'STATE', 'VERSION', 'WAITING', 'LAST', 'NAME'];
    for (const line of tableLines(heading, rows)) print(call, line);
  }
  return exitCodes.ok;
}

export const listCommand = apiCommand({
  name: 'rule list',
  about: 'list the rules with their latest outcome',
  example: 'homerule rule list',
  run: listRules,
});
