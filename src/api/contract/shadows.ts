// The shapes about shadow rules.
import type { Timestamp } from '../../base/index.ts';
import type { ShadowRow, ShadowVerdict } from '../../rules/index.ts';
import type { Page } from './general.ts';

export type { ShadowVerdict };

export interface ShadowEntryView extends Omit<ShadowRow, 'rule' | 'value' | 'realAt' | 'realBy'> {
  readonly value: unknown;
  /** When it came about in reality, and who brought it about: origin and id. */
  readonly realAt?: Timestamp;
  readonly realBy?: string;
}

/** `GET /rules/{id}/shadow`; items newest first. */
export interface ShadowView extends Page<ShadowEntryView> {
  readonly rule: string;
  /** Whether it is a shadow now. */
  readonly isShadow: boolean;
  /** Of reality that is compared, before and after. */
  readonly windowMs: number;
  /** Of all entries. */
  readonly counts: Readonly<Partial<Record<ShadowVerdict, number>>>;
}

/** `POST /rules/{id}/promote` */
export interface PromoteRequest {
  readonly note?: string;
  /** Although tests in it fail. */
  readonly force?: boolean;
}
