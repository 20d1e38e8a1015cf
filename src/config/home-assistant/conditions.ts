// Conditions of Home Assistant as conditions of a rule: one entry of the table for each kind.

import { Untranslatable } from '../../expression/index.ts';
import { type Context, type Entry, entityIds, isEntry, listOf, type Path } from './context.ts';
import { type Entity, literal, quoted } from './entity.ts';

/** As a rule has it: an expression, or a group. */
export type RuleCondition =
  | string
  | Readonly<Record<'all' | 'any', readonly unknown[]>>
  | { readonly not: unknown };

type Translate = (entry: Entry, context: Context, path: Path) => unknown;
interface Kind {
  readonly keys: readonly string[];
  readonly translate: Translate;
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function joined(parts: readonly string[], word: 'and' | 'or'): string {
  if (parts.length === 1) return parts[0] ?? '';
  return parts.map((part) => (/ (?:or|and|\?) /.test(part) ? `(${part})` : part)).join(` ${word} `);
}

function readOf(entity: Entity, attribute: unknown): string {
  return attribute === undefined ? entity.read : entity.readAttribute(String(attribute));
}

function ofState(entry: Entry, context: Context): string {
  const wanted = listOf(entry['state']);
  const each = entityIds(entry['entity_id']).map((id) => {
    const entity = context.entity(id);
    const read = readOf(entity, entry['attribute']);
    const values = wanted.map((state) =>
      literal(entry['attribute'] === undefined ? entity.stateHere(state) : state),
    );
    const is = values.length === 1 ? `${read} = ${values[0]}` : `${read} in [${values.join(', ')}]`;
    return entry['for'] === undefined ? is : `${is} and ${sinceOf(entity, context.duration(entry['for']))}`;
  });
  return joined(each, entry['match'] === 'any' ? 'or' : 'and');
}

function sinceOf({ id, watch }: Entity, duration: string | number): string {
  const seconds = typeof duration === 'number' ? duration : secondsOf(duration);
  if (watch === undefined) throw new Untranslatable(`"for" needs the topic of ${id} in the file of entities`);
  const path = watch.path === undefined ? '' : `, ${quoted(watch.path)}`;
  return `$since(${quoted(watch.topic)}${path}) >= ${seconds}`;
}

function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)(ms|s|m|h|d)/g)];
  if (parts.length === 0) throw new Untranslatable('"for" with a template has no counterpart here');
  const size: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
  return parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (size[unit] ?? 1), 0);
}

/** A number, or an entity that holds it. */
export function limitOf(value: unknown, context: Context): string {
  return typeof value === 'number'
    ? String(value)
    : /^-?\d/.test(String(value))
      ? String(value)
      : context.entity(String(value)).read;
}

/** `a > 1 and a < 5` for one entity. */
export function withinLimits(entry: Entry, entity: Entity, context: Context): string {
  if (entry['value_template'] !== undefined)
    throw new Untranslatable('"value_template" of a number has no counterpart; use a template');
  const read = readOf(entity, entry['attribute']);
  const parts = [
    ...(entry['above'] === undefined ? [] : [`${read} > ${limitOf(entry['above'], context)}`]),
    ...(entry['below'] === undefined ? [] : [`${read} < ${limitOf(entry['below'], context)}`]),
  ];
  if (parts.length === 0) throw new Untranslatable('neither "above" nor "below" is given');
  return parts.join(' and ');
}

function ofNumber(entry: Entry, context: Context): string {
  const each = entityIds(entry['entity_id']).map((id) => withinLimits(entry, context.entity(id), context));
  return joined(each, 'and');
}

function clockOf(value: unknown, context: Context): string {
  const words = String(value);
  if (/^\d{1,2}:\d{2}(:\d{2})?$/.test(words)) {
    const padded = words.padStart(words.length + (words.indexOf(':') === 1 ? 1 : 0), '0');
    return quoted(padded.length === 5 ? `${padded}:00` : padded);
  }
  return context.entity(words).read;
}

function ofTime(entry: Entry, context: Context): string {
  const after = entry['after'] === undefined ? undefined : clockOf(entry['after'], context);
  const before = entry['before'] === undefined ? undefined : clockOf(entry['before'], context);
  const from = after === undefined ? [] : [`$time() >= ${after}`];
  const to = before === undefined ? [] : [`$time() < ${before}`];
  const isOverMidnight =
    after !== undefined && before !== undefined && after.startsWith('"') && after > before;
  const time = [...from, ...to].join(isOverMidnight ? ' or ' : ' and ');
  const numbers = listOf(entry['weekday']).map((day) => days.indexOf(String(day)) + 1);
  if (numbers.includes(0)) throw new Untranslatable('"weekday" takes mon to sun');
  const weekday = numbers.length === 0 ? [] : [`$weekday() in [${numbers.join(', ')}]`];
  const parts = [...(time === '' ? [] : [time]), ...weekday];
  if (parts.length === 0) throw new Untranslatable('no time is given');
  return joined(parts, 'and');
}

