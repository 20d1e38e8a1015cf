// Results of rule tests as JUnit XML, for the machines that run other tests, too.
import type { RuleTestsView } from '../../../api/index.ts';

/** A document with errors, whose tests nobody could play. */
export interface UnreadSuite {
  readonly from: string;
  /** One for each problem. */
  readonly lines: readonly string[];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
/** XML 1.0 has no place for them, escaped or not. */
const unspeakable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text.replace(unspeakable, '\uFFFD').replace(/[&<>"]/g, (found) => entities[found] ?? found);
}

function unreadLines({ from, lines: [first = '', ...more] }: UnreadSuite): string[] {
  const name = escaped(from);
  return [
    `  <testsuite name="${name}" tests="1" errors="1">`,
    `    <testcase classname="${name}" name="document">`,
    `      <error message="${escaped(first)}">${escaped([first, ...more].join('\n'))}</error>`,
    '    </testcase>',
    '  </testsuite>',
  ];
}

/** `reportOf`: the lines of a failed test, without the one that names it. */
export function junitOf(
  suites: readonly RuleTestsView[],
  unread: readonly UnreadSuite[],
  reportOf: (test: RuleTestsView['tests'][number]) => readonly string[],
): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>'];
  for (const { rule, tests, failed } of suites) {
    lines.push(`  <testsuite name="${escaped(rule)}" tests="${tests.length}" failures="${failed}">`);
    for (const test of tests) {
      const head = `    <testcase classname="${escaped(rule)}" name="${escaped(test.name)}"`;
      const [first = ''] = test.failures.map(({ time, what }) => `${what} at ${time}`);
      const text = escaped(reportOf(test).join('\n'));
      lines.push(
        ...(test.passed
          ? [`${head}/>`]
          : [`${head}>`, `      <failure message="${escaped(first)}">${text}</failure>`, '    </testcase>']),
      );
    }
    lines.push('  </testsuite>');
  }
  return [...lines, ...unread.flatMap(unreadLines), '</testsuites>', ''].join('\n');
}
