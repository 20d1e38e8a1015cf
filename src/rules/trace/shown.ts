// Values as a trace shows them: cut to what a person reads, so that a big payload makes no big trace.
import type { DecidingClause, Explanation, SubValue } from '../../expression/index.ts';
import type { TraceEffect, TraceExpression, TracePart, TraceStep } from './trace.ts';

/** Characters of one value. */
const longestValue = 4096;
/** Characters of all the parts of one expression, and of all the variables of a run. */
const longestGroup = 16_384;
/** Characters of the steps of one run; those beyond keep what happened and lose the values. */
export const longestSteps = 131_072;

/** About the characters that a value has as JSON; the count ends soon after `most`, however large the value is. */
export function weightOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 2;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && weight <= most; index++)
      weight += 1 + weightOf(value[index], most - weight);
    return weight;
  }
  for (const key of Object.keys(value)) {
    weight += key.length + 4 + weightOf(Reflect.get(value, key), most - weight);
    if (weight > most) break;
  }
  return weight;
}

/** Of a step without its values. */
const bareStepWeight = 200;

/** As `weightOf`, of what in a step may be large. */
export function stepWeight({ expressions, effects, changed, result, error }: TraceStep): number {
  let weight = bareStepWeight + (result?.length ?? 0) + (error?.message.length ?? 0);
  if (expressions !== undefined) weight += weightOf(expressions, longestSteps);
  if (changed !== undefined) weight += weightOf(changed, longestSteps);
  for (const { payload, text } of effects ?? [])
    weight += bareStepWeight + weightOf(payload, longestSteps) + (text?.length ?? 0);
  return weight;
}

/** The first items or fields of a large value, about as many as are shown. */
function startOf(value: object): unknown {
  let room = longestValue;
  const fits = (item: unknown): boolean => {
    const mayStand = room > 0;
    room -= weightOf(item, longestValue);
    return mayStand;
  };
  if (Array.isArray(value)) {
    const end = value.findIndex((item: unknown) => !fits(item));
    return value.slice(0, end < 0 ? value.length : end);
  }
  return Object.fromEntries(Object.entries(value).filter(([, item]) => fits(item)));
}

/** A value for a trace; a long one becomes text that is cut and says so. */
export function shown(value: unknown): unknown {
  if (weightOf(value, longestValue) <= longestValue) return value;
  const isText = typeof value === 'string';
  const text = isText
    ? value
    : JSON.stringify(typeof value === 'object' && value !== null ? startOf(value) : value);
  if (isText && text.length <= longestValue) return value;
  // Copied: a slice would keep the whole text in memory.
  const start = Buffer.from(text.slice(0, longestValue)).toString();
  return isText ? `${start}… (${text.length} characters)` : `${start}… (cut)`;
}

export function shownText(text: string): string {
  return String(shown(text));
}

/** Fields in order as long as there is room. */
export function shownFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  let room = longestGroup;
  for (const [name, value] of Object.entries(fields)) {
    const short = shown(value);
    room -= weightOf(short, longestGroup) + name.length;
    if (room < 0) break;
    kept[name] = short;
  }
  return kept;
}

/** In order, as long as there is room. */
function fitting<Item>(items: readonly Item[]): Item[] {
  let room = longestGroup;
  return items.filter((item) => {
    room -= weightOf(item, longestGroup);
    return room >= 0;
  });
}

function shownPart({ source, start, end, value }: SubValue): TracePart {
  return { source, start, end, ...(value !== undefined && { value: shown(value) }) };
}

/** The values that were compared are parts, and cut like those. */
function shownClause(clause: DecidingClause): DecidingClause {
  const { value, left, right, ...rest } = clause;
  return {
    ...rest,
    ...(value !== undefined && { value: shown(value) }),
    ...(left !== undefined && { left: shown(left) }),
    ...(right !== undefined && { right: shown(right) }),
  };
}

/** What an explanation shows: parts and clauses as long as there is room, the value of the whole always. */
export function shownExplanation({
  value,
  parts,
  decided,
}: Explanation): Pick<TraceExpression, 'value' | 'parts' | 'decided'> {
  return {
    ...(value !== undefined && { value: shown(value) }),
    parts: fitting(parts.map(shownPart)),
    ...(decided !== undefined && { decided: fitting(decided.map(shownClause)) }),
  };
}

/** What happened in a step, without the values. */
export function thinStep(step: TraceStep): TraceStep {
  const { expressions: _parts, changed: _values, effects, ...rest } = step;
  if (effects === undefined) return rest;
  const thin = effects.map(({ payload: _payload, text: _text, ...effect }): TraceEffect => effect);
  return { ...rest, effects: thin };
}
