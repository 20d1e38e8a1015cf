// Every code that an evaluation can fail with, what it says, and the failure that travels inside the evaluator.
import { shownValue } from '../base/index.ts';
import { ExpressionError } from './contract.ts';

/** What is known where something goes wrong; position and token may be added on the way out. */
export interface FailureFacts {
  readonly value?: unknown;
  readonly value2?: unknown;
  readonly index?: number;
  readonly text?: string;
}

/** Thrown inside the evaluator only; `toExpressionError` turns it into what callers see. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly facts: FailureFacts;
  position: number | undefined;
  token: string | undefined;

  constructor(code: FailureCode, facts: FailureFacts = {}, position?: number, token?: string) {
    super(code);
    this.code = code;
    this.facts = facts;
    this.position = position;
    this.token = token;
  }
}

type Say = (facts: FailureFacts, token: string) => string;

/** Words that the expression itself chose. */
const longestWords = 500;

const messages = {
  T0410: ({ index, value }, token) => `argument ${index} of $${token} cannot be ${shownValue(value)}`,
  T0411: ({ index, value }, token) =>
    `$${token} takes the context as argument ${index}, and that is ${shownValue(value)}`,
  T0412: ({ index, text }, token) => `argument ${index} of $${token} must be an array of ${text}`,
  D1001: ({ value }) => `${shownValue(value)} is out of the range of numbers`,
  D1002: ({ value }) => `only a number can be negated, not ${shownValue(value)}`,
  D1004: ({ value }) => `the regular expression ${shownValue(value)} matches text of no length`,
  T1003: ({ value }) => `the key of an object must be text, not ${shownValue(value)}`,
  T1005: (_, token) => `"${token}" is not a function; did you mean $${token}?`,
  T1006: (_, token) => `"${token}" is not a function`,
  T1007: (_, token) => `"${token}" is not a function that lacks arguments; did you mean $${token}?`,
  T1008: (_, token) => `"${token}" is not a function that could lack arguments`,
  T1010: ({ value }) =>
    `a function that finds matches must give {match, start, end, groups, next}, not ${shownValue(value)}`,
  D1009: ({ value }) => `two keys of the object are both ${shownValue(value)}`,
  D1011: () => 'the calls are nested too deep',
  D1012: () => 'the evaluation took too many steps',
  D1013: ({ value }) => `${shownValue(value)} is a reserved key`,
  'too-slow': () => 'the evaluation took too long, within its budget of steps',
  'too-many-bytes': () => 'the evaluation made more text and arrays than it may',
  T2001: ({ value }, token) => `the left side of "${token}" must be a number, it is ${shownValue(value)}`,
  T2002: ({ value }, token) => `the right side of "${token}" must be a number, it is ${shownValue(value)}`,
  T2003: ({ value }) => `the left side of ".." must be a whole number, it is ${shownValue(value)}`,
  T2004: ({ value }) => `the right side of ".." must be a whole number, it is ${shownValue(value)}`,
  T2006: ({ value }) => `the right side of "~>" must be a function, it is ${shownValue(value)}`,
  T2007: ({ value, value2 }) => `${shownValue(value)} and ${shownValue(value2)} cannot be sorted together`,
  T2008: ({ value }) => `only numbers and text can be sorted by, not ${shownValue(value)}`,
  T2009: ({ value, value2 }, token) =>
    `"${token}" needs two numbers or two texts, it has ${shownValue(value)} and ${shownValue(value2)}`,
  T2010: ({ value }, token) => `"${token}" compares numbers or texts, not ${shownValue(value)}`,
  T2011: ({ value }) => `a transform merges an object into each match, not ${shownValue(value)}`,
  T2012: ({ value }) => `a transform deletes fields by one or more names, not by ${shownValue(value)}`,
  T2013: () => 'a transform needs $clone, and that is no function here',
  D2014: ({ value }) => `a range of ${shownValue(value)} numbers is too long`,
  D2015: ({ value }) => `a sequence of ${shownValue(value)} items is too long`,
  D3001: ({ value }) => `${shownValue(value)} has no text`,
  D3010: () => 'the text that $replace looks for is empty',
  D3011: ({ value }) => `the limit of $replace is negative: ${shownValue(value)}`,
  D3012: ({ value }) => `the function given to $replace must give text, not ${shownValue(value)}`,
  D3020: ({ value }) => `the limit of $split is negative: ${shownValue(value)}`,
  D3030: ({ value }) => `${shownValue(value)} cannot be made a number`,
  D3040: ({ value }) => `the limit of $match is negative: ${shownValue(value)}`,
  D3050: () => 'the function given to $reduce must take at least two arguments',
  D3060: ({ value }) => `a negative number has no square root: ${shownValue(value)}`,
  D3061: ({ value, value2 }) => `${shownValue(value)} to the power of ${shownValue(value2)} is out of range`,
  D3070: () => 'without a comparing function $sort takes only numbers or only texts',
  D3080: ({ value }) => `the picture ${shownValue(value)} has more than two parts`,
  D3081: ({ value }) => `the picture ${shownValue(value)} has more than one decimal separator`,
  D3082: ({ value }) => `the picture ${shownValue(value)} has more than one percent sign`,
  D3083: ({ value }) => `the picture ${shownValue(value)} has more than one per mille sign`,
  D3084: ({ value }) => `the picture ${shownValue(value)} has both percent and per mille`,
  D3085: ({ value }) => `the picture ${shownValue(value)} has no digit`,
  D3086: ({ value }) => `the picture ${shownValue(value)} has other text between its digits`,
  D3087: ({ value }) =>
    `the picture ${shownValue(value)} has a grouping separator beside the decimal separator`,
  D3088: ({ value }) => `the whole part of the picture ${shownValue(value)} ends with a grouping separator`,
  D3089: ({ value }) => `the picture ${shownValue(value)} has two grouping separators side by side`,
  D3090: ({ value }) =>
    `the picture ${shownValue(value)} has an optional digit after a digit before the point`,
  D3091: ({ value }) =>
    `the picture ${shownValue(value)} has a digit after an optional digit behind the point`,
  D3092: ({ value }) => `the picture ${shownValue(value)} has both an exponent and percent or per mille`,
  D3093: ({ value }) => `the exponent of the picture ${shownValue(value)} must be digits`,
  D3100: ({ value }) => `the base of $formatBase must be 2 to 36, not ${shownValue(value)}`,
  D3110: ({ value }) => `${shownValue(value)} is no ISO 8601 time`,
  D3120: ({ text }) => `the text given to $eval is no expression: ${text}`,
  D3121: ({ text }) => `the expression given to $eval failed: ${text}`,
  D3130: ({ value }) => `there are no numbers like ${shownValue(value)}`,
  D3131: () => 'the digits of a picture must be of one script',
  D3132: ({ value }) => `${shownValue(value)} is no component of a date or time`,
  D3133: ({ value }) => `only months and days have names, not ${shownValue(value)}`,
  D3134: () => 'the offset of a time zone has one to four digits',
  D3135: ({ value }) => `the picture ${shownValue(value)} has a [ without its ]`,
  D3136: () => 'a component between the given ones is missing, or weeks are given',
  D3137: ({ text }) => text?.slice(0, longestWords) ?? 'the expression called $error',
  D3138: () => '$single found more than one match',
  D3139: () => '$single found no match',
  D3140: ({ value }, token) => `$${token} cannot handle ${shownValue(value)}`,
  D3141: ({ text }) => text?.slice(0, longestWords) ?? 'an assertion did not hold',
  'slow-picture': () =>
    'this picture would take too long to read text with; put separators between its components',
  'text-too-long': ({ value, value2 }) =>
    `a text of ${shownValue(value)} characters is too long for this regular expression, which takes ${shownValue(value2)}`,
  'bad-filter': ({ text }) => text?.slice(0, longestWords) ?? 'not a topic filter',
  'bad-date': ({ value }) => `${shownValue(value)} is no date; write "YYYY-MM-DD"`,
  'bad-window': ({ value }) =>
    `${shownValue(value)} is no window; write "15m", "today", "yesterday" or [from, to] in milliseconds`,
  'bad-instant': ({ value }) => `${shownValue(value)} is no instant of the past; write "-1h" or milliseconds`,
  'no-place': () => 'nobody said where the home is: set place.latitude and place.longitude',
  'unknown-secret': ({ value }) => `there is no secret ${shownValue(value)}`,
  'unknown-device': ({ value }) => `there is no device ${shownValue(value)}`,
} satisfies Record<string, Say>;

