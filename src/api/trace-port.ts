// Where the use cases find the records of runs.
import type { Timestamp } from '../base/index.ts';
import type { RunStatus, Trace } from '../rules/index.ts';

/** Which traces are wanted: of all that is said. */
export interface TraceFilter {
  readonly rule?: string;
  readonly statuses?: readonly RunStatus[];
  /** Its reason; of one without a reason its status. */
  readonly reason?: string;
  /** Woken by it, or by a message on one of its topics. */
  readonly device?: { readonly id: string; readonly topics: readonly string[] };
  /** When it was woken; both inclusive. */
  readonly from?: Timestamp;
  readonly to?: Timestamp;
}

/** Traces as they are kept; a read sees what was put before. */
export interface TraceStore {
  /** Newest first; `before`: the id of a trace, exclusive. */
  recent(
    query: TraceFilter & { readonly limit: number; readonly before?: string },
  ): Promise<readonly Trace[]>;
  find(id: string): Promise<Trace | undefined>;
}