function ofSun(entry: Entry, context: Context): string {
  const side = (key: 'after' | 'before', sign: string): string[] => {
    const event = entry[key];
    if (event === undefined) return [];
    if (event !== 'sunrise' && event !== 'sunset')
      throw new Untranslatable(`"${key}" takes sunrise or sunset`);
    const offset = entry[`${key}_offset`];
    const text = offset === undefined ? '' : String(context.duration(offset));
    const ms = text === '' ? 0 : secondsOf(text.replace(/^-/, '')) * (text.startsWith('-') ? -1000 : 1000);
    const shift = ms === 0 ? '' : ms < 0 ? ` - ${-ms}` : ` + ${ms}`;
    return [`$millis() ${sign} $sun().${event}${shift}`];
  };
  const isNight = entry['after'] === 'sunset' && entry['before'] === 'sunrise';
  return [...side('after', '>='), ...side('before', '<')].join(isNight ? ' or ' : ' and ');
}

function group(key: string): Translate {
  return (entry, context, path) => {
    const at = entry['conditions'] === undefined ? key : 'conditions';
    return conditionsOf(entry[at], context, [...path, at]);
  };
}

const kinds: Readonly<Record<string, Kind>> = {
  state: { keys: ['entity_id', 'state', 'attribute', 'for', 'match'], translate: ofState },
  numeric_state: {
    keys: ['entity_id', 'above', 'below', 'attribute', 'value_template'],
    translate: ofNumber,
  },
  time: { keys: ['after', 'before', 'weekday'], translate: ofTime },
  sun: { keys: ['after', 'before', 'after_offset', 'before_offset'], translate: ofSun },
  template: {
    keys: ['value_template'],
    translate: (entry, context) => context.condition(entry['value_template']),
  },
  trigger: {
    keys: ['id'],
    translate: ({ id }) => {
      const ids = listOf(id).map((each) => quoted(String(each)));
      return ids.length === 1 ? `trigger.id = ${ids[0]}` : `trigger.id in [${ids.join(', ')}]`;
    },
  },
  and: { keys: ['conditions', 'and'], translate: (...given) => ({ all: group('and')(...given) }) },
  or: { keys: ['conditions', 'or'], translate: (...given) => ({ any: group('or')(...given) }) },
  not: { keys: ['conditions', 'not'], translate: (...given) => ({ not: { any: group('not')(...given) } }) },
};

const without: Readonly<Record<string, string>> = {
  zone: 'there are no zones: let the tracker publish where somebody is',
  device: 'conditions of devices of Home Assistant name no state; use the state of an entity',
};

function kindOf(entry: Entry): string {
  const given = entry['condition'];
  if (typeof given === 'string') return given;
  return ['and', 'or', 'not'].find((each) => each in entry) ?? '';
}

function one(value: unknown, context: Context, path: Path): unknown {
  if (typeof value === 'string') return context.condition(value);
  if (typeof value === 'boolean') return String(value);
  if (!isEntry(value)) throw new Untranslatable('this is no condition');
  if (value['enabled'] === false) {
    context.remark('note', 'a condition that is switched off is left out');
    return undefined;
  }
  const name = kindOf(value);
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined)
    throw new Untranslatable(without[name] ?? `the condition "${name}" has no counterpart`);
  context.leftOver(value, [...kind.keys, 'condition', 'alias', 'enabled']);
  return kind.translate(value, context, path);
}

/** A list, all of which must hold. What cannot be translated is left out with a remark. */
export function conditionsOf(value: unknown, context: Context, path: Path): unknown[] {
  const list = listOf(value);
  return list.flatMap((each, index) => {
    const at = Array.isArray(value) ? [...path, index] : path;
    const made = context.at(at, () => one(each, context, at));
    return made === undefined ? [] : [made];
  });
}

/** One condition for places that take one. */
export function singleCondition(value: unknown, context: Context, path: Path): unknown {
  const all = conditionsOf(value, context, path);
  if (all.length === 0) throw new Untranslatable('no condition is left');
  return all.length === 1 ? all[0] : { all };
}
