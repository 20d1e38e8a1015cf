// Templates of automations as expressions of rules: the states of entities and the names that a run knows. Words that are
// compared with a state become what that state is here.
import {
  type Code,
  codeOf,
  hasStatements,
  type JinjaNames,
  type Named,
  rank,
  translateJinja,
  translateJinjaExpression,
  Untranslatable,
} from '../../expression/index.ts';
import { type Entity, literal, quoted } from './entity.ts';

export interface AutomationNames {
  entity(id: string): Entity;
  /** Entities that wake the rule: what `trigger.to_state` may be. */
  readonly triggers: readonly Entity[];
  /** Variables of the document. */
  readonly variables: ReadonlySet<string>;
}

/** What a run knows by another name, with anything behind it. */
const roots: readonly (readonly [path: string, here: string])[] = [
  ['trigger.payload_json', 'trigger.payload'],
  ['trigger.event.data', 'trigger.payload'],
  ['trigger.json', 'trigger.payload'],
  ['trigger.data', 'trigger.payload'],
  ['trigger.payload', 'trigger.raw'],
  ['trigger.topic', 'trigger.topic'],
  ['trigger.id', 'trigger.id'],
  ['repeat.index', 'repeat.index'],
  ['repeat.item', 'repeat.item'],
  ['wait.completed', 'wait.completed'],
  ['value_json', 'payload'],
  ['value', 'raw'],
];

/** A word of Home Assistant as what it is here, when all entities agree. */
function wordsOf(entities: readonly Entity[]): (word: string) => string {
  return (word) => {
    const values = new Set(entities.map((entity) => literal(entity.stateHere(word))));
    const [only] = values;
    return values.size === 1 && only !== undefined ? only : quoted(word);
  };
}

const ofStates = (text: string, entities: readonly Entity[]): Code => ({
  ...codeOf(text),
  words: wordsOf(entities),
});

function isState(entity: Entity, [state]: readonly Code[]): Code | undefined {
  if (state === undefined) return undefined;
  const words = wordsOf([entity]);
  const wordOf = ({ constant, text }: Code): string =>
    typeof constant === 'string' ? words(constant) : text;
  const list = state.items?.map(wordOf).join(', ');
  const text = list === undefined ? `${entity.read} = ${wordOf(state)}` : `${entity.read} in [${list}]`;
  return { text, rank: rank.compare, type: 'boolean' };
}

function attribute(entity: Entity, [name]: readonly Code[]): Code | undefined {
  return typeof name?.constant === 'string' ? codeOf(entity.readAttribute(name.constant)) : undefined;
}

function isAttribute(entity: Entity, [name, value]: readonly Code[]): Code | undefined {
  const code = attribute(entity, name === undefined ? [] : [name]);
  if (code === undefined) return undefined;
  return { text: `${code.text} = ${value?.text ?? '""'}`, rank: rank.compare, type: 'boolean' };
}

/** Functions of Home Assistant that are given an entity first. */
const functions: Readonly<Record<string, (entity: Entity, rest: readonly Code[]) => Code | undefined>> = {
  states: (entity) => ofStates(entity.read, [entity]),
  has_value: ({ read }) => codeOf(`$exists(${read})`, 'boolean'),
  is_state: isState,
  state_attr: attribute,
  is_state_attr: isAttribute,
};

class RunNames implements JinjaNames {
  readonly isPlain = true;
  readonly #names: AutomationNames;

  constructor(names: AutomationNames) {
    this.#names = names;
  }

  named(path: readonly string[]): Named | undefined {
    const whole = path.join('.');
    const { triggers } = this.#names;
    if (whole === 'trigger.to_state.state') return { code: ofStates('trigger.value', triggers), used: 3 };
    if (whole === 'trigger.from_state.state')
      return { code: ofStates('trigger.previous', triggers), used: 3 };
    for (const [root, here] of roots) {
      if (whole === root || whole.startsWith(`${root}.`))
        return { code: codeOf(here), used: root.split('.').length };
    }
    const [first = '', domain, name, state] = path;
    if (first === 'states' && path.length === 4 && state === 'state')
      return { code: this.#state(`${domain}.${name}`), used: 4 };
    return this.#names.variables.has(first) ? { code: codeOf(first), used: 1 } : undefined;
  }

  called(name: string, given: readonly Code[]): Code | undefined {
    const [id, ...rest] = given;
    const write = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (write === undefined || typeof id?.constant !== 'string') return undefined;
    return write(this.#names.entity(id.constant), rest);
  }

  #state(id: string): Code {
    const entity = this.#names.entity(id);
    return ofStates(entity.read, [entity]);
  }
}

const alone = /^\s*\{\{-?((?:(?!\}\}|\{\{)[\s\S])*?)-?\}\}\s*$/;

/** A template that must yield a truth. */
export function condition(template: string, names: AutomationNames): string {
  const run = new RunNames(names);
  const inner = alone.exec(template)?.[1];
  if (inner !== undefined) return translateJinjaExpression(inner, run).text;
  if (!/\{[{%]/.test(template)) return translateJinjaExpression(template, run).text;
  const { text, type } = translateJinja(template, run);
  if (type === 'text') throw new Untranslatable('a condition yields a truth, this template yields text');
  return text;
}

/** Text with templates in it, as text with templates in it. */
export function text(template: string, names: AutomationNames): string {
  const run = new RunNames(names);
  if (hasStatements(template)) return `{{ ${translateJinja(template, run).text} }}`;
  const inner = alone.exec(template)?.[1];
  if (inner !== undefined) return `{{ ${translateJinjaExpression(inner, run).text} }}`;
  return template.replaceAll(
    /\{\{-?([\s\S]*?)-?\}\}/g,
    (_, source: string) => `{{ ${translateJinjaExpression(source, run).text} }}`,
  );
}
