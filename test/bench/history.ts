// Thirty days of sensors: how small they are kept, how fast one is drawn, what it does to the main thread, and what a
// message of the journal costs the disk. Against plain rows in SQLite, one for each sample.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { Store } from '../../src/store/index.ts';
import { median } from './support/figures.ts';
import { writtenBytes } from './support/process-figures.ts';
import { attempt, type Tally } from './support/tally.ts';
import { printTargets, type Target } from './support/targets.ts';

const dayMs = 86_400_000;
const days = 30;
const paceMs = 10_000;
const samples = (days * dayMs) / paceMs;
const points = 800;
const clock = new SystemClock();

interface Sample {
  readonly sensor: number;
  readonly at: number;
  readonly value: number;
}

/** A thermometer each: two decimals, a daily wave, noise, and some milliseconds too late. */
function* told(sensors: number, start: number): Generator<Sample> {
  let random = 7;
  const dice = (sides: number): number => {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
    return random % sides;
  };
  for (let n = 0; n < samples; n++)
    for (let sensor = 0; sensor < sensors; sensor++) {
      const wave = 2100 + sensor * 10 + 250 * Math.sin((n / samples) * days * 2 * Math.PI);
      yield { sensor, at: start + n * paceMs + dice(20), value: (Math.round(wave) + dice(5)) / 100 };
    }
}

async function openStore(dir: string): Promise<Store> {
  const store = new Store({ dir, clock, log: silentLogger });
  await store.start(new AbortController().signal);
  return store;
}

let lastSeq = 0;

function append(store: Store, topic: string, { at, payload }: { at: number; payload: string }): void {
  const head = { kind: 'message', seq: ++lastSeq, at, topic, payload: Buffer.from(payload) } as const;
  store.journal.append({ ...head, qos: 0, retain: false, origin: 'client', by: 'sensor', depth: 0 });
}

async function fill(store: Store, sensors: number, start: number): Promise<void> {
  let n = 0;
  for (const { sensor, at, value } of told(sensors, start)) {
    append(store, `sensor/${sensor}`, { at, payload: `${value}` });
    if (++n % 20_000 === 0) await store.history.paths('nothing');
  }
  await store.history.paths('nothing');
}

/** Bytes of pages of the tables of series. */
function seriesBytes(dir: string): number {
  const db = new Sqlite(join(dir, 'history.db'), { readonly: true });
  const tables = ['series', 'blocks', 'blocks_by_series', 'rollups', 'rollups_by_series', 'series_state'];
  const sql = `SELECT sum(pgsize) FROM dbstat WHERE name IN (${tables.map(() => '?').join(', ')})`;
  const bytes =
    db
      .prepare<string[], number>(sql)
      .pluck()
      .get(...tables) ?? Number.NaN;
  db.close();
  return bytes;
}

async function drawn(store: Store, start: number, rounds: number) {
  const range = { topic: 'sensor/0', path: '', from: start, to: start + days * dayMs };
  const times: number[] = [];
  let source = '';
  for (let round = 0; round <= rounds; round++) {
    const begin = clock.monotonic();
    const drawing = await store.history.draw(range, points);
    // The first one starts the reader.
    if (round > 0) times.push(clock.monotonic() - begin);
    source = drawing?.source ?? '';
    const count = drawing?.points.reduce((sum, point) => sum + point.count, 0);
    if (count !== samples) throw new Error(`${count} of ${samples} samples were drawn`);
  }
  return { ms: median(times), worstMs: Math.max(...times), source };
}

/** The same samples, a row each. */
function rows(dir: string, sensors: number, start: number) {
  const path = join(dir, 'rows.db');
  const db = new Sqlite(path);
  db.pragma('journal_mode = WAL');
  db.exec(
    'CREATE TABLE samples (series INTEGER, at INTEGER, value REAL, PRIMARY KEY (series, at)) WITHOUT ROWID',
  );
  const insert = db.prepare('INSERT OR REPLACE INTO samples VALUES (?, ?, ?)');
  db.transaction(() => {
    for (const { sensor, at, value } of told(sensors, start)) insert.run(sensor, at, value);
  })();
  const width = Math.ceil((days * dayMs) / points);
  const query = db.prepare(
    `SELECT (at - ?) / ${width} AS stretch, count(*), min(value), max(value), avg(value) FROM samples
     WHERE series = 0 AND at BETWEEN ? AND ? GROUP BY stretch`,
  );
  const times = Array.from({ length: 5 }, () => {
    const begin = clock.monotonic();
    query.all(start, start, start + days * dayMs);
    return clock.monotonic() - begin;
  });
  db.close();
  return { ms: median(times), bytes: statSync(path).size };
}

