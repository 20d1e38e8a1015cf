// Many clients that lost their broker and all come back at once, each with what it subscribes to.
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { subscribePacket } from './frames.ts';
import { suback, Wire } from './wire.ts';

export interface StormClient {
  readonly id: string;
  readonly login?: { readonly username: string; readonly password: string };
}

export interface StormFigures {
  /** From the start of the storm, when nobody may listen yet, to each client's SUBACK; ascending. */
  readonly backMs: readonly number[];
  /** From the first connection that was taken to the last SUBACK. */
  readonly stormMs: number;
}

/** Between two attempts while nobody listens. */
const retryMs = 20;
const attempts = 3000;

/** Connected, welcomed and subscribed again. */
async function comeBack(port: number, client: StormClient, onTaken: () => void): Promise<Wire> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const wire = await Wire.open({ port, ...client, onTaken }).catch(() => undefined);
    if (wire === undefined) {
      await wait(retryMs);
      continue;
    }
    await wire.ask(subscribePacket(`${client.id}/#`, 1), suback);
    return wire;
  }
  throw new Error(`${client.id} could not come back`);
}

export class Storm {
  readonly #port: number;
  readonly #clients: readonly StormClient[];

  constructor(port: number, clients: readonly StormClient[]) {
    this.#port = port;
    this.#clients = clients;
  }

  /** All of them, at once. Call `restart` in the same breath: time counts from here. */
  async run(): Promise<StormFigures> {
    const start = performance.now();
    let takenAt = Number.POSITIVE_INFINITY;
    const onTaken = (): void => {
      takenAt = Math.min(takenAt, performance.now());
    };
    const backMs: number[] = [];
    const back = async (client: StormClient): Promise<Wire> => {
      const wire = await comeBack(this.#port, client, onTaken);
      backMs.push(performance.now() - start);
      return wire;
    };
    const wires = await Promise.all(this.#clients.map(back));
    const stormMs = performance.now() - takenAt;
    for (const { socket } of wires) {
      socket.destroy();
      await once(socket, 'close');
    }
    return { backMs, stormMs };
  }
}
