// The shapes that every answer may have, and what the house says of itself.
import type { Timestamp } from '../../base/index.ts';
import type { Problem } from '../../rules/index.ts';

/** A problem of a document: where, what, and what was probably meant. */
export type ProblemView = Problem;

/** RFC 9457. `code` is stable; `problems` only with documents. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly problems?: readonly ProblemView[];
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it as `?cursor=` to go on; absent at the end. */
  readonly next?: string;
}

/** `GET /system` */
export interface SystemView {
  readonly version: string;
  readonly node: string;
  readonly startedAt: Timestamp;
  readonly now: Timestamp;
  readonly zone: string;
  readonly dataDir: string;
  readonly listeners: readonly {
    readonly kind: 'mqtt' | 'mqtts' | 'ws' | 'wss' | 'unix' | 'http' | 'socket';
    readonly address: string;
    readonly port?: number;
  }[];
  readonly counters: Readonly<Record<string, number>>;
}
