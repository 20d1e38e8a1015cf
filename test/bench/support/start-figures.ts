// How long a house with rules takes from being started to its first CONNACK, and how much memory it holds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startHouse } from '../../support/house.ts';
import { deviceMessages, rulesOf } from './bench-rules.ts';
import { connectPacket } from './frames.ts';
import { benchEnvironment, loadRules } from './house-subject.ts';
import { runLoad } from './load.ts';
import { end, freePort } from './peer.ts';
import { residentMb } from './process-figures.ts';

const main = fileURLToPath(new URL('../../../dist/src/main.js', import.meta.url));
const devices = 1000;
const rules = 1000;
const clients = 200;
/** Between two attempts to connect. */
const retryMs = 4;

export interface StartFigures {
  /** Each start. */
  readonly connackMs: readonly number[];
  readonly idleMb: number;
  readonly fullMb: number;
}

/** A data folder as a house of a thousand devices and rules leaves it. */
async function furnish(dataDir: string): Promise<void> {
  mkdirSync(dataDir);
  const house = await startHouse({ isBuilt: true, dataDir, env: benchEnvironment });
  await loadRules(house.url, rulesOf(rules));
  const messages = deviceMessages(devices);
  const job = { port: house.mqttPort, messages, count: devices, qos: 0, window: devices } as const;
  await runLoad({ ...job, subscribers: 1, filter: 'bench/device/+/state' });
  await house.stop();
}

/** A client that got its CONNACK, or undefined when nobody listens yet. */
async function connected(port: number, id: string): Promise<Socket | undefined> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  try {
    await once(socket, 'connect');
    socket.write(connectPacket({ id }));
    await once(socket, 'data');
    return socket;
  } catch {
    socket.destroy(); // refused: not listening yet
    return undefined;
  }
}

async function firstClient(port: number): Promise<Socket> {
  for (let attempt = 0; attempt < 5000; attempt++) {
    const socket = await connected(port, 'bench-first');
    if (socket !== undefined) return socket;
    await wait(retryMs);
  }
  throw new Error(`no CONNACK on port ${port}`);
}

interface OneStart {
  readonly connackMs: number;
  readonly residentMb: number;
}

interface Weighing {
  readonly clients: number;
  readonly restMs: number;
}

/** Starts a house on these data and counts until the first CONNACK; to be weighed it gets clients and rests. */
async function startOnce(dataDir: string, weighing?: Weighing): Promise<OneStart> {
  const port = await freePort();
  const flags = ['--data', dataDir, '--mqtt-port', `${port}`, '--ws-port', '0', '--http-port', '0'];
  const env = { ...process.env, ...benchEnvironment };
  const from = performance.now();
  const child = spawn(process.execPath, [main, 'start', ...flags], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const sockets: (Socket | undefined)[] = [];
  try {
    sockets.push(await firstClient(port));
    const connackMs = performance.now() - from;
    for (let n = 1; n < (weighing?.clients ?? 0); n++) sockets.push(await connected(port, `bench-${n}`));
    if (weighing !== undefined) await wait(weighing.restMs);
    return { connackMs, residentMb: residentMb([child.pid ?? 0]) };
  } finally {
    for (const socket of sockets) socket?.destroy();
    await end(child);
  }
}

export async function measureStart(starts: number, restMs: number): Promise<StartFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const full = join(folder, 'full');
  try {
    const idle = await startOnce(join(folder, 'empty'), { clients: 0, restMs });
    await furnish(full);
    const measured: OneStart[] = [];
    for (let n = 0; n < starts; n++)
      measured.push(await startOnce(full, n === starts - 1 ? { clients, restMs } : undefined));
    const connackMs = measured.map((one) => one.connackMs);
    return { connackMs, idleMb: idle.residentMb, fullMb: measured.at(-1)?.residentMb ?? Number.NaN };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
