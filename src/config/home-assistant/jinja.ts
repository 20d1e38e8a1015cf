// A small part of Jinja as JSONata: states, comparisons, arithmetic, a few filters and the names that a run knows. What
// is beyond it throws `Untranslatable`, so that it is listed and never guessed.
import { type Entity, literal, quoted } from './entity.ts';

export class Untranslatable extends Error {}

export interface JinjaNames {
  entity(id: string): Entity;
  /** Entities that wake the rule: what `trigger.to_state` may be. */
  readonly triggers: readonly Entity[];
  /** Variables of the document. */
  readonly variables: ReadonlySet<string>;
}

interface Code {
  readonly text: string;
  /** How tightly it binds; what binds less is put in parentheses. */
  readonly rank: number;
  /** Whose state it reads: words compared with it are those of Home Assistant. */
  readonly states?: readonly Entity[];
  readonly word?: string;
  /** A field may follow: `trigger.to_state`. */
  readonly path?: string;
}

const nextToken =
  /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(==|!=|<=|>=|\/\/|\*\*|[-+*/%<>~|().,[\]]))/y;
const rank = { choice: 1, or: 2, and: 3, compare: 4, add: 5, multiply: 6, value: 9 } as const;

const operators: Readonly<Record<string, { readonly text: string; readonly rank: number }>> = {
  or: { text: 'or', rank: rank.or },
  and: { text: 'and', rank: rank.and },
  '==': { text: '=', rank: rank.compare },
  '!=': { text: '!=', rank: rank.compare },
  '<': { text: '<', rank: rank.compare },
  '>': { text: '>', rank: rank.compare },
  '<=': { text: '<=', rank: rank.compare },
  '>=': { text: '>=', rank: rank.compare },
  in: { text: 'in', rank: rank.compare },
  '+': { text: '+', rank: rank.add },
  '-': { text: '-', rank: rank.add },
  '~': { text: '&', rank: rank.add },
  '*': { text: '*', rank: rank.multiply },
  '/': { text: '/', rank: rank.multiply },
  '%': { text: '%', rank: rank.multiply },
};

type Filter = (value: string, options: readonly string[]) => string;
const call =
  (name: string): Filter =>
  (value, options) =>
    `${name}(${[value, ...options].join(', ')})`;
const orElse = (value: string, made: string, fallback: string | undefined): string =>
  fallback === undefined ? made : `($exists(${value}) ? ${made} : ${fallback})`;

const filters: Readonly<Record<string, Filter>> = {
  float: (value, [fallback]) => orElse(value, `$number(${value})`, fallback),
  int: (value, [fallback]) => orElse(value, `$floor($number(${value}))`, fallback),
  default: (value, [fallback = '""']) => orElse(value, value, fallback),
  d: (value, [fallback = '""']) => orElse(value, value, fallback),
  round: call('$round'),
  abs: call('$abs'),
  lower: call('$lowercase'),
  upper: call('$uppercase'),
  trim: call('$trim'),
  string: call('$string'),
  length: call('$count'),
  count: call('$count'),
  min: call('$min'),
  max: call('$max'),
  sum: call('$sum'),
};

const nowFields: Readonly<Record<string, string>> = {
  hour: '$number($substring($time(), 0, 2))',
  minute: '$number($substring($time(), 3, 2))',
  year: '$number($substring($date(), 0, 4))',
  month: '$number($substring($date(), 5, 2))',
  day: '$number($substring($date(), 8, 2))',
  'weekday()': '($weekday() - 1)',
  'isoweekday()': '$weekday()',
  'timestamp()': '($millis() / 1000)',
};

