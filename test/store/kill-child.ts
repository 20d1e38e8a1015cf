// Run by tests as a process of its own: writes for ever and prints `key value kept` for what was acknowledged,
// `log text` for what the store said.
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { Store } from '../../src/store/index.ts';

const [, , dir = '', seed = '1'] = process.argv;
const keys = 40;
const say = (_fields: object, text: string): boolean => process.stdout.write(`log ${text}\n`);
const log = { ...silentLogger, error: say, info: say };
const store = new Store({ dir, clock: new SystemClock(), log });
await store.start(new AbortController().signal);

let value = Number(seed) * 1e6;
let random = Number(seed);
const dice = (sides: number): number => {
  random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((random / 2 ** 31) * sides);
};

/** Some rows, then the end of the turn; what they say is printed when they are on disk. */
function turn(): void {
  for (let left = 1 + dice(20); left > 0; left--) {
    const topic = `key/${dice(keys)}`;
    const mine = ++value;
    const payload = Buffer.from(`${mine}`.padEnd(1 + dice(3000)));
    store.retained.put({ topic, payload, qos: 1, properties: null, at: mine, user: null, client: null });
    store.state.put({
      topic,
      payload: { bytes: payload },
      bytes: payload.length,
      at: mine,
      changedAt: mine,
      qos: 1,
      retain: true,
      origin: 'client',
      by: '',
      previous: undefined,
      pathChanges: undefined,
    });
    store.commits.whenCommitted(store.commits.open, () => process.stdout.write(`${topic} ${mine} kept\n`));
  }
  setImmediate(turn);
}

turn();
