// What the other rooms see of an expression. The compiler behind it is free to change.
import type { ErrorOptions, ErrorParams, Timestamp } from '../base/index.ts';
import { HomeruleError } from '../base/index.ts';
import type { LambdaNode } from './ast.ts';

/** Something wrong with the text of an expression, found before it ever runs. */
export interface ExpressionProblem {
  /** JSONata's own code (`S0202`), or ours (`unknown-name`, `unknown-function`, `not-supported`). */
  readonly code: string;
  readonly message: string;
  /** Characters from the start of the source, 0-based, of the token that is wrong. */
  readonly position: number;
  readonly token?: string;
  /** What the message is made of beside the token, for who says it in another language. */
  readonly params?: ErrorParams;
  /** What was probably meant. */
  readonly suggestion?: string;
  readonly severity: 'error' | 'warning';
}

/** The latest message of a topic. */
export interface LastMessage {
  readonly value?: unknown;
  readonly at: Timestamp;
  /** client, rule, api, bridge or flow, and the client or rule; empty when unknown. */
  readonly by: { readonly origin: string; readonly id: string };
  /** The value before it last changed. */
  readonly previous?: unknown;
}

/** The sun at the home's place; times are those of the local day, and missing when the sun does not do it that day. */
export interface SunView {
  readonly up: boolean;
  /** Degrees above the horizon. */
  readonly elevation: number;
  readonly sunrise?: Timestamp;
  readonly sunset?: Timestamp;
  readonly dawn?: Timestamp;
  readonly dusk?: Timestamp;
}

/** Days of the home; dates are "YYYY-MM-DD". */
export interface HomeCalendar {
  isHoliday(date: string): boolean;
  /** Neither weekend nor holiday, or a make-up day. */
  isWorkday(date: string): boolean;
}

