// Operators of Jinja between two parts as JSONata. `and` and `or` yield one of their sides in Python; what is missing is
// unequal to everything.
import { Untranslatable } from './ast.ts';
import { type Code, conditionOf, fieldOf, rank, value, within } from './code.ts';
import type { Writer } from './writer.ts';

interface Sides {
  readonly left: Code;
  readonly right: Code;
}
type Operator = (sides: Sides, writer: Writer) => Code;

function infix(sign: string, own: number, type: Code['type']): Operator {
  return ({ left, right }) => ({
    text: `${within(left, own)} ${sign} ${within(right, own + 1)}`,
    rank: own,
    type,
  });
}

/** With something missing there is no result. */
function strict(sign: string, own: number, type: Code['type']): Operator {
  return (sides, writer) => {
    const { left, right } = sides;
    writer.require(left);
    writer.require(right);
    const spreads = [left, right].every((side) => side.spreads === true || side.constant !== undefined);
    return { ...infix(sign, own, type)(sides, writer), spreads };
  };
}

/** A word compared with a state becomes what that state is here. */
function inWords(code: Code, { words }: Code): Code {
  if (words === undefined) return code;
  if (typeof code.constant === 'string') return value(words(code.constant));
  if (code.items === undefined) return code;
  return value(`[${code.items.map((each) => inWords(each, { ...each, words }).text).join(', ')}]`, 'list');
}

const compared =
  (sign: string): Operator =>
  ({ left, right }, writer) =>
    infix(sign, rank.compare, 'boolean')({ left: inWords(left, right), right: inWords(right, left) }, writer);

function isSure({ type }: Code): boolean {
  return type !== 'any';
}

const unequal: Operator = (sides, writer) => {
  if (writer.isPlain || (isSure(sides.left) && isSure(sides.right))) return compared('!=')(sides, writer);
  return value(`$not(${compared('=')(sides, writer).text})`, 'boolean');
};

const contained: Operator = (sides, writer) => {
  const { left, right } = sides;
  if (right.type === 'list' || writer.isPlain) return compared('in')(sides, writer);
  if (right.type === 'text') return value(`$contains(${right.text}, ${left.text})`, 'boolean');
  const code = value(`${writer.use('holds')}(${right.text}, ${left.text})`, 'boolean');
  const field = typeof left.constant === 'string' && right.isPath ? fieldOf(right, left.constant) : undefined;
  return field?.implies === undefined ? code : { ...code, implies: field.implies };
};

const either: Operator = (sides, writer) => {
  const { left, right } = sides;
  if (writer.isPlain || (left.type === 'boolean' && right.type === 'boolean'))
    return infix('or', rank.or, 'boolean')(sides, writer);
  return {
    text: `${conditionOf(left)} ? ${within(left, rank.or)} : ${within(right, rank.choice)}`,
    rank: rank.choice,
    type: left.type === right.type ? left.type : 'any',
  };
};

const both: Operator = (sides, writer) => {
  const { left, right } = sides;
  const implies = [...(left.implies ?? []), ...(right.implies ?? [])];
  if (writer.isPlain || (left.type === 'boolean' && right.type === 'boolean'))
    return { ...infix('and', rank.and, 'boolean')(sides, writer), implies };
  return {
    implies,
    text: `${conditionOf(left)} ? ${within(right, rank.or)} : ${within(left, rank.choice)}`,
    rank: rank.choice,
    type: left.type === right.type ? left.type : 'any',
  };
};

const concatenated: Operator = ({ left, right }, writer) =>
  infix('&', rank.add, 'text')({ left: writer.asText(left), right: writer.asText(right) }, writer);

const added: Operator = (sides, writer) => {
  const { left, right } = sides;
  if (left.type === 'text' || right.type === 'text') return infix('&', rank.add, 'text')(sides, writer);
  if (left.type === 'list' || right.type === 'list')
    return value(`$append(${left.text}, ${right.text})`, 'list');
  return strict('+', rank.add, 'number')(sides, writer);
};

const operators: Readonly<Record<string, Operator>> = {
  or: either,
  and: both,
  '==': compared('='),
  '!=': unequal,
  '<': strict('<', rank.compare, 'boolean'),
  '>': strict('>', rank.compare, 'boolean'),
  '<=': strict('<=', rank.compare, 'boolean'),
  '>=': strict('>=', rank.compare, 'boolean'),
  in: contained,
  '+': added,
  '-': strict('-', rank.add, 'number'),
  '~': concatenated,
  '*': strict('*', rank.multiply, 'number'),
  '/': strict('/', rank.multiply, 'number'),
  '//': (sides, writer) =>
    value(`$floor(${strict('/', rank.multiply, 'number')(sides, writer).text})`, 'number'),
  '%': (sides, writer) => {
    const { left, right } = sides;
    if (writer.isPlain || right.constant === undefined || Number(right.constant) <= 0)
      return strict('%', rank.multiply, 'number')(sides, writer);
    writer.require(left);
    // of Python, never below zero
    const by = right.text;
    return value(`((${within(left, rank.multiply)} % ${by} + ${by}) % ${by})`, 'number');
  },
  '**': ({ left, right }) => value(`$power(${left.text}, ${right.text})`, 'number'),
};

export function joined(name: string, sides: Sides, writer: Writer): Code {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined) throw new Untranslatable(`"${name}" has no counterpart`);
  return operator(sides, writer);
}
