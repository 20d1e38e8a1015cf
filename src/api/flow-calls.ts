// Calls of rules into flows: each is brought to whoever listens for its flow, and answered once. Knows no Node-RED.
import { z } from 'zod';
import { type Clock, HomeruleError, type Undo } from '../base/index.ts';
import type { ServiceCall } from '../rules/index.ts';
import type { Actor, FlowCallsApi } from './api.ts';
import type { FlowAnswer, FlowCallView } from './contract.ts';
import { fail } from './errors.ts';
import type { FlowsPort } from './ports.ts';

type Listener = (call: FlowCallView) => void;

export interface FlowCallsHouse {
  readonly clock: Clock;
  readonly flows: Pick<FlowsPort, 'view'>;
}

interface Open {
  readonly view: FlowCallView;
  readonly answer: PromiseWithResolvers<unknown>;
  /** Who has it; empty: nobody yet. */
  readonly holders: Set<Listener>;
  /** Of the monotonic clock: when nobody waits for an answer any more. */
  readonly until: number;
  /** Of the time that runs now. */
  undo: Undo;
}

const maxOpen = 1000;
/** Node-RED needs a moment to start: whoever listens by then has it. */
const patienceMs = 10_000;
/** For who says no timeout. */
const longestMs = 86_400_000;

const flowRequest = z.object({
  flow: z.string(),
  data: z.unknown(),
  wait: z.boolean(),
  timeoutMs: z.number().exactOptional(),
});

export class FlowCalls implements FlowCallsApi {
  readonly #house: FlowCallsHouse;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #open = new Map<string, Open>();
  #refused = 0;
  #lost = 0;

  constructor(house: FlowCallsHouse) {
    this.#house = house;
  }

  /** `flowCallsRefused`: too many were open. `flowCallsLost`: whoever had them went. */
  counters(): Readonly<Record<string, number>> {
    return { flowCallsOpen: this.#open.size, flowCallsRefused: this.#refused, flowCallsLost: this.#lost };
  }

  /** All who listen for a flow get its calls, and at once those that nobody was there for. */
  listen(flow: string, listener: Listener): Undo {
    const listeners = this.#listeners.get(flow) ?? new Set();
    this.#listeners.set(flow, listeners.add(listener));
    for (const open of [...this.#open.values()])
      if (open.view.flow === flow && open.holders.size === 0) this.#hand(open, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(flow);
      this.#gone(listener);
    };
  }

  /**
   * The service behind `flow: NAME`. Resolves with the answer, or without `wait` when a flow has it. Rejects with
   * `flow-missing`, `flow-lost`, `flow-timeout`, `too-many-calls`, and what the flow answers.
   */
  async call(request: unknown, { id, rule, run, depth, signal }: ServiceCall): Promise<unknown> {
    const { flow, data, wait, timeoutMs = longestMs } = flowRequest.parse(request);
    if (this.#open.size >= maxOpen) {
      this.#refused++;
      throw fail('too-many-calls', `${maxOpen} calls of flows are open already`);
    }
    const open: Open = {
      view: { call: id, flow, data, wait, cause: run, depth, rule, run },
      answer: Promise.withResolvers(),
      holders: new Set(),
      until: this.#house.clock.monotonic() + timeoutMs,
      undo: () => undefined,
    };
    const stop = (): void => this.#reject(open, signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    this.#open.set(id, open);
    const listeners = this.#listeners.get(flow);
    if (listeners === undefined) this.#await(open);
    else this.#hand(open, listeners);
    return open.answer.promise.finally(() => signal.removeEventListener('abort', stop));
  }

  async answer(_actor: Actor, call: string, answer: FlowAnswer): Promise<void> {
    const open = this.#open.get(call);
    if (open === undefined)
      throw fail('flow-call-missing', `nobody waits for an answer to the call "${call.slice(0, 80)}"`);
    if (answer.ok) this.#resolve(open, answer.value ?? null);
    else this.#reject(open, new HomeruleError(answer.code, 'unavailable', answer.message));
  }

  /** Nobody listens yet. */
  #await(open: Open): void {
    const { clock, flows } = this.#house;
    const waitMs = Math.min(patienceMs, open.until - clock.monotonic());
    open.undo = clock.after(waitMs, () => {
      const { state } = flows.view();
      const how = state === 'off' ? 'off by configuration (flows.enabled)' : state;
      const words = `no flow "${open.view.flow}" listened within ${waitMs / 1000} s; Node-RED is ${how}`;
      this.#reject(open, fail('flow-missing', words));
    });
  }

  #hand(open: Open, listeners: ReadonlySet<Listener>): void {
    const { view, until } = open;
    const { clock } = this.#house;
    open.undo();
    for (const listener of listeners) open.holders.add(listener);
    if (!view.wait) this.#resolve(open, null);
    else
      open.undo = clock.after(Math.max(0, until - clock.monotonic()), () =>
        this.#reject(open, fail('flow-timeout', `the flow "${view.flow}" did not answer in time`)),
      );
    for (const listener of listeners) listener(view);
  }

  #gone(listener: Listener): void {
    for (const open of [...this.#open.values()]) {
      if (!open.holders.delete(listener) || open.holders.size > 0) continue;
      this.#lost++;
      const words = `the flow "${open.view.flow}" went before it answered: it was stopped or deployed anew`;
      this.#reject(open, fail('flow-lost', words));
    }
  }

  #resolve(open: Open, value: unknown): void {
    this.#close(open);
    open.answer.resolve(value);
  }

  #reject(open: Open, error: unknown): void {
    this.#close(open);
    open.answer.reject(error);
  }

  #close({ view, undo }: Open): void {
    undo();
    this.#open.delete(view.call);
  }
}