/** Fields that a run knows by another name. */
const fields: Readonly<Record<string, string>> = {
  'trigger.payload': 'trigger.raw',
  'trigger.topic': 'trigger.topic',
  'trigger.id': 'trigger.id',
  'repeat.index': 'repeat.index',
  'repeat.item': 'repeat.item',
  'wait.completed': 'wait.completed',
};
/** The same with anything behind it. */
const roots: Readonly<Record<string, string>> = {
  'trigger.payload_json': 'trigger.payload',
  'trigger.event.data': 'trigger.payload',
  'trigger.json': 'trigger.payload',
  'trigger.data': 'trigger.payload',
  'repeat.item': 'repeat.item',
  value_json: 'payload',
};
const constants: Readonly<Record<string, string>> = {
  ...{ true: 'true', True: 'true', false: 'false', False: 'false' },
  ...{ none: 'null', None: 'null', value: 'raw' },
};

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  nextToken.lastIndex = 0;
  for (let at = 0; source.slice(at).trim() !== ''; at = nextToken.lastIndex) {
    nextToken.lastIndex = at;
    const found = nextToken.exec(source);
    if (found === null)
      throw new Untranslatable(`"${source.slice(at).trim().slice(0, 20)}" is beyond what is translated`);
    const [, number, string, name, sign = ''] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (string !== undefined)
      tokens.push({ kind: 'text', text: string.slice(1, -1).replaceAll(/\\(.)/g, '$1') });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

const within = ({ text, rank: own }: Code, outer: number): string => (own < outer ? `(${text})` : text);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #names: JinjaNames;
  #at = 0;

  constructor(source: string, names: JinjaNames) {
    this.#tokens = tokensOf(source);
    this.#names = names;
  }

  whole(): string {
    const { text } = this.#choice();
    const rest = this.#peek();
    if (rest.kind !== 'end') throw new Untranslatable(`"${rest.text}" is beyond what is translated`);
    return text;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  #take(text: string): boolean {
    const { kind, text: found } = this.#peek();
    const isIt = found === text && (kind === 'sign' || kind === 'name');
    if (isIt) this.#at++;
    return isIt;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new Untranslatable(`expected "${text}", got "${this.#peek().text}"`);
  }

  /** `a if b else c` */
  #choice(): Code {
    const first = this.#binary(rank.or);
    if (!this.#take('if')) return first;
    const condition = this.#binary(rank.or);
    const otherwise = this.#take('else') ? within(this.#choice(), rank.or) : '""';
    return { text: `${condition.text} ? ${within(first, rank.or)} : ${otherwise}`, rank: rank.choice };
  }

  #binary(least: number): Code {
    if (least === rank.compare && this.#take('not')) {
      return { text: `$not(${this.#binary(rank.compare).text})`, rank: rank.value };
    }
    if (least > rank.multiply) return this.#filtered();
    let left = this.#binary(least + 1);
    for (;;) {
      const isNot = least === rank.compare && this.#take('not');
      const operator = operators[this.#peek().text];
      if (operator === undefined || operator.rank !== least || this.#peek().kind === 'text') {
        if (isNot) throw new Untranslatable('"not" stands alone');
        return left;
      }
      this.#at++;
      const joined = this.#joined(left, operator, this.#binary(least + 1));
      left = isNot ? { text: `$not(${joined.text})`, rank: rank.value } : joined;
    }
  }

  #joined(left: Code, { text, rank: own }: { text: string; rank: number }, right: Code): Code {
    const [a, b] = own === rank.compare ? [asState(left, right), asState(right, left)] : [left, right];
    return { text: `${within(a, own)} ${text} ${within(b, own + 1)}`, rank: own };
  }

  #filtered(): Code {
    let value = this.#fielded();
    while (this.#take('|')) {
      const { text: name } = this.#peek();
      this.#at++;
      const filter = filters[name];
      if (filter === undefined || !Object.hasOwn(filters, name))
        throw new Untranslatable(`the filter "${name}" has no counterpart`);
      const options = this.#take('(') ? this.#list(')').map(({ text }) => text) : [];
      value = { text: filter(value.text, options), rank: rank.value };
    }
    return value;
  }

  #fielded(): Code {
    let value = this.#value();
    while (this.#take('.')) {
      const { kind, text } = this.#peek();
      if (kind !== 'name') throw new Untranslatable(`"${text}" is no name of a field`);
      this.#at++;
      const isCall = this.#take('(');
      if (isCall) this.#expect(')');
      value = this.#field(value, isCall ? `${text}()` : text);
    }
    if (value.path !== undefined) return this.#named(value.path);
    return value;
  }

  #field({ path, text }: Code, name: string): Code {
    if (path === undefined) return { text: `${text}.${name}`, rank: rank.value };
    return { text: '', rank: rank.value, path: `${path}.${name}` };
  }

  /** A path of names that begins with no function. */
  #named(path: string): Code {
    const known = Object.hasOwn(constants, path)
      ? constants[path]
      : Object.hasOwn(fields, path)
        ? fields[path]
        : undefined;
    if (known !== undefined) return { text: known, rank: rank.value };
    if (path.startsWith('now().')) return this.#now(path.slice('now().'.length));
    if (path === 'trigger.to_state.state')
      return { text: 'trigger.value', rank: rank.value, states: this.#names.triggers };
    if (path === 'trigger.from_state.state')
      return { text: 'trigger.previous', rank: rank.value, states: this.#names.triggers };
    for (const [root, own] of Object.entries(roots)) {
      if (path === root || path.startsWith(`${root}.`))
        return { text: own + path.slice(root.length), rank: rank.value };
    }
    const [first = '', ...rest] = path.split('.');
    if (first === 'states' && rest.length === 3 && rest[2] === 'state')
      return this.#state(`${rest[0]}.${rest[1]}`);
    if (this.#names.variables.has(first)) return { text: path, rank: rank.value };
    throw new Untranslatable(`"${path}" has no counterpart`);
  }

  #now(field: string): Code {
    const text = Object.hasOwn(nowFields, field) ? nowFields[field] : undefined;
    if (text === undefined) throw new Untranslatable(`"now().${field}" has no counterpart`);
    return { text, rank: rank.value };
  }

  #state(id: string): Code {
    const entity = this.#names.entity(id);
    return { text: entity.read, rank: rank.value, states: [entity] };
  }

  #value(): Code {
    const { kind, text } = this.#peek();
    this.#at++;
    if (kind === 'number') return { text, rank: rank.value };
    if (kind === 'text') return { text: quoted(text), rank: rank.value, word: text };
    if (kind === 'name')
      return this.#take('(') ? this.#called(text) : { text: '', rank: rank.value, path: text };
    if (text === '-') return { text: `-${within(this.#value(), rank.value)}`, rank: rank.value };
    if (text === '(') {
      const inner = this.#choice();
      this.#expect(')');
      return { ...inner, text: `(${inner.text})`, rank: rank.value };
    }
    if (text === '[') {
      const items = this.#list(']');
      const words = items.every(({ word }) => word !== undefined)
        ? items.map(({ word }) => word).join('\0')
        : undefined;
      return {
        text: `[${items.map((item) => item.text).join(', ')}]`,
        rank: rank.value,
        ...(words !== undefined && { word: `\0${words}` }),
      };
    }
    throw new Untranslatable(`"${text}" is not expected here`);
  }

  #called(name: string): Code {
    const options = this.#list(')');
    if (name === 'now' && options.length === 0) return { text: '', rank: rank.value, path: 'now()' };
    const [first, second, third] = options.map(({ word }) => word);
    if (first === undefined) throw new Untranslatable(`"${name}(…)" has no counterpart`);
    if (name === 'states') return this.#state(first);
    if (name === 'state_attr' && second !== undefined)
      return { text: this.#names.entity(first).readAttribute(second), rank: rank.value };
    if (name === 'is_state_attr' && second !== undefined) {
      const value = third === undefined ? (options[2]?.text ?? '""') : quoted(third);
      return { text: `${this.#names.entity(first).readAttribute(second)} = ${value}`, rank: rank.compare };
    }
    if (name === 'has_value') return { text: `$exists(${this.#names.entity(first).read})`, rank: rank.value };
    const state = options[1];
    if (name === 'is_state' && state !== undefined) {
      const list = state.text.startsWith('[');
      return this.#joined(this.#state(first), { text: list ? 'in' : '=', rank: rank.compare }, state);
    }
    throw new Untranslatable(`"${name}(…)" has no counterpart`);
  }

  #list(end: string): Code[] {
    const items: Code[] = [];
    while (!this.#take(end)) {
      items.push(this.#choice());
      if (!this.#take(',') && this.#peek().text !== end) throw new Untranslatable(`expected "${end}"`);
    }
    return items;
  }
}

