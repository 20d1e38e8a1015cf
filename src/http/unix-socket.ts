// The unix socket in the data directory: whoever may open it is the owner, so its folder and file are for one user.
import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { httpError } from './errors.ts';

/** sun_path of Linux, with its final NUL. */
const maxPathBytes = 107;

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

async function isSocketFile(path: string): Promise<boolean | undefined> {
  try {
    return (await lstat(path)).isSocket();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether somebody answers; rejects when that cannot be known. */
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'ECONNREFUSED' || code === 'ENOENT') resolve(false);
      else reject(error);
    });
  });
}

/**
 * Makes the folder private and removes the socket of a process that has died, found by a refused connection.
 * Throws `socket-taken` when it is answered, `socket-path-taken` when the file is something else.
 */
export async function prepareSocketPath(path: string): Promise<void> {
  const bytes = Buffer.byteLength(path);
  if (bytes > maxPathBytes) {
    const message = `the path of the unix socket has ${bytes} bytes, the most is ${maxPathBytes}: ${path}`;
    throw httpError('socket-path-too-long', `${message}; choose a shorter data directory`);
  }
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const isSocket = await isSocketFile(path);
  if (isSocket === undefined) return;
  if (!isSocket) throw httpError('socket-path-taken', `${path} is there and is no socket; it is left alone`);
  if (await isAnswered(path)) {
    throw httpError('socket-taken', `another process answers on ${path}; is this house running already?`);
  }
  await rm(path, { force: true });
}

export async function protectSocket(path: string): Promise<void> {
  await chmod(path, 0o600);
}