/** A thousand messages a second of a hundred devices, as they come. */
async function journalled(dir: string, seconds: number): Promise<number> {
  const store = await openStore(dir);
  const before = writtenBytes();
  const end = clock.monotonic() + seconds * 1000;
  let n = 0;
  while (clock.monotonic() < end) {
    for (let left = 10; left > 0; left--, n++) {
      const payload = JSON.stringify({
        temperature: 20 + (n % 50) / 10,
        humidity: 40 + (n % 7),
        battery: 97,
        n,
      });
      append(store, `home/device-${n % 100}/state`, { at: clock.now(), payload });
    }
    await new Promise<void>((resolve) => void clock.after(10, resolve));
  }
  await store.stop();
  return (writtenBytes() - before) / n;
}

async function withStore<Out>(dir: string, work: (store: Store) => Promise<Out>): Promise<Out> {
  const store = await openStore(dir);
  try {
    return await work(store);
  } finally {
    await store.stop();
  }
}

async function drawnFromSamples(store: Store, sensors: number, start: number) {
  await fill(store, sensors, start);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await drawn(store, start, 5);
  delay.enable();
  const figures = await drawn(store, start, 30);
  delay.disable();
  return { ...figures, delayMs: delay.percentile(99) / 1e6 };
}

/** A start rolls up the days that are over. */
async function drawnFromFigures(store: Store, start: number) {
  while ((await drawn(store, start, 1)).source === 'samples') await store.history.paths('nothing');
  return drawn(store, start, 30);
}

async function measureSeries(dir: string, sensors: number): Promise<readonly Target[]> {
  const start = Math.floor(clock.now() / 1000) * 1000 - days * dayMs;
  const all = samples * sensors;
  const raw = await withStore(dir, (store) => drawnFromSamples(store, sensors, start));
  const bytes = seriesBytes(dir) / all;
  const rolled = await withStore(dir, (store) => drawnFromFigures(store, start));
  const whole = seriesBytes(dir) / all;
  const peer = rows(dir, sensors, start);
  const size = peer.bytes / all;
  return [
    { what: `drawn at ${points} points from ${samples} samples`, value: raw.ms, unit: 'ms', atMost: 50 },
    { what: '  the slowest of thirty', value: raw.worstMs, unit: 'ms' },
    { what: `drawn from five-minute figures (${rolled.source})`, value: rolled.ms, unit: 'ms', atMost: 50 },
    { what: 'event-loop delay meanwhile, p99', value: raw.delayMs, unit: 'ms', atMost: 20 },
    { what: 'on disk for a sample, everything', value: bytes, unit: 'B', atMost: 12 },
    { what: '  with five-minute figures', value: whole, unit: 'B', atMost: 12 },
    { what: `rows in SQLite: ${size.toFixed(1)} B a sample, to ours`, value: size / whole, unit: '×' },
    {
      what: `rows in SQLite: drawn in ${peer.ms.toFixed(0)} ms, to ours`,
      value: peer.ms / raw.ms,
      unit: '×',
    },
  ];
}

export async function run({
  quick,
  tally,
}: {
  readonly quick: boolean;
  readonly tally: Tally;
}): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'homerule-bench-'));
  const sensors = quick ? 1 : 4;
  try {
    const series = await attempt(tally, 'history, series', () => measureSeries(join(dir, 'series'), sensors));
    const bytes = await attempt(tally, 'history, journal', () =>
      journalled(join(dir, 'journal'), quick ? 10 : 30),
    );
    const journal: Target[] = [
      {
        what: 'written to disk for a journalled message',
        value: bytes ?? Number.NaN,
        unit: 'B',
        atMost: 300,
      },
    ];
    printTargets(
      `history: ${days} days of ${sensors} sensors, one sample in ${paceMs / 1000} s, data in ${tmpdir()}`,
      [...(series ?? []), ...journal],
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
