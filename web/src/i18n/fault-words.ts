// What the server says is wrong, in the language in use: from the code and what the sentence is made of. A code that has no
// sentence here, or comes without what it needs, is said in the server's own words.
import { inSequence } from './format.ts';
import { sentenceOf } from './sentence-of.ts';
import type { Say } from './use-words.ts';

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly suggestion?: string | undefined;
}

type Params = Readonly<Record<string, string>>;

/** The server shows texts and numbers as JSON; of the rest it says what it is. */
function valueIn(say: Say, value: string): string {
  if (value === 'nothing') return say('said.nothing');
  if (value === 'a function') return say('said.function');
  if (value === 'an object') return say('said.object');
  const [, count] = /^an array of (\d+)$/.exec(value) ?? [];
  return count === undefined ? value : say('said.list', { count });
}

/** Kinds of values that fit, by their names in schemas. */
function typesIn(say: Say, types: string): string {
  const each = types.split(', ').map((type) => sentenceOf(say, `said.type.${type}`, {}) ?? type);
  return [...new Set(each)].join(say('said.or'));
}

function valuesOf(say: Say, { value, value2, token, types, ...rest }: Params): Params {
  return {
    ...rest,
    ...(value !== undefined && { value: valueIn(say, value) }),
    ...(value2 !== undefined && { value2: valueIn(say, value2) }),
    ...(types !== undefined && { types: typesIn(say, types) }),
    ...(token !== undefined && { token, fn: `$${token}` }),
  };
}

/** Half sentences that a finding may have beside its first. */
function restOf(say: Say, code: string, { delay, guarded, off, unless }: Params): readonly string[] {
  if (code === 'conflicting-writers') return unless === undefined ? [] : [say('said.unless')];
  if (code !== 'loop') return [];
  return [
    ...(delay === undefined ? [] : [say('said.delay', { delay })]),
    ...(guarded === undefined ? [] : [say('said.guarded')]),
    ...(off === undefined ? [] : [say('said.off', { off })]),
  ];
}

/** Beside what was probably meant nobody needs all that is known. */
export function faultWords(say: Say, { code, message, params = {}, suggestion }: Fault): string {
  const values = valuesOf(say, params);
  const why = params['why'] ?? (suggestion === undefined ? undefined : 'meant');
  const exact = why === undefined ? undefined : `${code}.${why}`;
  const sentence =
    (exact === undefined ? undefined : sentenceOf(say, `fault.${exact}`, values)) ??
    sentenceOf(say, `fault.${code}`, values);
  return sentence === undefined ? message : inSequence([sentence, ...restOf(say, code, params)]);
}

/** A finding of the analysis. */
export function foundWords(say: Say, finding: Omit<Fault, 'message'> & { readonly words: string }): string {
  return faultWords(say, { ...finding, message: finding.words });
}

/** What to do about a finding; of most codes it is a name that was probably meant. */
export function adviceWords(say: Say, code: string, suggestion: string | undefined): string | undefined {
  if (suggestion === undefined) return undefined;
  // What to do about text that is no YAML is in its sentence.
  if (code === 'bad-yaml') return undefined;
  return code === 'loop' || code === 'conflicting-writers' ? say(`advice.${code}`) : suggestion;
}
