// `rule event`: how runs of a rule, or of all rules, went, and what happened to the rules themselves.
import type { RuleChange, RunView } from '../../../../src/api/contract.ts';
import { ruleEvent as kind } from '../kinds/rules.ts';
import type { Behaviour, NodeType, Work } from '../shared/node-type.ts';

const changes: ReadonlySet<string> = new Set(['saved', 'enabled', 'disabled', 'deleted']);

/** The next in line behind the run: what follows from its message stands one deeper. */
function messageOfRun(run: RunView): Record<string, unknown> {
  const { id, rule, status, reason, trigger } = run;
  const depth = (trigger.depth ?? 0) + 1;
  return {
    topic: rule,
    event: status,
    payload: run,
    homerule: { rule, run: id, status, ...(reason !== undefined && { reason }), cause: id, depth },
  };
}

function hearRun(work: Work, phases: ReadonlySet<string>, run: RunView): void {
  if (!phases.has(run.status)) return;
  work.status.value(`${run.rule} ${run.status}`);
  work.send(messageOfRun(run));
}

function hearChange(work: Work, phases: ReadonlySet<string>, news: RuleChange): void {
  if (!phases.has(news.change)) return;
  const rule = news.change === 'deleted' ? news.id : news.rule.id;
  const payload = news.change === 'deleted' ? { id: rule } : news.rule;
  work.status.value(`${rule} ${news.change}`);
  work.send({ topic: rule, event: news.change, payload, homerule: { rule, status: news.change } });
}

function start(work: Work): Behaviour {
  const { link } = work.engine;
  const rule = work.settings.text('rule');
  const filter = rule === '' ? undefined : rule;
  const phases = new Set(work.settings.choices('phases'));
  const wanted = [...phases];
  const how = { every: true, refused: (reason: string): void => work.status.failed(reason) };
  const undo = [
    ...(wanted.some((phase) => !changes.has(phase))
      ? [link.watch('runs', filter, { ...how, item: (run) => hearRun(work, phases, run as RunView) })]
      : []),
    ...(wanted.some((phase) => changes.has(phase))
      ? [
          link.watch('rules', filter, {
            ...how,
            item: (news) => hearChange(work, phases, news as RuleChange),
          }),
        ]
      : []),
  ];
  return {
    close: () => {
      for (const each of undo) each();
    },
  };
}

export const ruleEvent: NodeType = { kind, start };
