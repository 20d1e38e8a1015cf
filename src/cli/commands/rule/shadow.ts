// `homerule rule shadow` and `rule promote`: what a shadow rule would have done, and making it real.
import { z } from 'zod';
import type { RuleView, ShadowEntryView, ShadowView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';

const options = z.looseObject({ limit: z.string().optional() });
const promoteOptions = z.looseObject({ note: z.string().optional(), force: z.boolean().default(false) });

function entryLine({ at, what, target, value, verdict, realAt, realBy }: ShadowEntryView): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const when = realAt === undefined || realAt === at ? '' : ` at ${new Date(realAt).toISOString()}`;
  const by = realBy === undefined ? '' : ` by ${realBy}`;
  return `${new Date(at).toISOString()} ${what} ${target} ${text}: ${verdict}${by}${when}`;
}

async function showShadow(call: ApiCall): Promise<number> {
  const { limit } = options.parse(call.options);
  const id = segment(call.args[0] ?? '');
  const query = limit === undefined ? '' : `?limit=${segment(limit)}`;
  const view = await call.client.request<ShadowView>(`/rules/${id}/shadow${query}`);
  if (call.isJson) printJson(call, view);
  else {
    for (const entry of view.items) print(call, entryLine(entry));
    const counts = Object.entries(view.counts).map(([verdict, count]) => `${count} ${verdict}`);
    const state = view.isShadow ? '' : ' (no shadow now)';
    print(call, `${view.rule}${state}: ${counts.length === 0 ? 'nothing yet' : counts.join(', ')}`);
  }
  return exitCodes.ok;
}

async function promoteRule(call: ApiCall): Promise<number> {
  const { note, force } = promoteOptions.parse(call.options);
  const path = `/rules/${segment(call.args[0] ?? '')}/promote`;
  const json = { ...(note !== undefined && { note }), ...(force && { force }) };
  const rule = await call.client.request<RuleView>(path, { method: 'POST', json });
  if (call.isJson) printJson(call, { id: rule.id, version: rule.version });
  else print(call, `promoted ${rule.id} (version ${rule.version})`);
  return exitCodes.ok;
}

export const shadowCommand = apiCommand({
  name: 'rule shadow',
  about: 'tell what a shadow rule would have done, compared with what happened',
  example: 'homerule rule shadow hallway-night-light --limit 20',
  declare: (command) => void command.argument('<id>').option('--limit <n>', 'so many entries (default 100)'),
  run: showShadow,
});

export const promoteCommand = apiCommand({
  name: 'rule promote',
  about: 'make a shadow rule real: its text without `shadow: true` becomes a new version',
  example: 'homerule rule promote hallway-night-light',
  declare: (command) =>
    void command
      .argument('<id>')
      .option('--note <text>', 'why, for the history of the rule')
      .option('--force', 'although tests in it fail'),
  run: promoteRule,
});
