// The broker alone against mosquitto and against stock aedes: QoS 0 one to one, one to twenty, QoS 1 ingest.
// Prints ratios of medians of interleaved rounds; absolute figures say little, and nothing is gated on them.
import { median, printTable, ratio, short } from './support/figures.ts';
import { type LoadJob, type LoadResult, runLoad } from './support/load.ts';
import { startMosquitto } from './support/mosquitto.ts';
import { forkPeer, type Peer } from './support/peer.ts';

interface Scene {
  readonly name: string;
  readonly unit: 'delivered' | 'published';
  readonly job: Omit<LoadJob, 'port' | 'count'>;
  readonly count: number;
  /** Of our figure to that of mosquitto, from the design. */
  readonly target: string;
}

const messages = [{ topic: 'bench/room/lamp', payload: 'x'.repeat(64) }];
const common = { messages, filter: 'bench/#', window: 4000 };

const scenes: readonly Scene[] = [
  {
    name: 'QoS 0, 1 → 1',
    unit: 'delivered',
    job: { ...common, qos: 0, subscribers: 1 },
    count: 200_000,
    target: '≥ 1.5×',
  },
  {
    name: 'QoS 0, 1 → 20',
    unit: 'delivered',
    job: { ...common, qos: 0, subscribers: 20 },
    count: 20_000,
    target: '≥ 4×',
  },
  {
    name: 'QoS 1 ingest',
    unit: 'published',
    job: { ...common, qos: 1, subscribers: 0, window: 1000 },
    count: 100_000,
    target: '≥ 1×',
  },
];

const ourBroker = (): Promise<Peer> =>
  forkPeer('homerule', new URL('./support/broker-process.ts', import.meta.url));
const stockAedes = (): Promise<Peer> =>
  forkPeer('stock aedes', new URL('./support/stock-process.ts', import.meta.url));

/** One scene against every peer, round by round in turn, so that a slow moment of the machine hits all. */
async function measure(
  scene: Scene,
  peers: readonly Peer[],
  rounds: number,
): Promise<Map<string, LoadResult[]>> {
  const results = new Map<string, LoadResult[]>(peers.map((peer) => [peer.name, []]));
  for (const peer of peers) await runLoad({ ...scene.job, port: peer.port, count: scene.count / 10 });
  for (let round = 0; round < rounds; round++) {
    for (const peer of peers) {
      results.get(peer.name)?.push(await runLoad({ ...scene.job, port: peer.port, count: scene.count }));
    }
  }
  return results;
}

function rowsOf(scene: Scene, results: ReadonlyMap<string, readonly LoadResult[]>): string[] {
  const of = (name: string): number => median((results.get(name) ?? []).map((result) => result[scene.unit]));
  const missing = [...results.values()].flat().reduce((sum, result) => sum + result.missing, 0);
  const [ours, stock, theirs] = [of('homerule'), of('stock aedes'), of('mosquitto')];
  return [
    scene.name,
    short(ours),
    short(stock),
    short(theirs),
    ratio(ours, stock),
    ratio(ours, theirs),
    scene.target,
    `${missing}`,
  ];
}

export async function run(options: { readonly quick: boolean }): Promise<void> {
  const mosquitto = await startMosquitto();
  const own = [await ourBroker(), await stockAedes()];
  const peers = mosquitto === undefined ? own : [...own, mosquitto];
  const rows = [
    ['messages/s', 'homerule', 'stock aedes', 'mosquitto', 'to stock', 'to mosquitto', 'target', 'missing'],
  ];
  try {
    for (const scene of scenes) {
      const scaled = options.quick ? { ...scene, count: scene.count / 4 } : scene;
      rows.push(rowsOf(scene, await measure(scaled, peers, options.quick ? 3 : 5)));
    }
  } finally {
    await Promise.all(peers.map((peer) => peer.stop()));
  }
  printTable('broker: medians of interleaved rounds, 64-byte payloads', rows);
}
