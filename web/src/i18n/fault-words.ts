// What the server says is wrong, in the language in use: from the code and what the sentence is made of. A code that has no
// sentence here, or comes without what it needs, is said in the server's own words.
import type { TextKey } from './texts.ts';
import type { Say } from './use-words.ts';

type FaultCode = TextKey extends infer Key ? (Key extends `fault.${infer Code}` ? Code : never) : never;
/** With each code what its sentence needs. */
const needs: Readonly<Record<FaultCode, readonly string[]>> = {
  T0410: ['index', 'fn', 'value'],
  T0411: ['index', 'fn', 'value'],
  T0412: ['index', 'fn', 'text'],
  T1003: ['value'],
  T1005: ['token'],
  T1006: ['token'],
  D1001: ['value'],
  D1002: ['value'],
  D1011: [],
  D1012: [],
  'too-slow': [],
  'too-many-bytes': [],
  T2001: ['token', 'value'],
  T2002: ['token', 'value'],
  T2003: ['value'],
  T2004: ['value'],
  T2006: ['value'],
  T2007: ['value', 'value2'],
  T2008: ['value'],
  T2009: ['token', 'value', 'value2'],
  T2010: ['token', 'value'],
  D2014: ['value'],
  D2015: ['value'],
  D3001: ['value'],
  D3010: [],
  D3030: ['value'],
  D3060: ['value'],
  D3061: ['value', 'value2'],
  D3070: [],
  D3100: ['value'],
  D3110: ['value'],
  D3138: [],
  D3139: [],
  D3140: ['fn', 'value'],
  'no-place': [],
  'unknown-device': ['value'],
  'unknown-secret': ['value'],
  'bad-date': ['value'],
  'bad-window': ['value'],
  'bad-instant': ['value'],
  'missing-value': ['source'],
  'too-many-steps': [],
  'unknown-key': ['key', 'known'],
  'unknown-verb': ['key', 'known'],
  'unknown-name': ['token'],
  'unknown-function': ['token'],
  'hidden-name': ['token'],
  'no-trigger': [],
  'may-not-wait': [],
  'several-documents': [],
  'secret-exposed': [],
  'plain-secret': [],
  'needless-within': [],
  'needless-max': [],
  'needless-gap': [],
  'needless-for': [],
  'needless-catch-up': [],
  'needless-braces': [],
  'no-comparison': [],
  'open-template': [],
  'past-not-here': [],
  'missing-rule': ['name'],
  'missing-device': ['name'],
  'missing-device.label': ['name'],
  'unknown-topic': ['filter'],
  'unknown-field': ['name', 'known'],
  'unknown-value': ['name', 'value', 'known'],
  loop: ['way'],
  'conflicting-writers': ['one', 'oneValue', 'oneTopic', 'other', 'otherValue', 'otherTopic'],
  'dead-rule.off': [],
  'dead-rule.shared': [],
  'dead-rule.clients': ['filter'],
  'dead-rule.still': [],
  'dead-rule.excluded': [],
  'dead-rule.never': [],
  'dead-rule.contradiction': ['other'],
};

export const saidFaults: readonly string[] = Object.keys(needs);

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly params?: Readonly<Record<string, string>>;
}

type Params = Readonly<Record<string, string>>;

function isSaid(code: string): code is keyof typeof needs {
  return Object.hasOwn(needs, code);
}

/** The server shows texts and numbers as JSON; of the rest it says what it is. */
function valueIn(say: Say, value: string): string {
  if (value === 'nothing') return say('said.nothing');
  if (value === 'a function') return say('said.function');
  if (value === 'an object') return say('said.object');
  const [, count] = /^an array of (\d+)$/.exec(value) ?? [];
  return count === undefined ? value : say('said.list', { count });
}

function valuesOf(say: Say, { value, value2, token, ...rest }: Params): Params {
  return {
    ...rest,
    ...(value !== undefined && { value: valueIn(say, value) }),
    ...(value2 !== undefined && { value2: valueIn(say, value2) }),
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

export function faultWords(say: Say, { code, message, params = {} }: Fault): string {
  const exact = params['why'] === undefined ? code : `${code}.${params['why']}`;
  if (!isSaid(exact)) return message;
  const values = valuesOf(say, params);
  if (needs[exact].some((name) => values[name] === undefined)) return message;
  return [say(`fault.${exact}`, values), ...restOf(say, code, params)].join(' ');
}

/** A finding of the analysis. */
export function foundWords(say: Say, finding: Omit<Fault, 'message'> & { readonly words: string }): string {
  return faultWords(say, { ...finding, message: finding.words });
}

/** What to do about a finding; of most codes it is a name that was probably meant. */
export function adviceWords(say: Say, code: string, suggestion: string | undefined): string | undefined {
  if (suggestion === undefined) return undefined;
  return code === 'loop' || code === 'conflicting-writers' ? say(`advice.${code}`) : suggestion;
}
