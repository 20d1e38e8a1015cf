// Run by a test as a process of its own: says a number on three topics for ever and prints `kept N` when everything up
// to N is on disk. A second passes from number to number, so that blocks and figures are written as in hours.
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { Store } from '../../src/store/index.ts';

const [, , dir = '', start = '0', since = '0'] = process.argv;
const store = new Store({ dir, clock: new SystemClock(), log: silentLogger });
await store.start(new AbortController().signal);
let seq = await store.nextSeqBlock();

function say(n: number): void {
  const payload = Buffer.from(`{"n":${n},"on":${n % 2 === 0}}`);
  const at = Number(since) + n * 1000;
  const head = { kind: 'message', seq: seq++, at, topic: `sensor/${n % 3}`, payload } as const;
  store.journal.append({ ...head, qos: 0, retain: false, origin: 'client', by: '', depth: 0 });
}

for (let n = Number(start); ; ) {
  const end = n + 1 + ((n * 7919) % 400);
  while (n < end) say(n++);
  // Flushes, and is answered after what was flushed is on disk.
  await store.history.paths('sensor/0');
  process.stdout.write(`kept ${n - 1}\n`);
}
