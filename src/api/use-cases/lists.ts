// How lists and times are asked for, in every use case.

export interface ListOptions {
  readonly limit?: number;
  readonly cursor?: string;
}

/** `-7d`, `now`, ISO 8601 or epoch milliseconds; the last day when absent. */
export interface TimeQuery {
  readonly from?: string;
  readonly to?: string;
}