/** A word compared with a state becomes what that state is here. */
function asState(code: Code, other: Code): Code {
  const { word } = code;
  if (word === undefined || other.states === undefined) return code;
  const translate = (each: string): string => {
    const values = new Set(other.states?.map((entity) => literal(entity.stateHere(each))));
    const [only] = values;
    return values.size === 1 && only !== undefined ? only : quoted(each);
  };
  if (!word.startsWith('\0')) return { text: translate(word), rank: rank.value };
  return { text: `[${word.slice(1).split('\0').map(translate).join(', ')}]`, rank: rank.value };
}

/** One expression, without braces. Throws `Untranslatable`. */
export function expression(source: string, names: JinjaNames): string {
  return new Parser(source, names).whole();
}

const alone = /^\s*\{\{-?((?:(?!\}\}|\{\{)[\s\S])*?)-?\}\}\s*$/;

/** A template that must yield a truth. */
export function condition(template: string, names: JinjaNames): string {
  refuseStatements(template);
  const inner = alone.exec(template)?.[1];
  if (inner !== undefined) return expression(inner, names);
  if (template.includes('{{')) throw new Untranslatable('a condition is one expression');
  return expression(template, names);
}

/** Text with templates in it, as text with templates in it. */
export function text(template: string, names: JinjaNames): string {
  refuseStatements(template);
  const inner = alone.exec(template)?.[1];
  if (inner !== undefined) return `{{ ${expression(inner, names)} }}`;
  return template.replaceAll(
    /\{\{-?([\s\S]*?)-?\}\}/g,
    (_, source: string) => `{{ ${expression(source, names)} }}`,
  );
}

function refuseStatements(template: string): void {
  if (template.includes('{%') || template.includes('{#'))
    throw new Untranslatable('statements of Jinja ({% … %}) have no counterpart');
}
