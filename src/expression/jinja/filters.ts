// Filters of Jinja and of Home Assistant as JSONata; what is not here has no counterpart.
import { Untranslatable } from './ast.ts';
import { type Code, conditionOf, rank, value, within } from './code.ts';
import { formatted } from './formats.ts';
import { patternOf, replacementOf } from './patterns.ts';
import { customTime } from './times.ts';
import type { Writer } from './writer.ts';

/** Arguments of a filter by place; those given by name have been put in their places. */
export type Filter = (of: Code, given: readonly (Code | undefined)[], writer: Writer) => Code;

interface Entry {
  /** Names of the arguments, in order. */
  readonly takes?: readonly string[];
  readonly write: Filter;
}

const call = (name: string, type: Code['type'], ...given: readonly Code[]): Code =>
  value(`$${name}(${given.map(({ text }) => text).join(', ')})`, type);

function defaulted(of: Code, fallback: Code, isAboutTruth: boolean): Code {
  const there = isAboutTruth ? conditionOf(of) : `$exists(${of.text})`;
  const type = of.type === fallback.type ? of.type : 'any';
  return {
    text: `${there} ? ${within(of, rank.or)} : ${within(fallback, rank.choice)}`,
    rank: rank.choice,
    type,
  };
}

const emptyText: Code = value('""', 'text');

function rounded(of: Code, places: Code | undefined, method: Code | undefined, writer: Writer): Code {
  const number = writer.number(of);
  const how = method?.constant ?? 'common';
  if (how === 'common') return call('round', 'number', number, ...(places ? [places] : []));
  const name = how === 'floor' ? 'floor' : how === 'ceil' ? 'ceil' : undefined;
  if (name === undefined) throw new Untranslatable(`rounding "${String(how)}" has no counterpart`);
  if (places === undefined || places.constant === 0) return call(name, 'number', number);
  const factor = `$power(10, ${places.text})`;
  return {
    text: `$${name}(${within(number, rank.multiply)} * ${factor}) / ${factor}`,
    rank: rank.multiply,
    type: 'number',
  };
}

const onText =
  (name: string): Filter =>
  (of, _given, writer) =>
    call(name, 'text', writer.asText(of));
const ofList =
  (name: string): Filter =>
  (of, _given, writer) => {
    for (const item of of.items ?? []) writer.require(item);
    return call(name, 'any', of);
  };
const calculated =
  (sign: '+' | '*'): Filter =>
  (of, [other], writer) => {
    if (other === undefined) throw new Untranslatable('a number is missing');
    const own = sign === '+' ? rank.add : rank.multiply;
    const text = `${within(writer.number(of), own)} ${sign} ${within(other, own + 1)}`;
    return { text, rank: own, type: 'number' };
  };

function chosen(of: Code, [yes, no]: readonly (Code | undefined)[]): Code {
  const a = yes === undefined ? 'true' : within(yes, rank.or);
  const b = no === undefined ? 'false' : within(no, rank.choice);
  return { text: `${conditionOf(of)} ? ${a} : ${b}`, rank: rank.choice, type: 'any' };
}

function truncated(of: Code, given: readonly (Code | undefined)[], writer: Writer): Code {
  const [length, killsWords, end] = given;
  if (killsWords?.constant !== true || end?.constant !== '' || length === undefined)
    throw new Untranslatable('"truncate" is translated only as truncate(N, true, "")');
  return value(`$substring(${writer.asText(of).text}, 0, ${length.text})`, 'text');
}

function found(of: Code, given: readonly (Code | undefined)[], writer: Writer): Code {
  const [find, index] = given;
  const pattern = patternOf(find);
  if (pattern.groups > 1) throw new Untranslatable('a pattern with several groups has no counterpart here');
  const what = pattern.groups === 1 ? 'groups[0]' : 'match';
  return value(`$match(${writer.asText(of).text}, ${pattern.text})[${index?.text ?? '0'}].${what}`, 'text');
}

const number: Filter = (of, [fallback], writer) => writer.convertedNumber('float', of, fallback);
const integer: Filter = (of, [fallback, base], writer) => {
  if (base !== undefined && base.constant !== 10)
    throw new Untranslatable('numbers to another base have no counterpart');
  return writer.convertedNumber('int', of, fallback);
};
const orDefault: Filter = (of, [fallback, isAboutTruth]) =>
  defaulted(of, fallback ?? emptyText, isAboutTruth?.constant === true);

