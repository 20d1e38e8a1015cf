// Any past instant: the last snapshot before it, and the journal from there on. Says what is missing, and where.
import type { Clock, Timestamp } from '../base/index.ts';
import type { Input } from '../rules/index.ts';
import type { Journal } from './journal.ts';
import type { KeptRows } from './kept-rows.ts';
import type { Gap, PackedChunk, SnapshotHead } from './protocol.ts';
import type { ReaderLink } from './reader-link.ts';
import type { HistoryPolicy } from './series/policy.ts';
import type { Snapshots } from './snapshots.ts';
import type { WorkerLink } from './worker-link.ts';

/** Why what is told of a time may not be what was. */
export interface Missing {
  readonly from: Timestamp;
  readonly to: Timestamp;
  /**
   * `no-snapshot`: the state begins with the journal, and nothing is known of what stood then. `not-kept`: the journal
   * begins later. `excluded`, `thinned`: messages on `filter` are not journalled, or not for so long. Others: a gap.
   */
  readonly reason: 'no-snapshot' | 'not-kept' | 'excluded' | 'thinned' | Gap['reason'];
  readonly filter?: string;
  /** How many inputs; null when nobody can know. */
  readonly lost?: number | null;
}

/** Where a replay begins: the inputs behind `seq` follow. */
export interface PastStart extends SnapshotHead {
  /** Packed rows, see `unpackRowsNow`; empty without a snapshot. */
  readonly data: Uint8Array;
  readonly hasSnapshot: boolean;
}

interface Range {
  readonly from: Timestamp;
  readonly to: Timestamp;
}

export interface PastOptions {
  readonly link: WorkerLink;
  readonly reader: ReaderLink;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly policy: HistoryPolicy;
}

const pageSize = 5000;
const nothing = new Uint8Array();

export class Past {
  readonly #options: PastOptions;

  constructor(options: PastOptions) {
    this.#options = options;
  }

  /** Where a replay begins that is to be at `at`. Without a snapshot it begins with the journal. */
  async start(at: Timestamp): Promise<PastStart> {
    const found = await this.#options.snapshots.find(at);
    if (found !== undefined) return { ...found, hasSnapshot: true };
    await this.#flushed({ from: at, to: at });
    const { firstSeq, firstAt } = await this.#options.reader.ask('journalEdge', null);
    return { seq: (firstSeq ?? 0) - 1, at: Math.min(firstAt ?? at, at), data: nothing, hasSnapshot: false };
  }

  /** When the last input came that is kept; undefined when none is. */
  async end(): Promise<Timestamp | undefined> {
    return (await this.#options.reader.ask('journalEdge', null)).lastAt ?? undefined;
  }

  /** Unpacks between other turns of the house. */
  rows(start: PastStart): Promise<KeptRows> {
    return this.#options.snapshots.rows(start);
  }

  /** Pages of inputs behind `start`, up to `to`, oldest first. */
  async *inputs(start: SnapshotHead, to: Timestamp): AsyncGenerator<readonly Input[]> {
    let after: number | undefined = start.seq;
    while (after !== undefined) {
      const page = await this.#options.journal.read({ from: start.at, to, limit: pageSize, after });
      if (page.inputs.length > 0) yield page.inputs;
      after = page.next;
    }
  }

  /** The next chunk of the journal behind `after`, as it is on the disk. */
  async chunk(range: Range & { readonly after: number }): Promise<PackedChunk | undefined> {
    return (await this.#options.reader.ask('packedChunk', range)) ?? undefined;
  }

  /** What is known to be missing of what a replay that begins at `start` tells of `range`. Sees every input before the call. */
  async missing(start: PastStart, range: Range): Promise<readonly Missing[]> {
    const from = Math.min(start.at, range.from);
    const { gaps } = await this.#flushed({ from, to: range.to });
    const { firstAt } = await this.#options.reader.ask('journalEdge', null);
    const begins = firstAt ?? range.to;
    return [
      ...(start.hasSnapshot ? [] : [{ from, to: range.to, reason: 'no-snapshot' as const }]),
      ...(begins > from && !start.hasSnapshot ? [{ from, to: begins, reason: 'not-kept' as const }] : []),
      ...gaps,
      ...this.#unkept({ from, to: range.to }),
    ];
  }

  /** Topics with a retention of their own that is shorter. */
  *#unkept({ from, to }: Range): Generator<Missing> {
    const { clock, policy } = this.#options;
    for (const { filter, isExcluded, journalMs } of policy.topics) {
      const keptFrom = clock.now() - journalMs;
      if (isExcluded) yield { from, to, reason: 'excluded', filter };
      else if (journalMs < policy.journalMs && keptFrom > from)
        yield { from, to: Math.min(to, keptFrom), reason: 'thinned', filter };
    }
  }

  /** Answered when all that came before is on the disk. */
  #flushed(range: Range): Promise<{ readonly gaps: readonly Gap[] }> {
    this.#options.journal.flush();
    return this.#options.link.ask('gaps', range);
  }
}
