// How a rule begins, from its document: the first trigger and the first action without the steps inside them. Enough for
// a sentence, small enough for every list.
import type { RuleOutline } from '../contract.ts';

const longest = 600;

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function hasEntries(value: unknown): boolean {
  return Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
}

/** Undefined where it is too long to be shown. */
function head(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const plain = Object.entries(entry).map(([key, value]) => [key, hasEntries(value) ? [] : value]);
  const kept: unknown = Object.fromEntries(plain);
  return JSON.stringify(kept).length > longest ? undefined : kept;
}

export function outlineOf(document: unknown): RuleOutline {
  const part = (key: string): readonly unknown[] =>
    typeof document === 'object' && document !== null ? listOf(Reflect.get(document, key)) : [];
  const [triggers, actions] = [part('triggers'), part('actions')];
  const [trigger, action] = [head(triggers[0]), head(actions[0])];
  return {
    triggers: triggers.length,
    actions: actions.length,
    ...(trigger !== undefined && { trigger }),
    ...(action !== undefined && { action }),
  };
}
