// What a schema found wrong with a value, in pieces, for who says it in another language. Knows the shape of zod's issues,
// which have their `input` when they were asked for with `reportInput`.
import type { ErrorParams } from './errors.ts';
import { shownValue } from './shown.ts';

export interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
  readonly expected?: string;
  readonly values?: readonly unknown[];
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly format?: string;
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

function isType(issue: SchemaIssue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_type';
}

function isChoice(issue: SchemaIssue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_value';
}

/** Of a union: its types or choices together, otherwise what is wrong with the first branch that fits half. */
function unionParams({ errors = [], input }: SchemaIssue): ErrorParams {
  const issues = errors.flat();
  const value = shownValue(input);
  if (issues.every(isType)) return typeParams(issues.map(({ expected = '' }) => expected).join(', '), input);
  if (issues.every(isChoice))
    return {
      why: 'choice',
      value,
      known: issues.flatMap(({ values = [] }) => values.map(String)).join(', '),
    };
  const nearest = issues.find((issue) => !isType(issue) && !isChoice(issue));
  return nearest === undefined ? { why: 'other', value } : issueParams(nearest);
}

/** A text that YAML read as a number or as true or false only lacks its quotes. */
function typeParams(expected: string, input: unknown): ErrorParams {
  const takesText = expected.split(', ').includes('string');
  const isUnquoted = takesText && (typeof input === 'number' || typeof input === 'boolean');
  return { why: isUnquoted ? 'quotes' : 'type', types: expected, value: shownValue(input) };
}

/** `why` tells which sentence it is, the others stand in it. */
export function issueParams(issue: SchemaIssue): ErrorParams {
  const { code, path, input, expected = '', values = [], origin = '', minimum, maximum, format = '' } = issue;
  const key = String(path.at(-1) ?? '');
  const value = shownValue(input);
  if (input === undefined && key !== '' && code !== 'unrecognized_keys' && code !== 'custom')
    return { why: 'missing', key };
  switch (code) {
    case 'invalid_type':
      return typeParams(expected, input);
    case 'invalid_value':
      return { why: 'choice', value, known: values.map(String).join(', ') };
    case 'too_small':
      return { why: `least-${origin}`, value, limit: String(minimum) };
    case 'too_big':
      return { why: `most-${origin}`, value, limit: String(maximum) };
    case 'invalid_format':
      return { why: 'format', value, format };
    case 'invalid_union':
      return unionParams(issue);
    default:
      return { why: 'other', value };
  }
}
