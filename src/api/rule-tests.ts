// Plays the tests of rules: on demand, and before a rule is saved. One rule after the other, in small slices, so that the
// house is not held up; nothing of it is touched.
import type { Clock } from '../base/index.ts';
import {
  type CheckedText,
  checkText,
  type HomeSettings,
  Pace,
  playTests,
  reportOf,
  type TestResult,
  textWithTest,
} from '../rules/index.ts';
import type { ProblemView } from './contract/general.ts';
import type { RuleTestRequest, RuleTestsView, RunTestView } from './contract.ts';
import { fail } from './errors.ts';
import type { RecordedTests } from './recorded-tests.ts';
import { invalid } from './rule-faults.ts';
import type { RuleTestsApi } from './use-cases/rule-tests.ts';

export interface RuleTestsHouse {
  readonly home: HomeSettings;
  readonly clock: Clock;
  /** The text of the version in force. Throws `rule-missing`. */
  sourceOf(id: string): string;
  /** Likewise, with its version; undefined when the rule is gone. */
  findText(id: string): { readonly version: number; readonly source: string } | undefined;
  readonly recorded: Pick<RecordedTests, 'of'>;
}

/** Rules whose tests wait for others. */
const mostWaiting = 20;

export class RuleTests implements RuleTestsApi {
  readonly #house: RuleTestsHouse;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(house: RuleTestsHouse) {
    this.#house = house;
  }

  async test(id: string, { source }: RuleTestRequest): Promise<RuleTestsView> {
    const checked = checkText(source ?? this.#house.sourceOf(id), { version: 0, home: this.#house.home });
    if (checked.rule === undefined) throw invalid(checked.problems);
    if (checked.rule.id !== id)
      throw fail('id-mismatch', `the address says "${id}", the document says "${checked.rule.id}"`);
    return viewOf(id, await this.#play(checked));
  }

  async fromRun(run: string): Promise<RunTestView> {
    const { recorded, clock } = this.#house;
    const view = await this.#inTurn(() => recorded.of(run, new Pace(clock)));
    const text = this.#house.findText(view.rule);
    const source = text && textWithTest(text.source, view.yaml);
    return text && source !== undefined ? { ...view, added: { version: text.version, source } } : view;
  }

  /** Before a save. Throws `tests-failed` with the failures as problems of the document. */
  async demand(checked: CheckedText): Promise<void> {
    const results = await this.#play(checked);
    const failed = results.filter(({ passed }) => !passed);
    if (failed.length === 0) return;
    const message = `${failed.length} of ${results.length} tests failed; force saves the rule all the same`;
    const problems = failed.flatMap((result) => problemsOf(result, checked));
    throw fail('tests-failed', message, { details: { problems } });
  }

  async #play({ rule, tests }: CheckedText): Promise<readonly TestResult[]> {
    if (rule === undefined) return [];
    const { home, clock } = this.#house;
    return this.#inTurn(() => playTests({ rule, tests, home, pace: new Pace(clock) }));
  }

  #inTurn<Result>(play: () => Promise<Result>): Promise<Result> {
    if (this.#waiting >= mostWaiting)
      throw fail('tests-busy', `the tests of ${mostWaiting} rules wait already`);
    this.#waiting++;
    const played = this.#last.then(play);
    this.#last = played.then(
      () => undefined,
      () => undefined,
    );
    return played.finally(() => this.#waiting--);
  }
}

function viewOf(rule: string, tests: readonly TestResult[]): RuleTestsView {
  const passed = tests.filter((each) => each.passed).length;
  return { rule, passed, failed: tests.length - passed, tests };
}

/** One for each failure, at its place in the text. */
function problemsOf(result: TestResult, { locate }: CheckedText): readonly ProblemView[] {
  return result.failures.map((failure) => {
    const [, ...lines] = reportOf([{ ...result, failures: [failure] }]);
    const message = [`"${result.name}"`, ...lines.map((line) => line.trim())].join('; ');
    return locate({ path: failure.path, code: 'test-failed', message });
  });
}

/** Lines for people. */
export function testReportOf(tests: readonly TestResult[]): readonly string[] {
  return reportOf(tests);
}

/** As of a house in this machine's time zone; for `homerule rule test FILE`. */
export async function testRuleTexts(
  texts: readonly string[],
  clock: Clock,
): Promise<readonly { readonly tests?: RuleTestsView; readonly problems: readonly ProblemView[] }[]> {
  const home = {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    place: { latitude: 0, longitude: 0 },
  };
  const views = [];
  for (const text of texts) {
    const { rule, tests, problems } = checkText(text, { version: 0, home });
    if (rule === undefined) views.push({ problems });
    else {
      const results = await playTests({ rule, tests, home, pace: new Pace(clock) });
      views.push({ tests: viewOf(rule.id, results), problems });
    }
  }
  return views;
}
