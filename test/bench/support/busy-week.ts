// A week of a busy home in a store, its hourly snapshots among it, and the messages that keep the live house busy meanwhile.
import { connectAsync } from 'mqtt';
import { parse } from 'yaml';
import { SystemClock, silentLogger } from '../../../src/base/index.ts';
import { Store } from '../../../src/store/index.ts';
import type { DayLine } from '../../fixtures/simulated-day/day.ts';
import type { TestHouse } from '../../support/house.ts';
import { metricOf } from './house-subject.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Messages a second to the live house meanwhile. */
export const livePace = 500;
const clock = new SystemClock();

/** Shows the time of what is filled in. */
class RecordClock extends SystemClock {
  at = 0;

  override now(): number {
    return this.at;
  }
}

export interface Week {
  readonly dir: string;
  readonly lines: readonly DayLine[];
  /** The same week in so many homes, one after the other in each moment. */
  readonly homes: number;
  /** In force all the time, by id; with them a snapshot is taken each hour. */
  readonly rules?: ReadonlyMap<string, string>;
}

type StateRow = Parameters<Store['state']['put']>[0];

/** As a house does it: the rows as they are, then a snapshot of them. */
async function snapshot(store: Store, changed: Map<string, StateRow>): Promise<void> {
  for (const row of changed.values()) store.state.put(row);
  changed.clear();
  await store.snapshots.take();
}

function putRules({ rules: rows, ruleVersions }: Store, rules: ReadonlyMap<string, string>): void {
  for (const [id, source] of rules) {
    rows.put({ id, version: 1, enabled: true });
    const kept = { document: JSON.stringify(parse(source)), author: '', note: '', savedAt: 0 };
    ruleVersions.put({ rule: id, version: 1, source, ...kept });
  }
}

/** Gives the number of messages. */
export async function fill({ dir, lines, homes, rules }: Week): Promise<number> {
  const policy = { journalMs: 9 * dayMs, journalBytes: 4 * 2 ** 30, rawMs: dayMs, rollupMs: dayMs };
  const history = { ...policy, seriesBytes: 2 ** 30, series: 0, paths: 1, topics: [] };
  const time = new RecordClock();
  const start = clock.now() - 7 * dayMs;
  time.at = start;
  const store = new Store({ dir, clock: time, log: silentLogger, history });
  await store.start(new AbortController().signal);
  putRules(store, rules ?? new Map());
  let seq = await store.nextSeqBlock();
  const first = seq;
  const by = 'sensor';
  const changed = new Map<string, StateRow>();
  let nextSnapshot = start;
  for (const [index, { after, topic, payload, isRetained: retain }] of lines.entries()) {
    time.at = start + after;
    if (rules !== undefined && time.at >= nextSnapshot) {
      await snapshot(store, changed);
      nextSnapshot += hourMs;
    }
    const bytes = Buffer.from(payload);
    for (let home = 0; home < homes; home++) {
      const name = `h${home}/${topic}`;
      const head = { kind: 'message', seq: seq++, at: time.at, topic: name } as const;
      const said = { qos: 0, retain, origin: 'client', by } as const;
      store.journal.append({ ...head, ...said, payload: bytes, depth: 0 });
      if (rules === undefined) continue;
      const row = { bytes: bytes.length, at: time.at, changedAt: time.at, previous: undefined };
      changed.set(name, { topic: name, payload: { bytes }, ...row, ...said, pathChanges: undefined });
    }
    if (index % 200 === 0) await store.history.paths('nothing');
  }
  await store.stop();
  return seq - first;
}

/** Keeps the house busy until it is told to stop. */
export async function busy({ mqttPort }: TestHouse): Promise<() => Promise<void>> {
  const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`);
  let isOver = false;
  const done = (async () => {
    for (let n = 0; !isOver; n++) {
      for (let left = livePace / 100; left > 0; left--)
        client.publish(`live/${n % 100}/t`, JSON.stringify({ celsius: 20 + (n % 10), n }));
      await new Promise<void>((resolve) => void clock.after(10, resolve));
    }
  })();
  return async () => {
    isOver = true;
    await done;
    await client.endAsync();
  };
}

export const lag = 'nodejs_eventloop_lag_p99_seconds';

/** What other work of the machine does to the house by itself. */
export async function undisturbed(house: TestHouse, ms: number): Promise<number> {
  const stop = await busy(house);
  await metricOf(house, lag); // asking begins a new period
  await new Promise<void>((resolve) => void clock.after(ms, resolve));
  const delayMs = (await metricOf(house, lag)) * 1000;
  await stop();
  return delayMs;
}
