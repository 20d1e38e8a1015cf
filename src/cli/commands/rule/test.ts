// `homerule rule test`: plays the tests of rule documents here, where no house needs to run, or those of a rule of the
// running house.
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ProblemView, RuleTestsView } from '../../../api/index.ts';
import { messageOf } from '../../../base/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson, remark } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { problemLine } from '../../problems.ts';
import { junitOf, type UnreadSuite } from './junit.ts';
import { isFile, readRuleTexts } from './rule-files.ts';
import { testOfRun } from './test-of-run.ts';

interface Tested {
  /** File or id, as it was given. */
  readonly from: string;
  /** Absent where the document has errors. */
  readonly tests?: RuleTestsView;
  readonly problems: readonly ProblemView[];
  readonly firstLine: number;
}

const options = z.looseObject({
  junit: z.string().optional(),
  fromRun: z.string().optional(),
  add: z.boolean().default(false),
});

async function testFiles(call: ApiCall, files: readonly string[]): Promise<Tested[]> {
  const { testRuleTexts } = await import('../../../api/index.ts');
  const texts = await readRuleTexts(call, files);
  const views = await testRuleTexts(
    texts.map(({ text }) => text),
    call.clock,
  );
  return texts.flatMap(({ file, firstLine }, index) => {
    const view = views[index];
    return view === undefined ? [] : [{ from: file, firstLine, ...view }];
  });
}

async function testRules({ client }: ApiCall, ids: readonly string[]): Promise<Tested[]> {
  const tested: Tested[] = [];
  for (const id of ids) {
    const path = `/rules/${segment(id)}/test`;
    const tests = await client.request<RuleTestsView>(path, { method: 'POST', json: {} });
    tested.push({ from: id, tests, problems: [], firstLine: 1 });
  }
  return tested;
}

async function printTested(call: ApiCall, tested: readonly Tested[]): Promise<void> {
  const { testReportOf } = await import('../../../api/index.ts');
  for (const { from, tests, problems, firstLine } of tested) {
    for (const problem of problems) remark(call, `${from}: ${problemLine(problem, firstLine)}`);
    if (tests === undefined) continue;
    print(call, tests.tests.length === 0 ? `${tests.rule}: no tests` : tests.rule);
    for (const line of testReportOf(tests.tests)) print(call, `  ${line}`);
  }
  const all = tested.flatMap(({ tests }) => tests ?? []);
  const [passed, failed] = [sumOf(all, 'passed'), sumOf(all, 'failed')];
  const unread = tested.length - all.length;
  const more = unread === 0 ? '' : `, ${unread} not read`;
  print(call, `${passed} passed, ${failed} failed${more}`);
}

function sumOf(all: readonly RuleTestsView[], what: 'passed' | 'failed'): number {
  return all.reduce((sum, each) => sum + each[what], 0);
}

function unreadOf({ from, problems, firstLine }: Tested): UnreadSuite {
  return { from, lines: problems.map((problem) => problemLine(problem, firstLine)) };
}

async function writeJunit(file: string, tested: readonly Tested[]): Promise<void> {
  const { testReportOf } = await import('../../../api/index.ts');
  const xml = junitOf(
    tested.flatMap(({ tests }) => tests ?? []),
    tested.filter(({ tests }) => tests === undefined).map(unreadOf),
    (test) => testReportOf([test]).slice(1),
  );
  try {
    await writeFile(file, xml);
  } catch (error) {
    throw fail('bad-input', `${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

async function test(call: ApiCall): Promise<number> {
  const { junit, fromRun, add } = options.parse(call.options);
  if (fromRun !== undefined) return testOfRun(call, { run: fromRun, isAdded: add });
  if (add) throw fail('wrong-usage', '--add goes with --from-run');
  const tested = [
    ...(await testFiles(call, call.args.filter(isFile))),
    ...(await testRules(
      call,
      call.args.filter((name) => !isFile(name)),
    )),
  ];
  if (call.isJson)
    printJson(
      call,
      tested.map(({ firstLine: _line, ...each }) => each),
    );
  else await printTested(call, tested);
  if (junit !== undefined) await writeJunit(junit, tested);
  const isGood = tested.every(({ tests }) => tests !== undefined && tests.failed === 0);
  return isGood ? exitCodes.ok : exitCodes.failed;
}

export const testCommand = apiCommand({
  name: 'rule test',
  about: 'play the tests of rule documents (- is the standard input), or of rules of the running house',
  example: 'homerule rule test data/example/rules/*.yaml --junit results.xml',
  declare: (command) =>
    void command
      .argument('<file-or-id...>', 'what holds a dot or a slash is a file')
      .option('--junit <file>', 'write the results as JUnit XML, too')
      .option('--from-run <run>', 'print a test that does what this run of the rule did')
      .option('--add', 'with --from-run: save the rule with that test'),
  run: test,
});
