// A channel on a clock that tests move.
import { onTestFinished } from 'vitest';
import { Channel } from '../../../plugins/notify/channel.ts';
import { services } from '../../../plugins/notify/services/table.ts';
import { type Undo, VirtualClock } from '../../../src/base/index.ts';
import { Seen } from '../plugin-house.ts';
import { HttpPeer, type Reply } from './http-peer.ts';
import { start } from './service-cases.ts';

/** Tells what is waited for. */
export class WatchedClock extends VirtualClock {
  readonly armed = new Seen<number>();

  override after(ms: number, run: () => void): Undo {
    const undo = super.after(ms, run);
    this.armed.add(ms);
    return undo;
  }

  /** Passes the time as soon as somebody waits for that long. */
  async pass(ms: number): Promise<void> {
    await this.armed.until((one) => one === ms);
    this.armed.all.splice(0);
    this.advance(ms);
  }
}

export interface Ground {
  readonly peer: HttpPeer;
  readonly clock: WatchedClock;
  readonly states: (string | undefined)[];
  readonly stop: AbortController;
  channel(service: string, config: Readonly<Record<string, unknown>>): Channel;
}

export async function channelGround(usual: Reply): Promise<Ground> {
  const peer = await HttpPeer.start(usual);
  onTestFinished(() => peer.stop());
  const clock = new WatchedClock(start);
  const states: (string | undefined)[] = [];
  const stop = new AbortController();
  return {
    peer,
    clock,
    states,
    stop,
    channel(name, config) {
      const service = services.find((one) => one.name === name);
      if (service === undefined) throw new Error(`no service ${name}`);
      const filled = Object.entries(config).map(([key, value]) => [
        key,
        typeof value === 'string' ? value.replace('URL', peer.url) : value,
      ]);
      return new Channel({
        channel: { name: 'phone', service, config: Object.fromEntries(filled) },
        clock,
        signal: stop.signal,
        onState: (fault) => states.push(fault),
      });
    },
  };
}
