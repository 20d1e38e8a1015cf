// The bindings of rules.md section 1 "Names": every one a field of the root and also `$name`, each with a slot.

/** What a wake-up binds at the root, beside `trigger` that holds them all. Order is the slot order. */
const triggerNames = [
  'index',
  'verb',
  'id',
  'topic',
  'levels',
  'params',
  'payload',
  'raw',
  'qos',
  'retain',
  'client',
  'origin',
  'at',
  'previous',
  'value',
  'device',
  'late',
  'properties',
] as const;

/** Bound later in a run. `wait http flow repeat` come with their actions; the names are taken already. */
const runNames = ['trigger', 'run', 'steps', 'error', 'wait', 'http', 'flow', 'repeat'] as const;

export const bindingNames: readonly string[] = [...triggerNames, ...runNames];

const reserved = new Set(bindingNames);
const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Why `name` cannot be a variable, or undefined. */
export function variableFault(name: string): string | undefined {
  if (reserved.has(name)) return `"${name}" is what woke the rule; a variable may not hide it`;
  if (!identifier.test(name) || name === '__proto__')
    return `"${name}" is not a name: letters, digits and _ only, no digit first`;
  return ['and', 'or', 'in', 'true', 'false', 'null', 'function'].includes(name)
    ? `"${name}" is a word of JSONata`
    : undefined;
}

/** Why `{name}` cannot stand in a topic filter, or undefined. */
export function paramFault(name: string): string | undefined {
  return identifier.test(name) && name !== '__proto__'
    ? undefined
    : `{${name}} is not a name: letters, digits and _ only`;
}

/** Slots of one rule: the bindings, then its variables in order of appearance. */
export class NameTable {
  readonly #slots = new Map<string, number>();
  readonly names: readonly string[];
  readonly variables: readonly string[];

  constructor(variables: Iterable<string>) {
    for (const name of bindingNames) this.#slots.set(name, this.#slots.size);
    for (const name of variables) if (!this.#slots.has(name)) this.#slots.set(name, this.#slots.size);
    this.names = [...this.#slots.keys()];
    this.variables = this.names.slice(bindingNames.length);
  }

  get size(): number {
    return this.#slots.size;
  }

  /** -1 when there is no such name. */
  slotOf(name: string): number {
    return this.#slots.get(name) ?? -1;
  }
}
