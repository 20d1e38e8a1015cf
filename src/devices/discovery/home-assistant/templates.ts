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

/** Undefined: the payload itself. `convert` is given the template's value, or the payload as text. */
export function readingOf(template: string | undefined, convert?: Convert): Reading | undefined {
  if (template === undefined) return convert && (({ raw }) => convert(raw));
  const { text } = translated(template, readings);
  if (convert === undefined) return text;
  const evaluate = evaluator(text, readingNames);
  return ({ topic, payload, raw }) => {
    const value = evaluate([topic, payload, raw]);
    return value === undefined ? undefined : convert(value);
  };
}

/** Undefined: the wanted value itself. */
export function writingOf(template: string | undefined, convert?: Convert): Writing | undefined {
  if (template === undefined) return convert && (({ value }) => convert(value));
  const { text } = translated(template, namesOf(['value']));
  if (convert === undefined) return text;
  const evaluate = evaluator(text, ['value']);
  return ({ value }) => evaluate([convert(value)]);
}

/** A template that is given several names. */
export function writingWith(
  template: string,
  names: readonly string[],
  given: (wish: CommandWish) => Readonly<Record<string, unknown>>,
): Writing {
  const evaluate = evaluator(translated(template, namesOf(names)).text, names);
  return (wish) => {
    const values = given(wish);
    return evaluate(names.map((name) => values[name]));
  };
}
