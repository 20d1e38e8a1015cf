// Stable codes of the engine in words. A code that this page does not know is shown as it is.
import type { RunStatus } from '../api/types.ts';
import type { TextKey } from './texts.ts';
import type { Say } from './use-words.ts';

type Group = 'verb' | 'step' | 'reason' | 'origin';
type CodeIn<Name extends Group> = TextKey extends infer Key
  ? Key extends `${Name}.${infer Code}`
    ? Exclude<Code, 'by'>
    : never
  : never;

const known: { readonly [Name in Group]: Readonly<Record<CodeIn<Name>, true>> } = {
  verb: {
    message: true,
    change: true,
    at: true,
    every: true,
    client: true,
    startup: true,
    button: true,
    run: true,
    cron: true,
    sun: true,
  },
  step: { publish: true, delay: true, let: true, if: true, log: true, stop: true },
  reason: {
    single: true,
    max: true,
    limit: true,
    overdue: true,
    breaker: true,
    depth: true,
    disabled: true,
    deleted: true,
    when: true,
    missed: true,
    queued: true,
    'too-many-steps': true,
    'not-restored': true,
    restart: true,
    'rule-missing': true,
  },
  origin: { client: true, rule: true, api: true, bridge: true, flow: true, engine: true, broker: true },
};

function isKnown<Name extends Group>(group: Name, code: string): code is CodeIn<Name> {
  return Object.hasOwn(known[group], code);
}

export function verbWords(say: Say, verb: string): string {
  return isKnown('verb', verb) ? say(`verb.${verb}`) : verb;
}

export function stepWords(say: Say, verb: string): string {
  return isKnown('step', verb) ? say(`step.${verb}`) : verb;
}

export function originWords(say: Say, origin: string): string {
  return isKnown('origin', origin) ? say(`origin.${origin}`) : origin;
}

/** A reason is a code of ours, who cancelled, or the author's own text of `stop`. */
export function reasonWords(say: Say, status: RunStatus, reason: string): string {
  if (isKnown('reason', reason)) return say(`reason.${reason}`);
  return status === 'cancelled' ? say('reason.by', { name: reason }) : reason;
}

/** Of many runs: why this one ended as it did, in as few words. */
export function reasonLabel(say: Say, status: RunStatus, reason: string | undefined): string {
  return reason === undefined
    ? say(`status.${status}`)
    : `${say(`status.${status}`)}: ${reasonWords(say, status, reason)}`;
}
