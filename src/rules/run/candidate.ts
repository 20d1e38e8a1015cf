// A rule that a topic can wake, and by which of its triggers.
import type { Reads } from '../compile/reads.ts';
import type { TopicPattern } from '../model/topic-pattern.ts';
import type { ConditionSource, TopicSource, Trigger } from '../triggers/kind.ts';
import type { RuleState } from './rule-state.ts';

export interface TopicEntry {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly source: TopicSource;
  readonly pattern: TopicPattern;
}

/** The entries of one rule that match a topic, in order of trigger. */
export interface Candidate {
  readonly state: RuleState;
  readonly entries: readonly TopicEntry[];
}

/** A trigger that watches a condition. */
export interface ConditionEntry {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly source: ConditionSource;
  readonly reads: Reads;
}
