// aedes as it comes from the shelf, so that our wrapping can be seen not to cost.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';

const aedes = await Aedes.createBroker();
const server = createServer({ noDelay: true }, aedes.handle);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
