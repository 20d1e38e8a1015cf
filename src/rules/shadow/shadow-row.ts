// An entry of the ledger of shadow rules.
import type { Timestamp } from '../../base/index.ts';

/**
 * What reality says of what a rule would have done: it was so `already`, somebody else brought it about (`matched`), nobody
 * did (`missed`), the house was down meanwhile (`unknown`), it cannot be seen from outside (`uncompared`); or somebody did
 * by hand what the rule would not have done (`by-hand`).
 */
export const shadowVerdicts = [
  'pending',
  'already',
  'matched',
  'missed',
  'unknown',
  'uncompared',
  'by-hand',
] as const;

export type ShadowVerdict = (typeof shadowVerdicts)[number];

/** `set`: a device is commanded, or was. */
export const shadowDeeds = ['publish', 'set', 'emit', 'variable', 'command', 'call'] as const;

export interface ShadowRow {
  readonly id: string;
  readonly rule: string;
  readonly version: number;
  /** Empty for what people did. */
  readonly run: string;
  readonly at: Timestamp;
  readonly what: (typeof shadowDeeds)[number];
  /** Topic, device, event, variable, rule or service. */
  readonly target: string;
  /** JSON, cut as values of traces are. */
  readonly value: string;
  readonly verdict: ShadowVerdict;
  /** When it came about in reality. */
  readonly realAt: Timestamp | null;
  /** Who brought it about: origin and id. */
  readonly realBy: string | null;
}
