// What wakes a draft in a dry run, as a person chooses it, and the request that it becomes.
import type { BacktestFiringView, DryRunRequest } from '../api/types.ts';
import { isoOf } from '../base/iso.ts';
import { parsePayload } from '../base/json.ts';

export interface DryInput {
  /** `hand`, `message`, the index of a trigger, or `input NUMBER` of the journal. */
  readonly wake: string;
  readonly topic: string;
  readonly payload: string;
  /** Empty: the house as it is now. */
  readonly at: string;
  readonly skipConditions: boolean;
}

export const emptyInput: DryInput = { wake: 'hand', topic: '', payload: '', at: '', skipConditions: false };

function textOf(payload: unknown): string {
  if (payload === undefined) return '';
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}

/** The house as it was just before; what woke the run comes again. */
export function inputFrom({ at, trigger }: BacktestFiringView): DryInput {
  const before = isoOf(at - 1);
  if (trigger.topic === undefined) return { ...emptyInput, wake: String(trigger.index), at: before };
  return {
    ...emptyInput,
    wake: 'message',
    topic: trigger.topic,
    payload: textOf(trigger.payload),
    at: before,
  };
}

const journalPrefix = 'input ';

/** What woke a run, by its number in the journal; undefined where that is none. */
export function replayInput(number: string | undefined): DryInput | undefined {
  if (number === undefined || !/^\d+$/.test(number)) return undefined;
  return { ...emptyInput, wake: journalPrefix + number };
}

/** Undefined: it is not about the journal. */
export function journalNumber({ wake }: DryInput): string | undefined {
  return wake.startsWith(journalPrefix) ? wake.slice(journalPrefix.length) : undefined;
}

function triggerOf(input: DryInput): DryRunRequest['trigger'] {
  const number = journalNumber(input);
  return number === undefined ? chosenTrigger(input) : { input: Number(number) };
}

function chosenTrigger({ wake, topic, payload }: DryInput): DryRunRequest['trigger'] {
  if (wake === 'message') return { message: { topic: topic.trim(), payload: parsePayload(payload) } };
  return wake === 'hand' ? undefined : { index: Number(wake) };
}

export function dryRequest(source: string | undefined, input: DryInput): DryRunRequest {
  const trigger = triggerOf(input);
  const at = input.at.trim();
  return {
    ...(source !== undefined && { source }),
    ...(trigger && { trigger }),
    ...(at !== '' && { at }),
    ...(input.skipConditions && { skipConditions: true }),
  };
}
