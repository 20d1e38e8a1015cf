// Any past instant, as the store gives it: the rows at some time before, and the inputs behind them.
import type { Timestamp } from '../base/index.ts';
import type { StateRow } from '../devices/index.ts';
import type { GivenWorld, Input, RuleRow } from '../rules/index.ts';

/** Any past instant: the rows at some time before it, and the inputs behind them. */
export interface PastPort {
  start(at: Timestamp): Promise<PastBeginning>;
  rows(start: PastBeginning): Promise<PastRows>;
  /** Up to `to`, page by page, oldest first. */
  inputs(start: PastBeginning, to: Timestamp): AsyncIterable<readonly Input[]>;
  /** What is known to be missing. */
  missing(
    start: PastBeginning,
    range: { readonly from: Timestamp; readonly to: Timestamp },
  ): Promise<readonly MissingPast[]>;
}

/** Where a replay begins: the inputs behind `seq` follow. */
export interface PastBeginning {
  readonly seq: number;
  readonly at: Timestamp;
  /** Packed rows. */
  readonly data: Uint8Array;
  readonly hasSnapshot: boolean;
}

export interface MissingPast {
  readonly reason: string;
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly filter?: string;
  readonly lost?: number | null;
}

/** All that decisions read, and what waited. */
export interface PastRows
  extends Required<
    Pick<
      GivenWorld,
      'variables' | 'devices' | 'deviceProperties' | 'deviceMappings' | 'runs' | 'triggers' | 'captures'
    >
  > {
  readonly state: readonly StateRow[];
  readonly rules: readonly RuleRow[];
}
