// `device in` in a real Node-RED runtime: every option against a house that says what the case wants. A second node on
// the same connection tells when the first has heard what was said.
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src/base/index.ts';
import { type Case, cases, type Step } from './device-in-cases.ts';
import { FakeEngine, lamp } from './fake-engine.ts';
import { atEnd, type Bench, place } from './workbench.ts';

/** Turns of the event loop in which expressions and outputs come to their end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

class Stage {
  readonly house = new FakeEngine();
  readonly clock = new VirtualClock(5000);
  #bench: Bench | undefined;
  #fences = 0;

  async start(set: object, before: unknown): Promise<Bench> {
    if (before !== undefined) this.house.devices.set('lamp', lamp(before));
    this.house.devices.set('fence', lamp(true, { id: 'fence' }));
    await this.house.start();
    atEnd(() => this.house.kill());
    const type = 'homerule-device-in';
    const saved = { type, target: 'lamp', property: 'on', ...set };
    const fence = { type, target: 'fence', property: 'on', onConnect: true, ignoreUnchanged: false };
    this.#bench = await place(saved, this.house.url, { clock: this.clock, fence });
    await this.#bench.fenced();
    await settle();
    return this.#bench;
  }

  async take(step: Step): Promise<void> {
    if ('to' in step) this.clock.advanceTo(step.to * 1000);
    else if ('lose' in step) await this.house.kill();
    else if ('connect' in step) await this.#connect();
    else {
      const { say, at, changedAt = at, property = 'on', kind } = step;
      const told = lamp(say, { at: at * 1000, changedAt: changedAt * 1000, property });
      const properties = told.properties.map((one) => (kind === undefined ? one : { ...one, kind }));
      this.house.set({ ...told, properties });
      if (this.house.subscriptions().length > 0) await this.#fence();
    }
    await settle();
  }

  async #fence(): Promise<void> {
    const at = 5000 + ++this.#fences;
    this.house.set(lamp(true, { id: 'fence', at, changedAt: at }));
    await this.#bench?.fenced();
  }

  /** The wait before the next attempt is 100 ms at most. */
  async #connect(): Promise<void> {
    const { connections } = this.house;
    await this.house.start();
    while (this.house.connections === connections) {
      this.clock.advance(100);
      for (let turn = 0; turn < 20 && this.house.connections === connections; turn++) await settle();
    }
    await this.#bench?.fenced();
  }
}

describe('device in', () => {
  test.each(cases)('$name', async ({ set = {}, before, steps, sent }: Case) => {
    const stage = new Stage();
    const bench = await stage.start(set, before);
    for (const step of steps) await stage.take(step);
    const heard: string[] = [];
    while (heard.length < sent.length) {
      const [output, { payload }] = await bench.next();
      heard.push(`${output}:${JSON.stringify(payload)}`);
    }
    expect(heard).toEqual(sent);
    expect(bench.waiting()).toBe(0);
  });
});
