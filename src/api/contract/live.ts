// The language of `WS /api/v1/live`.
import type { Timestamp } from '../../base/index.ts';
import type { DeviceView } from './devices.ts';
import type { FlowCallView } from './flow-calls.ts';
import type { SystemView } from './general.ts';
import type { RuleSummary, RunView, TimerView } from './rules.ts';
import type { TopicView } from './topics.ts';

export type LiveChannel = 'topics' | 'devices' | 'rules' | 'runs' | 'timers' | 'system' | 'log' | 'flows';

/** From the browser. `filter`: an MQTT filter for topics, a device id, `room:NAME` or `label:NAME` for devices, a rule id for runs, a client or rule id for log; absent means all. For flows the name of a flow, always. */
export type LiveRequest =
  | {
      readonly op: 'sub';
      readonly id: string;
      readonly channel: LiveChannel;
      readonly filter?: string;
      /** Every item in order; without it a later one of the same thing takes the place of one that was not sent yet. */
      readonly every?: boolean;
    }
  | { readonly op: 'unsub'; readonly id: string };

export type DeviceNews =
  | {
      readonly change: 'changed';
      readonly device: DeviceView;
      /** The properties that the message reported, with a new value or not; absent when it was no report. */
      readonly said?: readonly string[];
    }
  | { readonly change: 'forgotten'; readonly id: string };

export type RuleChange =
  | { readonly change: 'saved' | 'enabled' | 'disabled' | 'outcome'; readonly rule: RuleSummary }
  | { readonly change: 'deleted'; readonly id: string };

/** What a client did, what a rule wrote, or how a topic differs from what it was seen to say; never kept. */
export interface LogLine {
  /** Different for each line of this process. */
  readonly id: string;
  readonly at: Timestamp;
  readonly source: 'client' | 'rule' | 'topic';
  /** The client's or the rule's id, or the topic; empty for a connection that was turned away before it said one. */
  readonly by: string;
  readonly kind:
    | 'connected'
    | 'disconnected'
    | 'subscribed'
    | 'unsubscribed'
    | 'denied'
    | 'refused'
    | 'log'
    | 'drift'
    | 'silent'
    | 'battery-low';
  readonly text: string;
}

export interface LiveItems {
  readonly topics: TopicView;
  readonly devices: DeviceNews;
  readonly rules: RuleChange;
  readonly runs: RunView;
  readonly timers: { readonly change: 'armed' | 'gone'; readonly timer: TimerView };
  readonly system: SystemView;
  readonly log: LogLine;
  readonly flows: FlowCallView;
}

/** To the browser, at most 10 batches a second for each subscription. */
export type LiveEvent =
  | { readonly op: 'hello'; readonly version: string }
  | { readonly op: 'subscribed'; readonly id: string }
  | {
      readonly op: 'items';
      readonly id: string;
      readonly items: readonly LiveItems[LiveChannel][];
      readonly lagged?: number;
    }
  | { readonly op: 'error'; readonly id?: string; readonly code: string; readonly message: string };
