// Our broker alone in a process, in the shape it has in production but with nothing behind the accept seam.
import { hostname } from 'node:os';
import { SystemClock, silentLogger } from '../../../src/base/index.ts';
import { Broker } from '../../../src/broker/index.ts';

const broker = new Broker({
  listeners: { mqtt: { port: 0 } },
  gate: { hosts: [], origins: [], machine: hostname().toLowerCase() },
  accept: () => undefined,
  commits: { open: 1, whenCommitted: (_batch, done) => done() },
  retained: { put: () => undefined, delete: () => undefined },
  loadRetained: async () => [],
  clock: new SystemClock(),
  log: silentLogger,
});
await broker.start(new AbortController().signal);
process.send?.({ port: broker.addresses().mqtt?.port });
process.once('SIGTERM', () => {
  void broker.stop().then(() => process.exit(0));
});
// The parent is gone: so are we.
process.once('disconnect', () => process.exit(0));
