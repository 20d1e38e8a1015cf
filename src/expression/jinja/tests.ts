// Tests of Jinja (`x is defined`) as JSONata.
import { Untranslatable } from './ast.ts';
import { type Code, exists, rank, value, within } from './code.ts';
import { patternOf } from './patterns.ts';
import type { Writer } from './writer.ts';

type Test = (of: Code, given: readonly Code[], writer: Writer) => Code;

const compared = (of: Code, sign: string, other: string): Code => ({
  text: `${within(of, rank.compare)} ${sign} ${other}`,
  rank: rank.compare,
  type: 'boolean',
});
const ofType =
  (...types: readonly string[]): Test =>
  (of) =>
    types.length === 1
      ? compared(value(`$type(${of.text})`), '=', JSON.stringify(types[0]))
      : compared(value(`$type(${of.text})`), 'in', JSON.stringify(types));
const by =
  (sign: string): Test =>
  (of, [other]) => {
    if (other === undefined) throw new Untranslatable('the test needs a value');
    return compared(of, sign, within(other, rank.compare + 1));
  };
const searched =
  (start: string): Test =>
  (of, [find, ignoresCase], writer) =>
    value(`$contains(${writer.asText(of).text}, ${patternOf(find, ignoresCase, start).text})`, 'boolean');

const tests: Readonly<Record<string, Test>> = {
  defined: (of) => ({ ...value(exists(of), 'boolean'), implies: [exists(of)] }),
  undefined: (of) => value(`$not($exists(${of.text}))`, 'boolean'),
  none: (of) => compared(of, '=', 'null'),
  true: (of) => compared(of, '=', 'true'),
  false: (of) => compared(of, '=', 'false'),
  number: ofType('number', 'boolean'),
  string: ofType('string'),
  boolean: ofType('boolean'),
  mapping: ofType('object'),
  sequence: ofType('array', 'object', 'string'),
  iterable: ofType('array', 'object', 'string'),
  list: ofType('array'),
  even: (of) =>
    compared({ text: `${within(of, rank.multiply)} % 2`, rank: rank.multiply, type: 'number' }, '=', '0'),
  odd: (of) =>
    compared({ text: `${within(of, rank.multiply)} % 2`, rank: rank.multiply, type: 'number' }, '=', '1'),
  eq: by('='),
  equalto: by('='),
  gt: by('>'),
  ge: by('>='),
  lt: by('<'),
  le: by('<='),
  in: by('in'),
  search: searched(''),
  match: searched('^'),
};

export function findTest(name: string): Test | undefined {
  return Object.hasOwn(tests, name) ? tests[name] : undefined;
}
