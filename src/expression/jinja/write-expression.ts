// An expression of Jinja as JSONata. Types that are sure spare conversions; where nothing is sure, functions of the
// prelude do what Python does.
import { type JinjaExpression, Untranslatable } from './ast.ts';
import {
  type Code,
  conditionOf,
  exists,
  fieldOf,
  pathOf,
  rank,
  truthOf,
  value,
  within,
  written,
} from './code.ts';
import { findFilter } from './filters.ts';
import { formatted } from './formats.ts';
import { findMethod } from './methods.ts';
import type { JinjaNames } from './names.ts';
import { joined } from './operators.ts';
import { type PreludeName, preludeName } from './prelude.ts';
import { Requirements } from './requirements.ts';
import { findTest } from './tests.ts';
import { nowField, nowPicture } from './times.ts';
import type { Writer } from './writer.ts';

type Of<Kind extends JinjaExpression['kind']> = Extract<JinjaExpression, { kind: Kind }>;

export class ExpressionWriter implements Writer {
  readonly used = new Set<PreludeName>();
  /** What variables of the template are called now. */
  readonly variables = new Map<string, Code>();
  readonly requirements = new Requirements();
  readonly #names: JinjaNames;

  constructor(names: JinjaNames) {
    this.#names = names;
  }

  get isPlain(): boolean {
    return this.#names.isPlain === true;
  }

  write(node: JinjaExpression): Code {
    switch (node.kind) {
      case 'number':
        return { ...value(node.text, 'number'), constant: Number(node.text) };
      case 'text':
        return written(node.value);
      case 'constant':
        return {
          ...value(String(node.value), node.value === null ? 'null' : 'boolean'),
          constant: node.value,
        };
      case 'name':
      case 'member':
        return this.#path(node);
      case 'index':
        return this.#index(node);
      case 'slice':
        return this.#slice(node);
      case 'call':
        return this.#call(node);
      case 'filter':
        return this.#filter(node);
      case 'test':
        return this.#test(node);
      case 'not':
        return this.#not(this.write(node.of));
      case 'minus':
        return value(`-${within(this.write(node.of), rank.value)}`, 'number');
      case 'binary':
        return this.#binary(node);
      case 'choice':
        return this.#choice(node);
      case 'list':
        return this.#list(node);
      case 'object':
        return this.#object(node);
    }
  }

  use(name: PreludeName): string {
    this.used.add(name);
    return `$${preludeName(name)}`;
  }

  /** Python ends with an error where this is missing. */
  require(of: Code): void {
    if (!this.isPlain && of.isPath === true) this.requirements.add(of.needs ?? exists(of));
  }

  /** What is written out only where `implied` holds: what it requires is asked for there. */
  branch(write: () => Code, implied: readonly string[] = []): Code {
    return this.isPlain ? write() : this.requirements.around(write, implied);
  }

  number(of: Code): Code {
    this.require(of);
    return of.type === 'number' || this.isPlain ? of : value(`${this.use('float')}(${of.text})`, 'number');
  }

  convertedNumber(to: 'float' | 'int', of: Code, fallback: Code | undefined): Code {
    if (!this.isPlain) {
      this.require(of);
      if (to === 'float' && of.type === 'number') return of;
      const more = fallback === undefined ? '' : `, ${fallback.text}`;
      const made = value(`${this.use(to)}(${of.text}${more})`, 'number');
      return { ...made, spreads: of.spreads === true };
    }
    const made = to === 'float' ? `$number(${of.text})` : `$floor($number(${of.text}))`;
    if (fallback === undefined) return value(made, 'number');
    return { text: `$exists(${of.text}) ? ${made} : ${fallback.text}`, rank: rank.choice, type: 'number' };
  }

  asText(of: Code): Code {
    if (of.type === 'text' || this.isPlain) return of;
    if (of.type === 'number') return value(`$string(${of.text})`, 'text');
    return value(`${this.use('text')}(${of.text})`, 'text');
  }

  asTruth(of: Code): Code {
    return truthOf(of);
  }

