// Methods of texts and objects of Python (`value.split(',')`) as JSONata.
import { Untranslatable } from './ast.ts';
import { type Code, value } from './code.ts';
import { findFilter } from './filters.ts';
import { formattedByBraces } from './formats.ts';
import type { Writer } from './writer.ts';

type Method = (of: Code, given: readonly Code[], writer: Writer) => Code;

/** Those that do what a filter does. */
const asFilters: Readonly<Record<string, string>> = {
  ...{ lower: 'lower', upper: 'upper', strip: 'trim', capitalize: 'capitalize' },
  ...{ replace: 'replace', split: 'split' },
};

function edge(of: Code, given: readonly Code[], isStart: boolean): Code {
  const [wanted] = given;
  if (typeof wanted?.constant !== 'string') throw new Untranslatable('the text must be written out');
  const { length } = wanted.constant;
  const part = isStart ? `0, ${length}` : `-${length}`;
  return value(`($substring(${of.text}, ${part}) = ${wanted.text})`, 'boolean');
}

function got(of: Code, [key, fallback]: readonly Code[], writer: Writer): Code {
  writer.require(of);
  if (key === undefined) throw new Untranslatable('"get" takes a key');
  const found = `$lookup(${of.text}, ${key.text})`;
  return value(`($exists(${found}) ? ${found} : ${fallback?.text ?? 'null'})`);
}

const methods: Readonly<Record<string, Method>> = {
  startswith: (of, given) => edge(of, given, true),
  endswith: (of, given) => edge(of, given, false),
  get: got,
  format: (of, given) => formattedByBraces(of, given),
  isdigit: (of) => value(`$contains(${of.text}, /^[0-9]+$/)`, 'boolean'),
  isnumeric: (of) => value(`$contains(${of.text}, /^[0-9]+$/)`, 'boolean'),
};

export function findMethod(name: string): Method | undefined {
  if (Object.hasOwn(methods, name)) return methods[name];
  const filter = Object.hasOwn(asFilters, name) ? asFilters[name] : undefined;
  return filter === undefined ? undefined : findFilter(filter)?.write;
}
