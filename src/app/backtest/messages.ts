// What goes between the house and the thread of a backtest. Plain data.
import type { BacktestTask } from '../../api/index.ts';
import type { ErrorKind, Timestamp } from '../../base/index.ts';
import type {
  CalendarDays,
  DeviceChange,
  DiscoveryOptions,
  PastEvent,
  Place,
  SecretRow,
} from '../../devices/index.ts';
import type { OfferedFunction } from '../../expression/index.ts';
import type { BacktestResult, Incomplete, SideGround } from '../../rules/index.ts';
import type { PackedChunk, PastStart } from '../../store/index.ts';

/** An event of the past whose payload, if any, is bytes. */
export type ToldEvent =
  | Exclude<PastEvent, { readonly payload: unknown }>
  | { readonly at: Timestamp; readonly bytes: Uint8Array };

export interface ToldPast {
  readonly topic: string;
  readonly path: string;
  readonly keepMs: number;
  readonly before: number;
  readonly from: Timestamp;
  readonly told: readonly ToldEvent[] | undefined;
}

/** What the thread is born with. */
export interface BacktestBrief {
  readonly task: BacktestTask;
  readonly start: PastStart;
  readonly home: {
    readonly zone: string;
    readonly place: Place | undefined;
    readonly calendar: CalendarDays;
    readonly discovery: DiscoveryOptions;
  };
  /** Of expressions, offered by plugins. */
  readonly functions: readonly OfferedFunction[];
  readonly breaker: SideGround['breaker'];
  readonly secrets: readonly SecretRow[];
  /** What plugins and traffic told of devices: no snapshot has it. */
  readonly deviceChanges: readonly DeviceChange[];
  readonly past: readonly ToldPast[];
  readonly incomplete: readonly Incomplete[];
}

export type FromBacktest =
  /** The next chunk of the record behind `after` is wanted. */
  | { readonly after: number }
  | { readonly share: number }
  | { readonly result: BacktestResult }
  | { readonly fault: { readonly code: string; readonly kind: ErrorKind; readonly message: string } };

/** Null behind the last. */
export interface ToBacktest {
  readonly chunk: PackedChunk | null;
}
