// A rule that a topic can wake, and by which of its triggers.
import type { TopicPattern } from '../model/topic-pattern.ts';
import type { TopicSource, Trigger } from '../triggers/kind.ts';
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
