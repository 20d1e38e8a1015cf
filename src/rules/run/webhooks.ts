// The webhooks that are open now: those of rules in force, and those that runs wait for.
import type { CompiledRule } from '../compile/rule.ts';
import type { TriggerSource, Webhook } from '../triggers/kind.ts';
import type { Engine } from './engine.ts';

function webhookOf(source: TriggerSource): readonly Webhook[] {
  return source.on === 'signal' && source.webhook !== undefined ? [source.webhook] : [];
}

export function openWebhooks({ book, runs }: Engine): readonly Webhook[] {
  const entries = [...book.listening('webhook'), ...runs.waits.onSignal('webhook')];
  return entries.flatMap(({ source }) => webhookOf(source));
}

/** Of a rule, those in its waits included. */
export function webhooksOf({ triggers, plan }: CompiledRule): readonly Webhook[] {
  const watches = plan.instructions.flatMap((instruction) => instruction.watches);
  const waits = watches.flatMap((watch) => (watch.kind === 'trigger' ? [watch.source] : []));
  return [...triggers.map((trigger) => trigger.source), ...waits].flatMap(webhookOf);
}
