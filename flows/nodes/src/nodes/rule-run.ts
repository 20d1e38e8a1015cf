// `rule run`: runs a rule and waits for how it ends, or switches it on or off. A run that did not finish leaves through
// the second output.
import type { NodeMessage } from 'node-red';
import type { RuleSummary, RunView } from '../../../../src/api/contract.ts';
import { ruleRun as kind } from '../kinds/rules.ts';
import { tell } from '../shared/cause.ts';
import { PaletteError } from '../shared/errors.ts';
import type { Behaviour, NodeType, Outputs, Work } from '../shared/node-type.ts';
import { RunWatch } from '../shared/run-watch.ts';
import { textOf, type Value } from '../shared/values.ts';

function pathOf(rule: string, action: string): string {
  return `/rules/${encodeURIComponent(rule)}/${action}`;
}

async function runNow(
  work: Work,
  rule: string,
  { msg, input }: { msg: NodeMessage; input: Value },
): Promise<RunView> {
  const payload = await input(msg);
  const skipConditions = work.settings.flag('skipConditions');
  const body = { ...(payload !== undefined && { payload }), skipConditions };
  return work.ask<RunView>(pathOf(rule, 'run'), { method: 'POST', body }, msg);
}

async function run(work: Work, rule: string, how: { msg: NodeMessage; input: Value }): Promise<Outputs> {
  const { settings, engine, clock, status } = work;
  if (!settings.flag('wait')) {
    const begun = await runNow(work, rule, how);
    status.value(`${rule} ${begun.status}`);
    return [resultOf(how.msg, begun)];
  }
  const watch = new RunWatch({ engine, clock, rule, timeoutMs: settings.duration('timeout') ?? 0 });
  try {
    const ended = await watch.endOf(await runNow(work, rule, how));
    status.value(`${rule} ${ended.status}`);
    const msg = resultOf(how.msg, ended);
    return ended.status === 'finished' ? [msg] : [undefined, msg];
  } finally {
    watch.close();
  }
}

function resultOf(msg: NodeMessage, result: RunView): NodeMessage {
  msg.payload = result;
  return tell(msg, { rule: result.rule, run: result.id, status: result.status });
}

async function switchRule(
  work: Work,
  rule: string,
  { msg, action }: { msg: NodeMessage; action: string },
): Promise<Outputs> {
  if (action !== 'enable' && action !== 'disable')
    throw new PaletteError('bad-settings', `"${action}" is nothing that can be done to a rule`);
  const summary = await work.ask<RuleSummary>(pathOf(rule, action), { method: 'POST' }, msg);
  work.status.value(`${rule} ${action}d`);
  msg.payload = summary;
  return [tell(msg, { rule: summary.id, status: summary.enabled ? 'enabled' : 'disabled' })];
}

function start(work: Work): Behaviour {
  const { settings, values } = work;
  const rule = values.prepare(settings.typed('rule'));
  const input = values.prepare(settings.typed('input'));
  const action = settings.text('action');
  return {
    input: async (msg, send) => {
      const id = textOf(await rule(msg), 'rule');
      const done = action === 'run' ? run(work, id, { msg, input }) : switchRule(work, id, { msg, action });
      send(...(await done));
    },
  };
}

export const ruleRun: NodeType = { kind, start };
