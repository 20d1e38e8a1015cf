// `wait until`: keeps messages until a device or topic is as wanted. It looks on only while a message waits.
import type { NodeMessage } from 'node-red';
import type { DeviceView, TopicView } from '../../../../src/api/contract.ts';
import { waitUntil as kind } from '../kinds/devices.ts';
import { tell } from '../shared/cause.ts';
import type { Undo } from '../shared/clock.ts';
import { type Condition, conditionOf } from '../shared/condition.ts';
import { messageOf, PaletteError } from '../shared/errors.ts';
import type { Behaviour, NodeType, Outputs, Work } from '../shared/node-type.ts';
import { factsOf, readingOf } from '../shared/reading.ts';
import { topicFactsOf, valueAt } from '../shared/topic-value.ts';

/** Messages of one node that wait at a time. */
const capacity = 100;

interface Waiter {
  readonly msg: NodeMessage;
  readonly send: (...outputs: Outputs) => void;
  readonly end: (error?: unknown) => void;
  readonly disarm: Undo;
}

interface Seen {
  readonly value: unknown;
  readonly facts: object;
}

class WaitUntil {
  readonly #work: Work;
  readonly #condition: Condition;
  readonly #waiters = new Set<Waiter>();
  #seen: Seen | undefined;
  #undo: Undo | undefined;

  constructor(work: Work) {
    this.#work = work;
    const { settings, values } = work;
    this.#condition = conditionOf(settings.text('compare'), settings.typed('value'), values);
  }

  add(msg: NodeMessage, send: Waiter['send']): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: unknown): void => (error === undefined ? resolve() : reject(error));
      const waiter: Waiter = { msg, send, end, disarm: this.#armTimeout(() => this.#expire(waiter)) };
      this.#waiters.add(waiter);
      const [oldest] = this.#waiters;
      if (this.#waiters.size > capacity && oldest !== undefined)
        this.#end(oldest, new PaletteError('dropped', `more than ${capacity} messages wait here`));
      this.#show();
      if (this.#undo === undefined) this.#undo = this.#follow();
      else void this.#judge([waiter]);
    });
  }

  /** Lets go of all that wait; they are done without an output. */
  reset(): void {
    for (const waiter of [...this.#waiters]) this.#end(waiter);
    this.#show();
  }

  #armTimeout(run: () => void): Undo {
    const ms = this.#work.settings.duration('timeout');
    return ms === undefined ? () => undefined : this.#work.clock.after(ms, run);
  }

  #expire(waiter: Waiter): void {
    waiter.send(undefined, waiter.msg);
    this.#end(waiter);
    this.#show();
  }

  #follow(): Undo {
    const { settings, engine, status } = this.#work;
    const failed = (reason: string): void => status.failed(reason);
    if (settings.text('source') === 'topic') {
      const heard = (view: TopicView): void =>
        this.#look(valueAt(view, settings.text('path')), topicFactsOf(view));
      return engine.followTopic({ topic: settings.text('topic'), every: true }, { heard, failed });
    }
    const heard = (device: DeviceView): void => {
      const reading = readingOf(device, settings.text('property'));
      if (reading !== undefined) this.#look(reading.value, factsOf(device, reading));
    };
    const selector = { by: 'device', name: settings.text('device'), every: true } as const;
    return engine.followDevices(selector, { heard, failed });
  }

  #look(value: unknown, facts: object): void {
    this.#seen = value === undefined ? undefined : { value, facts };
    void this.#judge([...this.#waiters]);
  }

  async #judge(waiters: readonly Waiter[]): Promise<void> {
    const seen = this.#seen;
    if (seen === undefined) return;
    for (const waiter of waiters) {
      try {
        const asked = { ...waiter.msg, value: seen.value };
        if (!(await this.#condition(seen.value, asked)) || !this.#waiters.has(waiter)) continue;
        waiter.send(tell(waiter.msg, { ...seen.facts, value: seen.value }));
        this.#end(waiter);
        this.#work.status.value(seen.value);
      } catch (error) {
        this.#end(waiter, error instanceof Error ? error : new Error(messageOf(error)));
      }
    }
  }

  #end(waiter: Waiter, error?: unknown): void {
    if (!this.#waiters.delete(waiter)) return;
    waiter.disarm();
    waiter.end(error);
    if (this.#waiters.size > 0) return;
    this.#undo?.();
    this.#undo = undefined;
    this.#seen = undefined;
  }

  #show(): void {
    const { size } = this.#waiters;
    this.#work.status.set(
      size === 0
        ? { fill: 'grey', shape: 'ring', text: '' }
        : { fill: 'blue', shape: 'ring', text: `… ${size}` },
    );
  }
}

function start(work: Work): Behaviour {
  const waiting = new WaitUntil(work);
  return {
    input: async (msg, send) => {
      if (msg['reset'] === undefined || msg['reset'] === false) return waiting.add(msg, send);
      waiting.reset();
    },
    close: () => waiting.reset(),
  };
}

export const waitUntil: NodeType = { kind, start };