const filters: Readonly<Record<string, Entry>> = {
  float: { takes: ['default'], write: number },
  int: { takes: ['default', 'base'], write: integer },
  default: { takes: ['default_value', 'boolean'], write: orDefault },
  d: { takes: ['default_value', 'boolean'], write: orDefault },
  is_defined: { write: (of) => of },
  round: {
    takes: ['precision', 'method'],
    write: (of, [places, method], writer) => rounded(of, places, method, writer),
  },
  abs: { write: (of, _given, writer) => call('abs', 'number', writer.number(of)) },
  sqrt: { write: (of, _given, writer) => call('sqrt', 'number', writer.number(of)) },
  add: { takes: ['amount'], write: calculated('+') },
  multiply: { takes: ['amount'], write: calculated('*') },
  bool: { takes: ['default'], write: (of, _given, writer) => writer.asTruth(of) },
  lower: { write: onText('lowercase') },
  upper: { write: onText('uppercase') },
  trim: {
    write: (of, _given, writer) => value(`$replace(${writer.asText(of).text}, /^\\s+|\\s+$/, "")`, 'text'),
  },
  capitalize: {
    write: (of, _given, writer) => value(`${writer.use('title')}(${writer.asText(of).text})`, 'text'),
  },
  string: { write: (of, _given, writer) => writer.asText(of) },
  truncate: { takes: ['length', 'killwords', 'end', 'leeway'], write: truncated },
  replace: {
    takes: ['old', 'new'],
    write: (of, [from, to], writer) => {
      if (from === undefined || to === undefined) throw new Untranslatable('"replace" takes two texts');
      return call('replace', 'text', writer.asText(of), from, to);
    },
  },
  format: { write: (of, given) => formatted(of, given) },
  length: { write: (of, _given, writer) => writer.sizeOf(of) },
  count: { write: (of, _given, writer) => writer.sizeOf(of) },
  min: { write: ofList('min') },
  max: { write: ofList('max') },
  sum: { write: ofList('sum') },
  first: { write: (of) => value(`${within(of, rank.value)}[0]`) },
  last: { write: (of) => value(`${within(of, rank.value)}[-1]`) },
  list: { write: (of) => of },
  join: {
    takes: ['d'],
    write: (of, [between]) =>
      value(`$join($map(${of.text}, $string)${between === undefined ? '' : `, ${between.text}`})`, 'text'),
  },
  split: {
    takes: ['sep'],
    write: (of, [between], writer) => writer.split(of, between),
  },
  iif: { takes: ['if_true', 'if_false'], write: chosen },
  tojson: { write: (of, _given, writer) => writer.json(of) },
  to_json: { write: (of, _given, writer) => writer.json(of) },
  is_number: {
    write: (of, _given, writer) => value(`$exists(${writer.use('float')}(${of.text}))`, 'boolean'),
  },
  regex_replace: {
    takes: ['find', 'replace', 'ignorecase'],
    write: (of, [find, by, ignoresCase], writer) =>
      value(
        `$replace(${writer.asText(of).text}, ${patternOf(find, ignoresCase).text}, ${replacementOf(by)})`,
        'text',
      ),
  },
  regex_search: {
    takes: ['find', 'ignorecase'],
    write: (of, [find, ignoresCase], writer) =>
      value(`$contains(${writer.asText(of).text}, ${patternOf(find, ignoresCase).text})`, 'boolean'),
  },
  regex_match: {
    takes: ['find', 'ignorecase'],
    write: (of, [find, ignoresCase], writer) =>
      value(`$contains(${writer.asText(of).text}, ${patternOf(find, ignoresCase, '^').text})`, 'boolean'),
  },
  regex_findall_index: { takes: ['find', 'index', 'ignorecase'], write: found },
  timestamp_custom: {
    takes: ['format_string', 'local', 'default'],
    write: (of, [format, local], writer) => customTime(writer.number(of), format, local),
  },
  timestamp_utc: {
    write: (of, _given, writer) =>
      value(
        `$fromMillis(${within(writer.number(of), rank.multiply)} * 1000, "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01]+00:00")`,
        'text',
      ),
  },
};

export function findFilter(name: string): Entry | undefined {
  return Object.hasOwn(filters, name) ? filters[name] : undefined;
}
