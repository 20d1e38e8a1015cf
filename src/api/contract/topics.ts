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
