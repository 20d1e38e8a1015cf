// A part of a template as JSONata: its text, how tightly it binds, and what kind of value it surely is.

export type JinjaType = 'number' | 'text' | 'boolean' | 'null' | 'list' | 'object' | 'any';

export interface Code {
  readonly text: string;
  /** How tightly it binds; what binds less is put in parentheses. */
  readonly rank: number;
  readonly type: JinjaType;
  /** What is written out in the template. */
  readonly constant?: string | number | boolean | null;
  /** The parts of a list that is written out. */
  readonly items?: readonly Code[];
  /** It is missing when anything that it is made of is. */
  readonly spreads?: boolean;
  /** Only names: `payload.a.b`. */
  readonly isPath?: boolean;
  /** What must hold for it to have fields; absent: that it exists. */
  readonly needs?: string;
  /** What is known where it is true. */
  readonly implies?: readonly string[];
  /** Whose state it is: words compared with it are first turned, by this, into code of what they are here. */
  readonly words?: (word: string) => string;
}

export const rank = { choice: 1, or: 2, and: 3, compare: 4, add: 5, multiply: 6, value: 9 } as const;

export const value = (text: string, type: JinjaType = 'any'): Code => ({ text, rank: rank.value, type });
export const within = ({ text, rank: own }: Code, outer: number): string =>
  own < outer ? `(${text})` : text;
export const written = (text: string): Code => ({
  ...value(JSON.stringify(text), 'text'),
  constant: text,
});

export const exists = (code: Code): string => `$exists(${code.text})`;

/** Names alone. */
export function pathOf(text: string, type: JinjaType = 'any'): Code {
  return { ...value(text, type), isPath: true, spreads: true, implies: [`$exists(${text})`] };
}

/** `object.name`, with backquotes where the name needs them. Undefined: it cannot be written. */
export function fieldOf(object: Code, name: string): Code | undefined {
  const quoted = /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name) ? name : `\`${name}\``;
  if (name.includes('`') || name === '') return undefined;
  // a text that begins a path would be the name of a field
  const whole = object.constant === undefined ? within(object, rank.value) : `(${object.text})`;
  const field = value(`${whole}.${quoted}`);
  return object.isPath === true ? pathOf(field.text) : field;
}

const reserved: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** Truth as Python has it, for the left of `?`. */
export function conditionOf(code: Code): string {
  return within(code, rank.or);
}

/** A boolean in any place. */
export function truthOf(code: Code): Code {
  if (code.type === 'boolean') return code;
  return { text: `${conditionOf(code)} ? true : false`, rank: rank.choice, type: 'boolean' };
}
