// Run by tests as a process of its own: makes one backup after the other and says `begun` before each.
import { SystemClock, silentLogger } from '../../src/base/index.ts';
import { Backups, Store } from '../../src/store/index.ts';

const [, , dir = ''] = process.argv;
const clock = new SystemClock();
const store = new Store({ dir, clock, log: silentLogger });
await store.start(new AbortController().signal);
const at = clock.now();
for (let i = 0; i < 500; i++) {
  const payload = Buffer.alloc(2000, i);
  store.retained.put({ topic: `a/${i}`, payload, qos: 1, properties: null, at, user: null, client: null });
}
const backups = new Backups({
  ...{ dir, clock, version: '1', log: silentLogger, keep: 7, from: undefined },
  local: { date: () => '', time: () => '' },
  copy: (folder, names) => store.copyInto(folder, names),
});
await backups.start();
for (;;) {
  process.stdout.write('begun\n');
  await backups.make({ history: true });
}
