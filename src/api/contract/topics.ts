// The shapes about topics, their latest messages and what is published by hand.
import type { Timestamp } from '../../base/index.ts';

/** `GET /topics?prefix=&search=` items and the `topics` live channel. */
export interface TopicView {
  readonly topic: string;
  /** Text, cut at 64 KB; base64 when `binary`. */
  readonly payload: string;
  readonly binary?: boolean;
  readonly truncated?: boolean;
  readonly bytes: number;
  readonly at: Timestamp;
  readonly changedAt: Timestamp;
  readonly qos: 0 | 1 | 2;
  /** The latest message had the retain flag. */
  readonly retain: boolean;
  /** The broker holds a retained message for it. */
  readonly retained: boolean;
  readonly origin: string;
  readonly by: string;
  /** Messages since the start of the process. */
  readonly messages: number;
  /** Rules and flows that led to it, when there were any, as far as the house still knows. */
  readonly depth?: number;
  /** The run that led to it. */
  readonly cause?: string;
}

/** What one field of a topic's payload was seen to be. */
export interface TopicFieldView {
  /** As `$since` and `$over` take it; empty for the payload itself. */
  readonly path: string;
  readonly types: readonly ('number' | 'text' | 'boolean' | 'null' | 'list' | 'object')[];
  /** Of the messages, 0 to 1, that had it. */
  readonly share: number;
  /** All that were seen, when they are few. */
  readonly values?: readonly (string | number | boolean)[];
  readonly min?: number;
  readonly max?: number;
}

/** What a topic was seen to say, learned from one message a second at most. */
export interface TopicContractView {
  readonly since: Timestamp;
  /** Messages that were looked at. */
  readonly looks: number;
  readonly usualGapMs?: number;
  readonly perMinute?: number;
  readonly fields: readonly TopicFieldView[];
}

/** `GET /topics/{topic}` */
export interface TopicDetail extends TopicView {
  readonly contract?: TopicContractView;
}

/** `GET /topics?parent=` items: one level of the tree. */
export interface TopicNode {
  /** The last level of the topic. */
  readonly name: string;
  readonly topic: string;
  /** Topics below this one. */
  readonly below: number;
  /** Messages on it and below since the start of the process. */
  readonly messages: number;
  /** Present when a message was published on exactly this topic. */
  readonly value?: TopicView;
}

/** `POST /publish` */
export interface PublishRequest {
  readonly topic: string;
  /** Text is sent as it is, anything else as JSON. */
  readonly payload: unknown;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
}