export type FailureCode = keyof typeof messages;

/** Every code of the room, for the generated tables and their test. */
export const failureCodes: readonly string[] = Object.keys(messages);

const tables: Readonly<Record<FailureCode, Say>> = messages;

function paramsOf({ value, value2, index, text }: FailureFacts, token: string | undefined) {
  return {
    value: shownValue(value),
    ...(value2 !== undefined && { value2: shownValue(value2) }),
    ...(index !== undefined && { index: String(index) }),
    ...(text !== undefined && { text: text.slice(0, longestWords) }),
    ...(token !== undefined && { token }),
  };
}

/** Undefined when it was no failure of the expression but a fault of the program. */
export function toExpressionError(thrown: unknown): ExpressionError | undefined {
  if (thrown instanceof ExpressionError) return thrown;
  if (thrown instanceof Failure) {
    const { code, facts, position = 0, token } = thrown;
    const details = facts.value === undefined ? {} : { value: shownValue(facts.value) };
    const at = { position, token, params: paramsOf(facts, token) };
    return new ExpressionError(code, tables[code](facts, token ?? ''), at, { details });
  }
  if (thrown instanceof RangeError && thrown.message.includes('call stack'))
    return new ExpressionError('D1011', tables.D1011({}, ''), { position: 0 }, { cause: thrown });
  return undefined;
}
