// What came of tests, for people: one line for each, and below a failed one what was expected, what came, when, and why
// the rule did not run.
import type { DecidingClause } from '../../expression/index.ts';
import type { TraceExpression } from '../trace/trace.ts';
import type { TestFailure, TestResult, Unrun } from './play.ts';

const longestText = 500;

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

function clauseText({
  source,
  missing = [],
  operator,
  left,
  right,
  distance,
  value,
}: DecidingClause): string {
  if (missing.length > 0) return `${source}: ${missing.join(', ')} missing`;
  if (operator === undefined) return `${source} was ${textOf(value)}`;
  const far = distance === undefined ? '' : `, ${distance} away`;
  return `${source} was ${textOf(left)} ${operator} ${textOf(right)}${far}`;
}

function conditionText({ path, source, decided = [], error }: TraceExpression): string {
  if (error !== undefined) return `${path}: ${error.code}: ${error.message}`;
  return `${path}: ${decided.length === 0 ? source : decided.map(clauseText).join('; ')}`;
}

function unrunText({ status, reason, topic, error, conditions }: Unrun): string {
  const head = [status, reason].filter(Boolean).join(' ');
  const by = topic === undefined ? '' : ` (woken by ${topic})`;
  const why = error === undefined ? conditions.map(conditionText) : [`${error.code}: ${error.message}`];
  return `      did not run${by}: ${[head, ...why].join(': ')}`;
}

function failureLines({ path, time, what, expected, came, unrun, isUnwoken }: TestFailure): string[] {
  return [
    `    at ${time}, ${path}: ${what}`,
    `      expected ${textOf(expected)}`,
    `      came     ${textOf(came)}`,
    ...unrun.map(unrunText),
    ...(isUnwoken ? ['      nothing woke the rule'] : []),
  ];
}

export function reportOf(results: readonly TestResult[]): readonly string[] {
  return results.flatMap(({ name, passed, failures }) => [
    `${passed ? '✓' : '✗'} ${name}`,
    ...failures.flatMap(failureLines),
  ]);
}
