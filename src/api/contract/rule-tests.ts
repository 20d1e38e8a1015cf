// The shapes about tests that stand in rule documents.
import type { TestFailure, TestResult } from '../../rules/index.ts';

export type TestFailureView = TestFailure;

export type TestResultView = TestResult;

/** `POST /rules/{id}/test` */
export interface RuleTestRequest {
  /** A draft in place of the version in force. */
  readonly source?: string;
}

/** `GET /runs/{id}/as-test` */
export interface RunTestView {
  readonly run: string;
  readonly rule: string;
  readonly version: number;
  /** Of the test. */
  readonly name: string;
  /** One item for the rule's `tests:`. */
  readonly yaml: string;
  /** Played against the version that ran, the test does the same as the run. */
  readonly passes: boolean;
  /** Why not, for people; empty when it passes. */
  readonly report: readonly string[];
  /** Why the state that the test begins with may not be what it was: see the journal's gaps. */
  readonly incomplete: readonly string[];
  /** The rule with it: saving this text adds the test, where that version is still in force. Absent: the rule is gone. */
  readonly added?: { readonly version: number; readonly source: string };
}

/** What came of the tests of one rule. */
export interface RuleTestsView {
  readonly rule: string;
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly TestResultView[];
}