export interface DeviceView {
  readonly id: string;
  readonly name: string;
  readonly room?: string;
  /** Missing when the device does not tell. */
  readonly online?: boolean;
  /** When it last spoke. */
  readonly seen?: Timestamp;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A state that a device is to take. */
export interface DeviceWish {
  readonly properties: Readonly<Record<string, unknown>>;
  /** How long it may take to get there. */
  readonly transitionMs?: number;
}

/** A message that tells a device to do something. */
export interface DeviceCommand {
  readonly topic: string;
  readonly payload: unknown;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** What it is to bring about. */
  readonly wish?: CommandedWish;
}

/** What one command is to bring about. */
export interface CommandedWish extends DeviceWish {
  readonly device: string;
}

/** How a device is brought into a state. */
export interface DevicePlan {
  readonly commands: readonly DeviceCommand[];
  /** Wanted properties that it does not have, or that it only reports. */
  readonly unsupported: readonly string[];
}

/** What a topic, or what is at a path in it, did over a window of time; without data only `count` and `changes`. */
export interface WindowView {
  /** Messages. */
  readonly count: number;
  readonly changes: number;
  /** Weighted by the time for which each value stood. */
  readonly mean?: number;
  readonly min?: number;
  readonly max?: number;
  /** Of the messages. */
  readonly sum?: number;
  /** The values at the beginning and the end of the window, as far as they are known. */
  readonly first?: unknown;
  readonly last?: unknown;
  readonly delta?: number;
  /** The share of the window, 0 to 1, in which the value is known. */
  readonly coverage?: number;
}

/** A look back at a topic, or at what is at a path in it. */
export interface PastQuery {
  readonly topic: string;
  readonly path?: string | undefined;
  readonly now: Timestamp;
}

/** A part of the past; a message at its end belongs to it or not. */
export interface Stretch {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly isEndIncluded: boolean;
}

/** A look back that is written out: with `keepMs` the values of that long, otherwise when it last changed. */
export interface Watched {
  readonly topic: string;
  readonly path?: string;
  readonly keepMs?: number;
}

/** Read-only view of the house; pure given state and clock. Implemented by `devices`. */
export interface HomeView {
  /** Latest value of a topic (parsed payload), undefined when it never spoke. */
  state(topic: string): unknown;
  /** Every topic under a filter, in order of topic; `params` are filled from `{name}` levels. */
  states(filter: string): { topic: string; params: Record<string, string>; value: unknown; at: Timestamp }[];
  /** Undefined when the topic never spoke. */
  last(topic: string): LastMessage | undefined;
  /** When the value of a topic, or what is at `path` in it, last changed; undefined when there is none. */
  changedAt(topic: string, path?: string): Timestamp | undefined;
  /** IANA name of the home's time zone. */
  readonly zone: string;
  /** Undefined when nobody said where the home is. */
  sun(at: Timestamp): SunView | undefined;
  readonly calendar: HomeCalendar;
  /** A persistent variable that rules share. */
  variable(name: string): unknown;
  device(id: string): DeviceView | undefined;
  /** All, or those with a label; by id. */
  devices(label?: string): readonly DeviceView[];
  /** Undefined when there is no such device. */
  commandsFor(id: string, wish: DeviceWish): DevicePlan | undefined;
  over(query: PastQuery, stretch: Stretch): WindowView;
  /** Undefined when there is none of that name. */
  secret(name: string): string | undefined;
  /** The value at an instant, undefined when it is not known. */
  at(query: PastQuery, at: Timestamp): unknown;
  /** Milliseconds that never go back, for the safety net behind the budgets (`too-slow`); without it there is none. */
  monotonic?(): number;
}

/** What one evaluation sees. One object per wake-up, shared by all expressions of the rule. */
export interface Scope {
  /** By slot: `values[i]` belongs to `names[i]` of the compile options. `unread` means: ask `read`. */
  readonly values: unknown[];
  /** Computes a value that was left `unread`, stores it in `values` and returns it. */
  read(slot: number): unknown;
  /** The one clock reading that the whole decision is made with. */
  readonly at: Timestamp;
  readonly home: HomeView;
  /** Seed of `$random` and `$shuffle`: same input, rule and step, same numbers. */
  readonly seed: number;
}

/** Marks a slot of a scope whose value is made only when it is read (a payload is parsed at most once). */
export const unread: unique symbol = Symbol('unread');

/** What one evaluation may use; only these decide, never the time. */
export interface Budget {
  /** Calls, array elements, regex and string work, in units. */
  readonly steps: number;
  /** Bytes of strings and arrays made. */
  readonly bytes: number;
  /** Nested calls. */
  readonly depth: number;
}

export interface CompileOptions {
  /**
   * The bindings, by slot. Each is a field of the root and also `$name` unless a function has that name. A root name or
   * variable that is none of them is the problem `unknown-name`. Without `names` the root is `values[0]`, any JSON value,
   * and unknown names are simply missing (the reference's behaviour; used by conformance and `homerule eval`).
   */
  readonly names?: readonly string[];
  readonly budget?: Budget;
  /**
   * What `$secret` may do: stand on one side of = != in (`compared`, when absent), be used for anything, or not be named
   * at all. A value that it was used for is a secret too: `Expression.isSecret`.
   */
  readonly secrets?: 'compared' | 'used' | 'refused';
  /** What `$at` may do: anything when absent, or not be named at all. */
  readonly past?: 'refused';
  /** Functions that others offer. */
  readonly functions?: FunctionLookup;
}

/** Functions by name, without the `$`. */
export interface FunctionLookup {
  find(name: string): LambdaNode | undefined;
  names(): Iterable<string>;
}

export type ValueType =
  | 'missing'
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'array'
  | 'object'
  | 'function';

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

/** The value of one part of an expression, for traces: `payload.celsius` → 31. */
export interface SubValue {
  /** The part as written. */
  readonly source: string;
  /** Characters from the start of the whole source to the start of the part. */
  readonly start: number;
  readonly end: number;
  readonly type: ValueType;
  /** Absent when the part was missing (JSONata's undefined), or is a function. */
  readonly value?: unknown;
}

/** A part of a condition that decided whether it holds: were it otherwise, the condition might turn. */
export interface DecidingClause {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly value?: unknown;
  /** What it should have been for the condition to turn. */
  readonly wanted: boolean;
  /** Of a comparison. */
  readonly operator?: ComparisonOperator;
  readonly left?: unknown;
  readonly right?: unknown;
  /** Between two numbers that are compared, in their unit; 0 when only equality is in the way. */
  readonly distance?: number;
  /** The parts that were missing, as written. */
  readonly missing?: readonly string[];
}

export interface ExplainOptions {
  /** What decided is told of what holds, too. */
  readonly isDecidedTold?: boolean;
}

export interface Explanation {
  readonly value?: unknown;
  readonly error?: ExpressionError;
  /** Parts that were evaluated, inner before outer; constants are left out. */
  readonly parts: readonly SubValue[];
  /** What decided, in the order of the text: where the value is false, null or missing, and else if it was asked for. */
  readonly decided?: readonly DecidingClause[];
}

export type Constant = string | number | boolean | null;

/** A clock function beside constants: when its truth next changes can be computed. */
export interface ClockComparison {
  /** Without its `$`: time, date, weekday, sun, since, now, millis, … */
  readonly function: string;
  /** `$since("t")` → `["t"]` */
  readonly args: readonly Constant[];
  /** `$sun().up` → `up`. A bare one in a condition counts as `= true`. */
  readonly field?: string;
  /** As if the function stood on the left. */
  readonly operator: ComparisonOperator;
  /** A list only with `in`. */
  readonly constant: Constant | readonly Constant[];
}

/** What a value depends on, found when compiling: perhaps more than it reads in the end, never less. */
export interface Dependencies {
  /** Names from the root on: `payload.celsius` → `["payload", "celsius"]`, and all below. None lies within another. */
  readonly paths: readonly (readonly string[])[] | 'all';
  /** Filters of the topics whose state, or whose times or history, it reads. */
  readonly topics: readonly string[] | 'all';
  /** Variables of the house. */
  readonly variables: readonly string[] | 'all';
  /** By id; one that does not exist yet counts, too. */
  readonly devices: readonly string[] | 'all';
  /** Labels of which it reads all devices; `all` where it reads every device there is. */
  readonly labels: readonly string[] | 'all';
  /** Whether it may name the `seen` of a device, which every message of it changes. */
  readonly readsSeen: boolean;
  /** Absent: it does not read the clock. */
  readonly clock?: {
    readonly comparisons: readonly ClockComparison[];
    /** How often to look for what is no such comparison; absent when there is nothing else. */
    readonly tick?: 'second' | 'minute';
  };
  readonly isRandom: boolean;
  /** Which topics, variables or devices it reads is known exactly only while it runs. */
  readonly isDynamic: boolean;
}

export type GuardTest =
  | { readonly operator: '='; readonly constants: readonly Constant[] }
  | { readonly operator: '<' | '<=' | '>' | '>='; readonly constant: number }
  | { readonly operator: 'true' };

/** What an expression compares first. When that is false or null, so is the whole, and nothing else is evaluated. */
export interface Guard {
  /** What is compared, as written: an expression by itself. */
  readonly read: string;
  readonly test: GuardTest;
  /** Nothing else stands in the expression: it is missing when the comparison is. Otherwise it is false then. */
  readonly isWhole: boolean;
}

/** Both sides as written. */
export interface OrderComparison {
  readonly left: string;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly right: string;
}

export interface Expression {
  readonly source: string;
  readonly dependencies: Dependencies;
  readonly guard: Guard | undefined;
  /** Its value may be made of a secret: it is not to be shown, kept or told. */
  readonly isSecret: boolean;
  /** Whatever it sees. */
  readonly isNeverTrue: boolean;
  /** Present when the whole compares two values by order, and they may be numbers. */
  readonly order: OrderComparison | undefined;
  /** What must be kept for it from now on. */
  readonly watched: readonly Watched[];
  /** Synchronous. Returns undefined for a missing value; throws `ExpressionError`. Never changes its input. */
  evaluate(scope: Scope): unknown;
  /** The same, recording the value of every part; never throws. */
  explain(scope: Scope, options?: ExplainOptions): Explanation;
}

export interface Compiled {
  readonly expression?: Expression;
  readonly problems: readonly ExpressionProblem[];
}

/** An evaluation that could not give a value: type errors (`T2001`…), budgets (`D1011` `D1012` `D2015` `D3140`…). */
export class ExpressionError extends HomeruleError {
  readonly position: number;
  readonly token: string | undefined;

  constructor(
    code: string,
    message: string,
    at: { position: number; token?: string | undefined; params?: ErrorParams | undefined },
    options?: ErrorOptions,
  ) {
    super(code, 'invalid', message, { ...options, params: at.params });
    this.position = at.position;
    this.token = at.token;
  }
}
