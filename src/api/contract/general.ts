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
  /** What the detail is made of, for who says it in another language. */
  readonly params?: Readonly<Record<string, string>>;
  readonly problems?: readonly ProblemView[];
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it as `?cursor=` to go on; absent at the end. */
  readonly next?: string;
}

/** The computer under the house, as it was a few seconds ago. */
export interface MachineView {
  /** Under which other computers find it, the likeliest first; empty without a network. */
  readonly addresses: readonly string[];
  readonly memoryBytes: number;
  /** By which the event loop was late, but for the worst hundredth of the time since somebody last asked. */
  readonly loopDelayMs: number;
  /** Under the data folder; absent where the system does not say. */
  readonly disk?: { readonly freeBytes: number; readonly totalBytes: number };
  /** Of TLS; absent without one. */
  readonly certificate?: {
    readonly names: readonly string[];
    readonly endsAt: Timestamp;
    /** Issued by the CA of this house, which devices must be given. */
    readonly isOwn: boolean;
  };
}

/** `GET /system` */
export interface SystemView {
  readonly version: string;
  readonly node: string;
  readonly startedAt: Timestamp;
  readonly now: Timestamp;
  readonly zone: string;
  /** Where the home is; absent when nobody said. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
  readonly dataDir: string;
  readonly listeners: readonly {
    readonly kind: 'mqtt' | 'mqtts' | 'ws' | 'wss' | 'unix' | 'http' | 'socket';
    readonly address: string;
    readonly port?: number;
  }[];
  readonly machine: MachineView;
  readonly counters: Readonly<Record<string, number>>;
}
