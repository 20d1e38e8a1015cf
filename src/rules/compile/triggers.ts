// Entries of `triggers`, and those that a `wait` holds, into what the engine watches.
import type { Trigger, TriggerKind, TriggerSource } from '../triggers/kind.ts';
import { triggerKinds } from '../triggers/table.ts';
import type { Condition } from './condition.ts';
import type { CompileContext } from './context.ts';
import { entriesOf, entryAt } from './entry.ts';
import { readsOfCondition } from './reads.ts';
import { filledIn, type Row } from './rows.ts';
import { seedOf } from './seed.ts';

/** A condition of a trigger is looked at when the house changes: there is no message then. */
function checkNames(source: TriggerSource, path: string, context: CompileContext): void {
  if (source.on !== 'condition') return;
  const { names } = readsOfCondition(source.condition);
  const name = names.find((each) => each !== 'params');
  if (name === undefined) return;
  context.report({
    path: `${path}.becomes`,
    code: 'no-message',
    message: `"${name}" is not known here: no message wakes it, it reads the house, such as $state('topic')`,
    params: { name },
  });
}

function stringOption(entry: object, key: string): string | undefined {
  const value: unknown = Reflect.get(entry, key);
  return typeof value === 'string' ? value : undefined;
}

/** The same entry has the same mark in every version of the rule; of equal entries the first keeps the plain one. */
function markOf(entry: object, row: Row | undefined, before: readonly Trigger[]): string {
  const meant = Object.entries(entry).filter(([key]) => key !== 'note' && key !== 'id');
  const mark = seedOf(JSON.stringify([meant, row])).toString(36);
  const equal = before.filter((each) => each.mark.split('~')[0] === mark).length;
  return equal === 0 ? mark : `${mark}~${equal}`;
}

interface CompiledEntry {
  readonly entry: object;
  readonly verb: string;
  readonly source: TriggerSource;
  readonly when: Condition | undefined;
}

/** One entry; undefined with findings when something is wrong. */
export function compileTrigger(
  value: unknown,
  path: string,
  context: CompileContext,
): CompiledEntry | undefined {
  const found = entryAt<TriggerKind>(value, { path, what: 'trigger', kinds: triggerKinds }, context);
  const source = found?.kind.compile(found.entry, path, context);
  if (found === undefined || source === undefined) return undefined;
  const { entry, kind } = found;
  const when: unknown = Reflect.get(entry, 'when');
  const condition = when === undefined ? undefined : context.condition(when, `${path}.when`);
  return { entry, verb: kind.verb, source, when: condition };
}

/** Once for every row of `each`; `rows` is `[undefined]` for a rule without. */
export function compileTriggers(
  list: unknown,
  rows: readonly (Row | undefined)[],
  context: CompileContext,
): Trigger[] {
  const triggers: Trigger[] = [];
  if (list === undefined) return triggers;
  for (const row of rows) addTriggers(list, { row, triggers }, context);
  return triggers;
}

function addTriggers(
  list: unknown,
  { row, triggers }: { readonly row: Row | undefined; readonly triggers: Trigger[] },
  context: CompileContext,
): void {
  const isList = Array.isArray(list);
  for (const [index, value] of entriesOf(list, 'triggers', context).entries()) {
    const path = isList ? `triggers[${index}]` : 'triggers';
    const written = row === undefined ? value : filledIn(value, { row, path }, context);
    const compiled = compileTrigger(written, path, context);
    if (compiled === undefined) continue;
    const { entry, verb, source, when } = compiled;
    checkNames(source, path, context);
    triggers.push({
      index,
      slot: triggers.length,
      path,
      verb,
      source,
      when,
      row,
      mark: markOf(entry, row, triggers),
      id: stringOption(entry, 'id'),
      enabled: Reflect.get(entry, 'enabled') !== false,
    });
  }
}
