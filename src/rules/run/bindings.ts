// What the expressions of one run see: slots filled when they are read, so that an unread payload is never parsed.
import type { Timestamp } from '../../base/index.ts';
import { type HomeView, type Scope, unread } from '../../expression/index.ts';
import { bindingNames, type NameTable } from '../model/names.ts';
import { payloadOf, type Wake } from './wake.ts';

type Reader = (wake: Wake, bindings: Bindings) => unknown;

/** How each binding is made from the wake-up. A missing one stays missing. */
const readers: Readonly<Record<string, Reader>> = {
  index: (wake) => wake.index,
  verb: (wake) => wake.verb,
  id: (wake) => wake.id,
  topic: (wake) => wake.topic,
  levels: (wake) => wake.topic?.split('/'),
  params: (wake) => wake.params,
  payload: (wake) => payloadOf(wake),
  raw: (wake) => wake.payload?.raw,
  qos: (wake) => wake.qos,
  retain: (wake) => wake.retain,
  client: (wake) => (wake.origin === 'client' ? wake.by : undefined),
  origin: (wake) => wake.origin,
  at: (wake) => wake.at,
  previous: (wake) => wake.previous,
  value: (wake) => wake.value,
  device: (wake) => wake.device,
  late: (wake) => wake.late,
  properties: (wake) => wake.properties,
  trigger: (wake, bindings) => triggerObject(wake, bindings),
  run: (_wake, bindings) => (bindings.runId === undefined ? undefined : { id: bindings.runId }),
};

const readerOf: readonly (Reader | undefined)[] = bindingNames.map((name) => readers[name]);
/** What a wake-up begins with. */
const fresh: readonly unknown[] = readerOf.map((reader) => (reader === undefined ? undefined : unread));
const runSlot = bindingNames.indexOf('run');
const stepsSlot = bindingNames.indexOf('steps');
const triggerSlot = bindingNames.indexOf('trigger');
const triggerObjectNames = bindingNames.filter(
  (name) => readers[name] && name !== 'trigger' && name !== 'run',
);

function triggerObject(wake: Wake, bindings: Bindings): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const name of triggerObjectNames) {
    const value = readers[name]?.(wake, bindings);
    if (value !== undefined) object[name] = value;
  }
  return object;
}

export class Bindings implements Scope {
  readonly values: unknown[];
  readonly home: HomeView;
  readonly wake: Wake;
  readonly names: NameTable;
  #runId: string | undefined;
  at: Timestamp;
  seed = 0;
  readonly #seed: number;

  constructor(rule: { readonly names: NameTable; readonly seed: number }, wake: Wake, home: HomeView) {
    const { names, seed } = rule;
    this.names = names;
    this.wake = wake;
    this.home = home;
    this.at = wake.at;
    this.#seed = wake.seq ^ seed;
    this.seedFor('wake-up');
    this.values = fresh.slice();
    while (this.values.length < names.size) this.values.push(undefined);
  }

  /** Undefined until the wake-up becomes a run. */
  get runId(): string | undefined {
    return this.#runId;
  }

  become(runId: string): void {
    this.#runId = runId;
    this.values[runSlot] = unread;
  }

  /** The same input, rule and step give the same random numbers, and each step others. */
  seedFor(step: number | 'wake-up'): void {
    const number = step === 'wake-up' ? 0 : step + 1;
    this.seed = Math.imul(this.#seed ^ Math.imul(number, 0x85ebca6b), 0x9e3779b1) >>> 0;
  }

  // hot: test/bench/engine.ts
  read(slot: number): unknown {
    const value = readerOf[slot]?.(this.wake, this);
    this.values[slot] = value;
    return value;
  }

  set(name: string, value: unknown): void {
    const slot = this.names.slotOf(name);
    if (slot >= 0) this.values[slot] = value;
  }

  /** Results of actions with an `id`. */
  get results(): Readonly<Record<string, unknown>> | undefined {
    return this.values[stepsSlot] as Record<string, unknown> | undefined;
  }

  restoreResults(results: Readonly<Record<string, unknown>>): void {
    this.values[stepsSlot] = results;
  }

  setResult(id: string, value: unknown): void {
    this.values[stepsSlot] = { ...this.results, [id]: value };
  }

  /** The same run looking at another message: the root is what arrives, `trigger.` and variables stay. */
  arriving(wake: Wake): Bindings {
    const arriving = new Bindings({ names: this.names, seed: this.#seed }, wake, this.home);
    for (let slot = triggerSlot; slot < this.values.length; slot++) arriving.values[slot] = this.values[slot];
    if (arriving.values[triggerSlot] === unread) arriving.values[triggerSlot] = this.read(triggerSlot);
    if (this.#runId !== undefined) arriving.become(this.#runId);
    return arriving;
  }

  /** The rule's own variables that have a value, for traces and rows. */
  variables(): Record<string, unknown> {
    const variables: Record<string, unknown> = {};
    for (const name of this.names.variables) {
      const value = this.values[this.names.slotOf(name)];
      if (value !== undefined) variables[name] = value;
    }
    return variables;
  }
}
