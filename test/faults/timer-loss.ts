// What became of a lost timer, as far as anybody knows: what of it was heard, whether its run is known to have ended,
// whether the house still has something to say or to send, what it warned of, and when it was killed.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { RunSummary } from '../../src/api/index.ts';
import type { Receipt } from './subscriber.ts';
import type { Timer } from './timer-armer.ts';
import type { Life } from './timer-verdict.ts';

interface Scene {
  readonly url: string;
  readonly dataDir: string;
  readonly receipts: readonly Receipt[];
  readonly lives: readonly Life[];
}

const payloadTables = ['effects', 'queued_messages'];
const mostWarnings = 20;
const mostExplained = 20;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

function heardOf({ kind, n }: Timer, receipts: readonly Receipt[], due: number): string {
  const own = receipts.filter(({ publisher, seq }) => seq === n && publisher.startsWith(`${kind}.`));
  const parts = own.map(({ publisher, isMarked, at }) => {
    const part = publisher.slice(kind.length + 1);
    return `${part}${isMarked ? ' (repeated)' : ''} at ${seconds(at - due)}`;
  });
  return `heard ${parts.join(', ') || 'nothing'}`;
}

/** The latest runs of its rule have its record, unless a kill took it. */
async function runOf({ kind, n }: Timer, url: string, due: number): Promise<string> {
  const answer = await fetch(`${url}/api/v1/rules/timers-${kind}/runs?limit=200`);
  if (!answer.ok) return `runs: ${await answer.text()}`;
  const { items } = (await answer.json()) as { items: RunSummary[] };
  const run = items.find(({ key }) => key === String(n));
  if (run === undefined) return 'no record of its run';
  const { id, status, reason = '', endedAt } = run;
  const ending = endedAt === undefined ? '' : ` at ${seconds(endedAt - due)}`;
  return `run ${id} ${status} ${reason}`.trim() + ending;
}

/** Its rows: a run that waits, effects to be released, messages in the queue of the subscriber. */
function rowsOf({ kind, n }: Timer, dataDir: string): string {
  const db = new Sqlite(join(dataDir, 'homerule.db'), { readonly: true });
  try {
    const rows = payloadTables.flatMap((table) => {
      const found = db.prepare(`SELECT CAST(payload AS TEXT) AS text FROM ${table}`).pluck().all();
      return found
        .map(String)
        .filter((text) => text.startsWith(`${kind} ${n} `))
        .map((text) => `${table}: ${text}`);
    });
    const run = `SELECT id FROM runs WHERE rule = ? AND state LIKE ?`;
    const waiting = db.prepare(run).pluck().all(`timers-${kind}`, `%"arm/${kind}/${n}"%`);
    rows.push(...waiting.map((id) => `runs: ${String(id)}`));
    return rows.join(', ') || 'no rows';
  } finally {
    db.close();
  }
}

/** The one in which it came due, and those next to it. */
function livesOf(lives: readonly Life[], due: number): string {
  const at = lives.findIndex(({ killedAt }) => killedAt >= due);
  const each = lives.slice(Math.max(0, at - 1), at + 3).map(({ spawnedAt, readyAt, killedAt }) => {
    const times = [spawnedAt, readyAt, killedAt].map((at) =>
      Number.isFinite(at) ? seconds(at - due) : 'now',
    );
    return times.join(' – ');
  });
  return `lives (spawned – ready – killed): ${each.join('; ')}`;
}

/** Times are counted from when it was due. */
async function report(timer: Timer, { url, dataDir, receipts, lives }: Scene): Promise<string> {
  const due = (timer.sentAt ?? 0) + timer.ms;
  return [
    `${timer.kind} ${timer.n}: ${heardOf(timer, receipts, due)}`,
    await runOf(timer, url, due),
    rowsOf(timer, dataDir),
    livesOf(lives, due),
  ].join('\n    ');
}

export class Losses {
  /** With how many receipts there were when they were missed. */
  readonly #missed = new Map<Timer, number>();
  #warnings: string[] = [];

  /** What a house that is no more had logged. */
  keep(output: string): void {
    this.#warnings.push(...output.split('\n').filter((line) => /^\S+ \S+ (warn|error) /.test(line)));
  }

  /** Tells what is known, while the house that lost them can be asked. Of many the first. */
  async explain(lost: readonly Timer[], scene: Scene, heard: number): Promise<string[]> {
    for (const timer of lost) this.#missed.set(timer, heard);
    const told: string[] = [];
    for (const timer of lost.slice(0, mostExplained)) told.push(await report(timer, scene));
    const warnings = this.#warnings.slice(-mostWarnings);
    this.#warnings = [];
    return lost.length === 0 ? [] : [...told, ...warnings.map((line) => `the house said: ${line}`)];
  }

  /** Late is not lost: what came after it was missed. */
  cameLater(receipts: readonly Receipt[]): string[] {
    const came = [...this.#missed].filter(([{ kind, n }, heard]) =>
      receipts.slice(heard).some(({ publisher, seq }) => seq === n && publisher.startsWith(`${kind}.`)),
    );
    return came.map(([{ kind, n }]) => `${kind} ${n} was heard of after all`);
  }
}
