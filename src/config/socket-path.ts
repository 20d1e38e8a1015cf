// Where the unix sockets of a running house are; the server and the command line must agree.
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A socket's address holds 108 bytes on Linux and 104 elsewhere; longer paths are cut silently. */
const longestPath = 100;

/** `<data>/run/NAME`; for a data folder deep down, a folder named by its hash under the temporary one. */
export function socketPath(dataDir: string, name: 'homerule.sock' | 'flows.sock' = 'homerule.sock'): string {
  const folder = resolve(dataDir);
  const path = join(folder, 'run', name);
  if (Buffer.byteLength(path) <= longestPath) return path;
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(tmpdir(), `homerule-${hash}`, name);
}
