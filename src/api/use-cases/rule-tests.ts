// Use cases about the tests that stand in rule documents.
import type { RuleTestRequest, RuleTestsView } from '../contract.ts';

export interface RuleTestsApi {
  /** In virtual time; nothing of the house is touched. Throws `rule-missing`, `rule-invalid`, `tests-busy`. */
  test(id: string, request: RuleTestRequest): Promise<RuleTestsView>;
}
