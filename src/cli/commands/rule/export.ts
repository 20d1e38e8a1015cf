// `homerule rule export`: documents as `rule apply` takes them.
import type { Page, RuleSummary, RuleView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';

async function idsOf(call: ApiCall): Promise<readonly string[]> {
  if (call.args.length > 0) return call.args;
  const { items } = await call.client.request<Page<RuleSummary>>('/rules');
  return items.map(({ id }) => id);
}

/** The text with its own id, so that it comes back as the same rule. */
function exported({ id, source }: RuleView): string {
  const text = source.trimEnd();
  const hasId = /^\s*["']?id["']?\s*:/m.test(text) || text.trimStart().startsWith('{');
  return hasId ? text : `id: ${id}\n${text}`;
}

async function exportRules(call: ApiCall): Promise<number> {
  const texts: string[] = [];
  for (const id of await idsOf(call)) {
    texts.push(exported(await call.client.request<RuleView>(`/rules/${segment(id)}`)));
  }
  if (call.isJson) printJson(call, texts);
  else if (texts.length > 0) print(call, texts.join('\n---\n'));
  return exitCodes.ok;
}

export const exportCommand = apiCommand({
  name: 'rule export',
  about: 'print the text of rules (default: all) as `rule apply` takes it',
  example: 'homerule rule export > rules.yaml',
  declare: (command) => void command.argument('[id...]'),
  run: exportRules,
});
