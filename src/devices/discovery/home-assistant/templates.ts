// Readings and writings from the templates of a discovery message. A template alone stays an expression that people can
// look at; one whose value is converted behind it, or that is given other names, is a function around it.
import { messageOf } from '../../../base/index.ts';
import {
  type Code,
  codeOf,
  compileExpression,
  emptyHome,
  type JinjaNames,
  translateJinja,
  Untranslatable,
} from '../../../expression/index.ts';
import type { CommandWish, Reading, Writing } from '../../model/description.ts';

export type Convert = (value: unknown) => unknown;

const readingNames = ['topic', 'payload', 'raw'];
/** What a template was given, and what it is in the expression. */
const readings: JinjaNames = {
  named: ([first]) => {
    if (first === 'value') return { code: codeOf('raw', 'text'), used: 1 };
    if (first === 'topic') return { code: codeOf('topic', 'text'), used: 1 };
    if (first !== 'value_json') return undefined;
    return { code: { ...codeOf('payload'), needs: '$type(payload) != "string"' }, used: 1 };
  },
};

function namesOf(names: readonly string[]): JinjaNames {
  return {
    named: ([first]) =>
      first !== undefined && names.includes(first) ? { code: codeOf(first), used: 1 } : undefined,
  };
}

/** Throws `Untranslatable`. */
function translated(template: string, names: JinjaNames): Code {
  const code = translateJinja(template, names);
  const { expression } = compileExpression(code.text);
  // a reading has no clock: the same message must always say the same
  if (expression?.dependencies.clock !== undefined)
    throw new Untranslatable('a time of day has no counterpart in a reading');
  return code;
}

type Evaluate = (values: readonly unknown[]) => unknown;

function evaluator(source: string, names: readonly string[]): Evaluate {
  const { expression, problems } = compileExpression(source, { names, secrets: 'refused' });
  if (expression === undefined) throw new Untranslatable(problems[0]?.message ?? messageOf(source));
  const scope = { read: () => undefined, at: 0, home: emptyHome, seed: 0 };
  return (values) => expression.evaluate({ ...scope, values: [...values] });
}

/** One template in our words; compiled when somebody needs more than its text. */
class Translation {
  readonly text: string;
  readonly #names: readonly string[];
  #evaluate: Evaluate | undefined;

  constructor(text: string, names: readonly string[]) {
    this.text = text;
    this.#names = names;
  }

  get evaluate(): Evaluate {
    this.#evaluate ??= evaluator(this.text, this.#names);
    return this.#evaluate;
  }
}

/** Translations kept at the most; beyond, all are forgotten and made anew as they are used. */
const mostKept = 10_000;

/** The templates of all messages: a thousand devices of a kind share a few dozen, and each is translated once. */
export class Templates {
  readonly #kept = new Map<string, Translation | Untranslatable>();

  /** Undefined: the payload itself. `convert` is given the template's value, or the payload as text. */
  readingOf(template: string | undefined, convert?: Convert): Reading | undefined {
    if (template === undefined) return convert && (({ raw }) => convert(raw));
    const { text, evaluate } = this.#translation(template, readingNames, readings);
    if (convert === undefined) return text;
    return ({ topic, payload, raw }) => {
      const value = evaluate([topic, payload, raw]);
      return value === undefined ? undefined : convert(value);
    };
  }

  /** Undefined: the wanted value itself. */
  writingOf(template: string | undefined, convert?: Convert): Writing | undefined {
    if (template === undefined) return convert && (({ value }) => convert(value));
    const { text, evaluate } = this.#translation(template, ['value'], namesOf(['value']));
    return convert === undefined ? text : ({ value }) => evaluate([convert(value)]);
  }

  /** A template that is given several names. */
  writingWith(
    template: string,
    names: readonly string[],
    given: (wish: CommandWish) => Readonly<Record<string, unknown>>,
  ): Writing {
    const { evaluate } = this.#translation(template, names, namesOf(names));
    return (wish) => {
      const values = given(wish);
      return evaluate(names.map((name) => values[name]));
    };
  }

  /** Throws `Untranslatable`. */
  #translation(template: string, names: readonly string[], known: JinjaNames): Translation {
    const key = `${names.join(' ')}\n${template}`;
    const kept =
      this.#kept.get(key) ?? attempt(() => new Translation(translated(template, known).text, names));
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(key, kept);
    if (kept instanceof Untranslatable) throw kept;
    return kept;
  }
}

function attempt<Made>(make: () => Made): Made | Untranslatable {
  try {
    return make();
  } catch (error) {
    if (error instanceof Untranslatable) return error;
    throw error;
  }
}
