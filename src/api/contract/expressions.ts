// The shapes of requests and answers about expressions.
import type { Timestamp } from '../../base/index.ts';
import type { PresentEntry, Problem, TraceExpression } from '../../rules/index.ts';

/** `GET /expressions/functions` items. */
export interface FunctionView {
  /** Without the `$`. */
  readonly name: string;
  /** As in JSONata: `<s-nn?:s>`. Absent where `source` says it. */
  readonly signature?: string;
  /** Of one that a plugin offers: `function($celsius) { $celsius * 1.8 + 32 }`. */
  readonly source?: string;
  readonly en: string;
  readonly zh: string;
  readonly example?: { readonly source: string; readonly result: unknown };
  /** Of the house, not of JSONata. */
  readonly isOwn: boolean;
}

/** `GET /secrets` items: never the value. */
export interface SecretView {
  readonly name: string;
  readonly changedAt: Timestamp;
}

/** `PUT /secrets/{name}` */
export interface SecretRequest {
  readonly value: string;
}

/** `POST /expressions/evaluate`; neither message nor input: the names of a rule, with nothing in them. */
export interface EvaluateRequest {
  readonly expression: string;
  /** What woke the rule; without a payload, the latest message of the topic. */
  readonly message?: {
    readonly topic: string;
    readonly payload?: unknown;
    readonly qos?: 0 | 1 | 2;
    readonly retain?: boolean;
  };
  /** The root is this value, and no names are known. */
  readonly input?: unknown;
}

/** A trigger or condition as it stands now. */
export type PresentEntryView = PresentEntry;

/** `POST /expressions/present`: of the triggers and conditions of a rule's text, finished or not. */
export interface PresentView {
  readonly at: Timestamp;
  readonly entries: readonly PresentEntryView[];
  /** Messages on these may change it; absent: any message. */
  readonly filters?: readonly string[];
  /** Devices may change it. */
  readonly readsDevices: boolean;
}

/** Never an error for a bad expression. */
export interface EvaluateView {
  readonly value?: unknown;
  /** Absent when the text has errors, or the evaluation failed. */
  readonly type?: 'missing' | 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'function';
  readonly error?: {
    readonly code: string;
    readonly message: string;
    /** Characters from the start of the expression. */
    readonly position: number;
    readonly token?: string;
    /** What the message is made of, for who says it in another language. */
    readonly params?: Readonly<Record<string, string>>;
  };
  /** The value of every part that was evaluated, inner before outer. */
  readonly parts: TraceExpression['parts'];
  readonly problems: readonly Problem[];
}
