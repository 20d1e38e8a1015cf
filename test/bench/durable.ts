// What it costs that nothing is acknowledged before it is on disk: QoS 1 through the whole built house, each PUBACK behind
// an fsync, against mosquitto with persistence. All on one file system; ratios of medians, nothing is gated on them.
import { tmpdir } from 'node:os';
import { startHouse } from '../support/house.ts';
import { median, printTable, ratio, short } from './support/figures.ts';
import { benchEnvironment, buildServer } from './support/house-subject.ts';
import { type LoadJob, type LoadResult, runLoad } from './support/load.ts';
import { startMosquitto } from './support/mosquitto.ts';
import type { Peer } from './support/peer.ts';
import { cpuOf } from './support/process-figures.ts';

interface Scene {
  readonly name: string;
  /** Whether a quick look leaves it out. */
  readonly isLong?: boolean;
  readonly job: Omit<LoadJob, 'port' | 'count'>;
}

interface Sample extends LoadResult {
  readonly cpuMicros: number;
}

const payload = 'x'.repeat(100);
const topics = 100;
const messages = Array.from({ length: topics }, (_, n) => ({ topic: `bench/device-${n}/state`, payload }));
const retained = messages.map((message) => ({ ...message, retain: true }));
const common = { messages, filter: 'bench/#', qos: 1, subscribers: 1 } as const;

const scenes: readonly Scene[] = [
  { name: 'window 20', job: { ...common, window: 20 } },
  { name: 'window 1,000', job: { ...common, window: 1000 } },
  { name: '10 publishers of 20', isLong: true, job: { ...common, window: 20, publishers: 10 } },
  { name: '10 publishers of 100', job: { ...common, window: 100, publishers: 10 } },
  { name: 'window 20, session kept', isLong: true, job: { ...common, window: 20, isKept: true } },
  { name: 'window 1,000, session kept', job: { ...common, window: 1000, isKept: true } },
  {
    name: '10 publishers of 20, session kept',
    isLong: true,
    job: { ...common, window: 20, publishers: 10, isKept: true },
  },
  { name: 'window 20, retained', isLong: true, job: { ...common, messages: retained, window: 20 } },
  { name: 'window 1,000, retained', job: { ...common, messages: retained, window: 1000 } },
];

/** Written when it stops and every half an hour: what it acknowledged meanwhile is in memory. */
const lazily = ['persistence true'];
/** All of its memory written and synced, as often as its loop sees a change; not before it acknowledges. */
const eagerly = ['persistence true', 'autosave_on_changes true', 'autosave_interval 1'];

async function ourHouse(): Promise<Peer> {
  const house = await startHouse({ isBuilt: true, env: benchEnvironment });
  const stop = async (): Promise<void> => void (await house.stop());
  return { name: 'homerule', port: house.mqttPort, pid: house.pid, stop };
}

async function startPeers(): Promise<Peer[]> {
  buildServer();
  const peers = [
    await ourHouse(),
    await startMosquitto({ name: 'default', settings: lazily }),
    await startMosquitto({ name: 'on changes', settings: eagerly }),
  ];
  return peers.filter((peer) => peer !== undefined);
}

async function sample(peer: Peer, scene: Scene, count: number): Promise<Sample> {
  const before = cpuOf([peer.pid]);
  const result = await runLoad({ ...scene.job, port: peer.port, count });
  const cpuMicros = ((cpuOf([peer.pid]).allMs - before.allMs) * 1000) / count;
  return { ...result, cpuMicros };
}

type Samples = ReadonlyMap<Peer, readonly Sample[]>;

/** Messages that take each peer about so long, found on the way to being warm. */
async function countsFor(peers: readonly Peer[], scene: Scene, seconds: number): Promise<Map<Peer, number>> {
  const counts = new Map<Peer, number>();
  for (const peer of peers) {
    let { published } = await sample(peer, scene, 1000);
    ({ published } = await sample(peer, scene, Math.ceil(published * seconds)));
    counts.set(peer, Math.max(200, Math.ceil(published * seconds)));
  }
  return counts;
}

/** Every peer in turn, round after round, so that a slow moment of the machine hits all. */
async function measure(peers: readonly Peer[], scene: Scene, plan: Plan): Promise<Samples> {
  const counts = await countsFor(peers, scene, plan.seconds);
  const samples = new Map<Peer, Sample[]>(peers.map((peer) => [peer, []]));
  for (let round = 0; round < plan.rounds; round++) {
    const order = round % 2 === 0 ? peers : peers.toReversed();
    for (const peer of order) samples.get(peer)?.push(await sample(peer, scene, counts.get(peer) ?? 0));
  }
  return samples;
}

interface Plan {
  readonly rounds: number;
  /** Of one measurement, about. */
  readonly seconds: number;
}

function rowOf(scene: Scene, samples: Samples): string[] {
  const [ours, lazy, eager] = [...samples.values()];
  const rate = (of: readonly Sample[] | undefined): number =>
    median((of ?? []).map(({ published }) => published));
  const cpu = (of: readonly Sample[] | undefined): string =>
    median((of ?? []).map(({ cpuMicros }) => cpuMicros)).toFixed(1);
  const missing = [...samples.values()].flat().reduce((sum, one) => sum + one.missing, 0);
  return [
    scene.name,
    short(rate(ours)),
    short(rate(lazy)),
    short(rate(eager)),
    ratio(rate(ours), rate(lazy)),
    ratio(rate(ours), rate(eager)),
    `${cpu(ours)} / ${cpu(lazy)} / ${cpu(eager)}`,
    `${missing}`,
  ];
}

export async function run(options: { readonly quick: boolean }): Promise<void> {
  const plan = options.quick ? { rounds: 3, seconds: 0.5 } : { rounds: 5, seconds: 1.5 };
  const peers = await startPeers();
  const rows = [
    [
      'QoS 1, messages/s',
      'homerule',
      'default',
      'on changes',
      'to default',
      'to on changes',
      'CPU µs each',
      'missing',
    ],
  ];
  try {
    const wanted = scenes.filter(({ isLong }) => !(options.quick && isLong));
    for (const scene of wanted) rows.push(rowOf(scene, await measure(peers, scene, plan)));
  } finally {
    await Promise.all(peers.map((peer) => peer.stop()));
  }
  printTable(`broker, durable: medians of interleaved rounds, 100-byte payloads, data in ${tmpdir()}`, rows);
  console.log('  homerule: the whole house; each PUBACK follows an fsync');
  console.log(`  default: mosquitto, ${lazily.join(', ')}: acknowledges what it has in memory only`);
  console.log(
    `  on changes: mosquitto, ${eagerly.join(', ')}: the same, but writes all of it again and again`,
  );
}