  sizeOf(of: Code): Code {
    if (of.type === 'text') return value(`$length(${of.text})`, 'number');
    if (of.type === 'list' || this.isPlain) return value(`$count(${of.text})`, 'number');
    return value(`${this.use('size')}(${of.text})`, 'number');
  }

  split(of: Code, between: Code | undefined): Code {
    const text = this.asText(of).text;
    const by = between === undefined ? `$trim(${text}), /\\s+/` : `${text}, ${between.text}`;
    return value(`$split(${by})`, 'list');
  }

  json(of: Code): Code {
    if (of.type === 'number' || of.type === 'object' || of.type === 'list')
      return value(`$string(${of.text})`, 'text');
    return value(`${this.use('json')}(${of.text})`, 'text');
  }

  /** Names and the fields behind them: the place says how many of them it knows as one. */
  #path(node: Of<'name'> | Of<'member'>): Code {
    const { root, names } = chainOf(node);
    if (root.kind === 'call' && root.of.kind === 'name' && root.of.name === 'now')
      return nowField(names.join('.'));
    if (root.kind !== 'name') return this.#fields(this.write(root), names);
    const own = this.variables.get(root.name);
    if (own !== undefined) return this.#fields(own, names);
    const path = [root.name, ...names];
    const found = this.#names.named(path);
    if (found === undefined) throw new Untranslatable(`"${path.join('.')}" has no counterpart`);
    const { code } = found;
    return this.#fields({ ...pathOf(code.text, code.type), ...code }, path.slice(found.used));
  }

  #fields(of: Code, names: readonly string[]): Code {
    let code = of;
    for (const name of names) {
      this.require(code);
      const field = fieldOf(code, name);
      if (field === undefined) throw new Untranslatable(`a field cannot be called "${name}" here`);
      code = field;
    }
    return code;
  }

  #index({ of, index }: Of<'index'>): Code {
    const container = this.write(of);
    if (index.kind === 'text') return this.#fields(container, [index.value]);
    const key = this.write(index);
    const isPlace = typeof key.constant === 'number';
    // inside of [ ] names would belong to the item
    if (isPlace && (container.type === 'list' || this.isPlain))
      return value(`${within(container, rank.value)}[${key.text}]`);
    if (container.type === 'object') return value(`$lookup(${container.text}, $string(${key.text}))`);
    return value(`${this.use('item')}(${container.text}, ${key.text})`);
  }

  #slice({ of, from, to }: Of<'slice'>): Code {
    const text = this.write(of);
    const start = from === undefined ? 0 : Number(this.write(from).constant ?? numberOf(from));
    const end = to === undefined ? undefined : Number(this.write(to).constant ?? numberOf(to));
    if (text.type !== 'text' || Number.isNaN(start) || Number.isNaN(end ?? 0))
      throw new Untranslatable('only texts can be cut here, at places that are written out');
    if (end === undefined) return value(`$substring(${text.text}, ${start})`, 'text');
    if (end >= 0 && start >= 0)
      return value(`$substring(${text.text}, ${start}, ${Math.max(0, end - start)})`, 'text');
    if (start < 0) throw new Untranslatable('this slice has no counterpart');
    return value(`$substring(${text.text}, ${start}, $length(${text.text}) - ${start - end})`, 'text');
  }

  #call({ of, given }: Of<'call'>): Code {
    const codes = given.values.map((each) => this.write(each));
    if (of.kind === 'member') {
      if (of.of.kind === 'call' && of.of.of.kind === 'name' && of.of.of.name === 'now')
        return of.name === 'strftime' ? nowPicture(codes[0]) : nowField(`${of.name}()`);
      const method = findMethod(of.name);
      if (method === undefined) throw new Untranslatable(`".${of.name}(…)" has no counterpart`);
      return method(this.write(of.of), codes, this);
    }
    if (of.kind !== 'name') throw new Untranslatable('what is called here has no counterpart');
    const [first, ...rest] = codes;
    const isFilter = ['float', 'int', 'iif', 'is_number', 'bool', 'abs', 'round'].includes(of.name);
    if (isFilter && first !== undefined)
      return this.#filtered(of.name, first, { values: rest, named: new Map() });
    const called = this.#names.called?.(of.name, codes);
    if (called === undefined) throw new Untranslatable(`"${of.name}(…)" has no counterpart`);
    return called;
  }

  #filter({ of, name, given }: Of<'filter'>): Code {
    const named = new Map([...given.named].map(([key, each]) => [key, this.write(each)]));
    return this.#filtered(name, this.write(of), {
      values: given.values.map((each) => this.write(each)),
      named,
    });
  }

  #filtered(
    name: string,
    of: Code,
    { values, named }: { values: readonly Code[]; named: ReadonlyMap<string, Code> },
  ): Code {
    const filter = findFilter(name);
    if (filter === undefined) throw new Untranslatable(`the filter "${name}" has no counterpart`);
    const places: (Code | undefined)[] = [...values];
    for (const [key, code] of named) {
      const place = filter.takes?.indexOf(key) ?? -1;
      if (place < 0) throw new Untranslatable(`"${key}" of the filter "${name}" has no counterpart`);
      places[place] = code;
    }
    return filter.write(of, places, this);
  }

  #test({ of, name, given, isNot }: Of<'test'>): Code {
    const test = findTest(name);
    if (test === undefined) throw new Untranslatable(`the test "${name}" has no counterpart`);
    const code = test(
      this.write(of),
      given.values.map((each) => this.write(each)),
      this,
    );
    return isNot ? this.#not(code) : code;
  }

  #not(of: Code): Code {
    if (of.type === 'boolean' || this.isPlain) return value(`$not(${of.text})`, 'boolean');
    return value(`(${conditionOf(of)} ? false : true)`, 'boolean');
  }

  #binary({ operator, left, right }: Of<'binary'>): Code {
    if (operator === '%' && left.kind === 'text') {
      const values = right.kind === 'list' ? right.items : [right];
      return formatted(
        written(left.value),
        values.map((each) => this.write(each)),
      );
    }
    const first = this.write(left);
    const isBranch = operator === 'and' || operator === 'or';
    const implied = operator === 'and' ? first.implies : [];
    const second = isBranch ? this.branch(() => this.write(right), implied) : this.write(right);
    return joined(operator, { left: first, right: second }, this);
  }

  #choice({ condition, yes, no }: Of<'choice'>): Code {
    const held = this.write(condition);
    const a = this.branch(() => this.write(yes), held.implies);
    const b = no === undefined ? undefined : this.branch(() => this.write(no));
    const missing = this.isPlain ? ' : ""' : '';
    const rest = b === undefined ? missing : ` : ${within(b, rank.choice)}`;
    const type = b === undefined || a.type !== b.type ? 'any' : a.type;
    return {
      text: `${conditionOf(held)} ? ${within(a, rank.or)}${rest}`,
      rank: rank.choice,
      type,
    };
  }

  #list({ items }: Of<'list'>): Code {
    const codes = items.map((each) => this.write(each));
    return { ...value(`[${codes.map(({ text }) => text).join(', ')}]`, 'list'), items: codes };
  }

  #object({ entries }: Of<'object'>): Code {
    const pairs = entries.map(([key, each]) => {
      if (key.kind !== 'text' && key.kind !== 'number' && key.kind !== 'constant')
        throw new Untranslatable('keys must be written out');
      const name = key.kind === 'number' ? String(Number(key.text)) : String(key.value);
      return `${JSON.stringify(name)}: ${within(this.write(each), rank.or)}`;
    });
    return value(`{${pairs.join(', ')}}`, 'object');
  }
}

function numberOf(node: JinjaExpression): number {
  return node.kind === 'minus' && node.of.kind === 'number' ? -Number(node.of.text) : Number.NaN;
}

/** `a.b.c` is the root `a` and the names `b`, `c`; an index that is text is a name too. */
function chainOf(node: JinjaExpression): { root: JinjaExpression; names: readonly string[] } {
  if (node.kind === 'member') {
    const { root, names } = chainOf(node.of);
    return { root, names: [...names, node.name] };
  }
  if (node.kind === 'index' && node.index.kind === 'text') {
    const { root, names } = chainOf(node.of);
    return { root, names: [...names, node.index.value] };
  }
  return { root: node, names: [] };
}
