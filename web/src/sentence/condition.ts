// Conditions in words. What cannot be said simply is shown as it is written.
import { isTree, listOf, type Path } from '../document/edit.ts';
import type { TextKey } from '../i18n/texts.ts';
import { type Operand, type Operator, readStatement, type Statement } from './comparison.ts';
import { at, code, filled, joined, type Sentence, type Speaker } from './part.ts';
import { valueText } from './values.ts';

interface Place {
  readonly speaker: Speaker;
  readonly path: Path;
}

const comparisons: Readonly<Record<Operator, TextKey>> = {
  '=': 'cond.is',
  '!=': 'cond.isNot',
  '<': 'cond.below',
  '<=': 'cond.atMost',
  '>': 'cond.above',
  '>=': 'cond.atLeast',
  in: 'cond.oneOf',
};

const ofTime: Readonly<Partial<Record<Operator, TextKey>>> = {
  '<': 'cond.before',
  '<=': 'cond.until',
  '>': 'cond.after',
  '>=': 'cond.from',
};

const whenAlone: Readonly<Record<string, TextKey>> = {
  'sun.up': 'cond.sunUp',
  workday: 'cond.workday',
  holiday: 'cond.holiday',
};

const plainCalls: Readonly<Record<string, TextKey>> = {
  time: 'operand.time',
  date: 'operand.date',
  weekday: 'operand.weekday',
};

function literal({ speaker, path }: Place, value: string | number | boolean | null): Sentence {
  if (typeof value === 'string') return at(speaker.say('literal.text', { text: value }), path);
  if (typeof value === 'boolean') return at(speaker.say(value ? 'literal.true' : 'literal.false'), path);
  return at(value === null ? speaker.say('literal.nothing') : String(value), path);
}

/** Undefined: there are no words for this. */
function call(
  place: Place,
  { name, given, names }: Extract<Operand, { kind: 'call' }>,
): Sentence | undefined {
  const { speaker, path } = place;
  const plain = plainCalls[name];
  if (plain !== undefined && given.length === 0 && names.length === 0) return at(speaker.say(plain), path);
  const [first, second] = given;
  if (first?.kind !== 'literal' || typeof first.value !== 'string') return undefined;
  if (name === 'device' && names.length > 0 && second === undefined) {
    const device = speaker.deviceName?.(first.value) ?? first.value;
    return filled(speaker, 'operand.device', {
      device: at(device, path),
      property: code(names.join('.'), path),
    });
  }
  const field = names.length === 0 ? '' : `.${names.join('.')}`;
  if (name === 'state' || name === 'var') {
    const what = code(first.value + field, path);
    const said = name === 'var' ? filled(speaker, 'operand.var', { name: what }) : what;
    if (second === undefined) return said;
    if (second.kind !== 'literal') return undefined;
    return filled(speaker, 'operand.else', { what: said, other: literal(place, second.value) });
  }
  return undefined;
}

function operand(place: Place, what: Operand): Sentence | undefined {
  const { speaker, path } = place;
  if (what.kind === 'literal') return literal(place, what.value);
  if (what.kind === 'call') return call(place, what);
  if (what.kind === 'list') {
    const items = what.items.map((item) => operand(place, item));
    const said = items.filter((item) => item !== undefined);
    return said.length === items.length ? joined(speaker, 'sentence.comma', said) : undefined;
  }
  const [root, ...fields] = what.names;
  if (root === 'payload' && fields.length === 0) return at(speaker.say('operand.payload'), path);
  return code((root === 'payload' ? fields : what.names).join('.'), path);
}

function isTime(what: Operand): boolean {
  return what.kind === 'call' && (what.name === 'time' || what.name === 'date');
}

function holds(place: Place, what: Operand): Sentence | undefined {
  const { speaker, path } = place;
  if (what.kind === 'call' && what.given.length === 0) {
    const key = whenAlone[[what.name, ...what.names].join('.')];
    if (key !== undefined) return at(speaker.say(key), path);
  }
  if (what.kind === 'literal' || what.kind === 'list') return undefined;
  const a = operand(place, what);
  return a && filled(speaker, 'cond.holds', { a });
}

function statement(place: Place, said: Statement, isInner = false): Sentence | undefined {
  const { speaker } = place;
  if (said.kind === 'holds') return holds(place, said.what);
  if (said.kind === 'not') {
    const item = statement(place, said.item, true);
    return item && filled(speaker, 'cond.not', { a: item });
  }
  if (said.kind === 'compare') {
    const { operator, left, right } = said;
    if (operator !== 'in' && right.kind === 'list') return undefined;
    const [a, b] = [operand(place, left), operand(place, right)];
    const key = (isTime(left) ? ofTime[operator] : undefined) ?? comparisons[operator];
    return a && b && filled(speaker, key, { a, b });
  }
  const items = said.items.map((item) => statement(place, item, true));
  const words = items.filter((item) => item !== undefined);
  if (words.length < items.length) return undefined;
  const all = joined(speaker, said.kind === 'and' ? 'sentence.and' : 'sentence.or', words);
  return isInner ? filled(speaker, 'cond.group', { a: all }) : all;
}

function expression(place: Place, source: string): Sentence {
  const read = readStatement(source);
  return (read && statement(place, read)) ?? code(source, place.path);
}

function group({ speaker, path }: Place, value: Readonly<Record<string, unknown>>): Sentence | undefined {
  const [key, ...more] = Object.keys(value);
  if (more.length > 0 || (key !== 'all' && key !== 'any' && key !== 'not')) return undefined;
  const inside = value[key];
  const items = listOf(inside).map((item, index) =>
    conditionSentence(speaker, item, Array.isArray(inside) ? [...path, key, index] : [...path, key]),
  );
  if (items.length === 0) return undefined;
  const grouped = items.map((item) => (items.length > 1 ? filled(speaker, 'cond.group', { a: item }) : item));
  const all = joined(speaker, key === 'any' ? 'sentence.or' : 'sentence.and', grouped);
  return key === 'not' ? filled(speaker, 'cond.not', { a: filled(speaker, 'cond.group', { a: all }) }) : all;
}

export function conditionSentence(speaker: Speaker, value: unknown, path: Path): Sentence {
  const place = { speaker, path };
  if (typeof value === 'string') return value.trim() === '' ? at('…', path) : expression(place, value);
  if (Array.isArray(value)) return group(place, { all: value }) ?? code('[]', path);
  if (isTree(value)) return group(place, value) ?? code(valueText(value), path);
  return value === undefined || value === null ? at('…', path) : code(valueText(value), path);
}
