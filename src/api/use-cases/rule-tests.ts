// Use cases about the tests that stand in rule documents.
import type { RuleTestRequest, RuleTestsView, RunTestView } from '../contract.ts';

export interface RuleTestsApi {
  /** In virtual time; nothing of the house is touched. Throws `rule-missing`, `rule-invalid`, `tests-busy`. */
  test(id: string, request: RuleTestRequest): Promise<RuleTestsView>;
  /** A test that does what a run on record did. Throws `run-missing`, `version-missing`, `run-untestable`, `tests-busy`. */
  fromRun(run: string): Promise<RunTestView>;
}
