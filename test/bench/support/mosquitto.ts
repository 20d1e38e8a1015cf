// mosquitto as a peer of the benchmarks: without its drop limits, and with whatever further settings a scene asks for.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, freePort, type Peer, untilListening } from './peer.ts';

export interface MosquittoOptions {
  /** Of the peer; `mosquitto` when absent. */
  readonly name?: string;
  /** Lines of its configuration; `persistence false` when absent. */
  readonly settings?: readonly string[];
  /** Its port, for one that is started again; a free one when absent. */
  readonly port?: number;
}

/** Distributions put it where only root looks. */
function mosquittoCommand(): string | undefined {
  return ['mosquitto', '/usr/sbin/mosquitto'].find(
    (command) => spawnSync(command, ['-h'], { stdio: 'ignore' }).error === undefined,
  );
}

/** Undefined, and a line that says so, when it is missing. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Peer | undefined> {
  const command = mosquittoCommand();
  if (command === undefined) {
    console.log('mosquitto is not installed, so there is nothing to compare with: apt install mosquitto');
    return undefined;
  }
  const { name = 'mosquitto', settings = ['persistence false'], port = await freePort() } = options;
  const folder = mkdtempSync(join(tmpdir(), 'bench-mosquitto-'));
  const config = join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'set_tcp_nodelay true',
    'max_queued_messages 0',
    'max_inflight_messages 0',
    'log_type none',
    // Started by root it would become a user who may not write here.
    'user root',
    `persistence_location ${folder}/`,
    ...(settings.some((line) => line.startsWith('allow_anonymous')) ? [] : ['allow_anonymous true']),
    ...settings,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const child = spawn(command, ['-c', config], { stdio: 'ignore' });
  await untilListening(port);
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(folder, { recursive: true });
  };
  return { name, port, pid: child.pid ?? 0, stop };
}
