// Programs under measurement, each in its own process: started, waited for until their port answers, ended.
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Peer {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Resolves when something listens there; rejects after ten seconds. */
export async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect({ host: '127.0.0.1', port });
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await wait(50);
  }
  throw new Error(`nothing listens on port ${port}`);
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** Forks a script of ours that sends `{ port }` over IPC when it is ready. */
export async function forkPeer(name: string, script: URL, scriptArguments: string[] = []): Promise<Peer> {
  const child = fork(script, scriptArguments, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return { name, port, pid: child.pid ?? 0, stop: () => end(child) };
}

/** Distributions put it where only root looks. */
function mosquittoCommand(): string | undefined {
  return ['mosquitto', '/usr/sbin/mosquitto'].find(
    (command) => spawnSync(command, ['-h'], { stdio: 'ignore' }).error === undefined,
  );
}

/** mosquitto without persistence and without its drop limits; undefined, and a line that says so, when it is missing. */
export async function startMosquitto(): Promise<Peer | undefined> {
  const command = mosquittoCommand();
  if (command === undefined) {
    console.log('mosquitto is not installed, so there is nothing to compare with: apt install mosquitto');
    return undefined;
  }
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'bench-mosquitto-'));
  const config = join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence false',
    'set_tcp_nodelay true',
    'max_queued_messages 0',
    'max_inflight_messages 0',
    'log_type none',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const child = spawn(command, ['-c', config], { stdio: 'ignore' });
  await untilListening(port);
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(folder, { recursive: true });
  };
  return { name: 'mosquitto', port, pid: child.pid ?? 0, stop };
}
