// The shapes about tests that stand in rule documents.
import type { TestFailure, TestResult } from '../../rules/index.ts';

export type TestFailureView = TestFailure;

export type TestResultView = TestResult;

/** `POST /rules/{id}/test` */
export interface RuleTestRequest {
  /** A draft in place of the version in force. */
  readonly source?: string;
}

/** What came of the tests of one rule. */
export interface RuleTestsView {
  readonly rule: string;
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly TestResultView[];
}
