// What runs want done: publishes, events and commands become inputs that are decided behind the present one; what leaves
// the engine goes to the sink. Bounded, with what was dropped counted.
import type { Ids, Timestamp } from '../../base/index.ts';
import { encodePayload, type Variables } from '../../devices/index.ts';
import type { Call, CaptureShelf, Publish, StepCommand } from '../compile/plan.ts';
import type { PublishEffect } from '../effect.ts';
import type { Input, MessageInput, Source, Unnumbered } from '../input.ts';
import type { EngineSink } from '../ports.ts';
import { shown, shownText } from '../trace/shown.ts';
import type { TraceEffect } from '../trace/trace.ts';
import type { Captures } from './captures.ts';
import { RunError } from './evaluate.ts';
import type { Run } from './run.ts';
import { ShadowOutlet } from './shadow-outlet.ts';
import type { Effects } from './step.ts';

/** Rules and flows between an input and the outside; one more is refused. */
export const maxDepth = 16;
/** Inputs of rules that wait for the present one. */
const maxPending = 1000;
/** Of payloads of messages among them: what one wake-up may put into memory. */
const maxPendingBytes = 64 * 2 ** 20;

export interface OutletHouse {
  readonly ids: Ids;
  readonly sink: EngineSink;
  readonly variables: Variables;
  readonly captures: Captures;
  takeSeq(): number;
  hasRule(rule: string): boolean;
}

export class Outlet implements Effects {
  readonly #house: OutletHouse;
  readonly #pending: Input[] = [];
  #pendingBytes = 0;
  readonly #shadow: ShadowOutlet;
  #dropped = 0;

  constructor(house: OutletHouse) {
    this.#house = house;
    const { ids, sink } = house;
    this.#shadow = new ShadowOutlet({ ids, sink, push: (input) => this.push(input) }, this);
  }

  /** Where the effects of a run go: those of a shadow rule to nobody. */
  effectsOf(run: Run): Effects {
    return run.rule.isShadow ? this.#shadow : this;
  }

  /** Inputs of rules that were dropped because too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The next input that a rule made. */
  take(): Input | undefined {
    const input = this.#pending.shift();
    if (input?.kind === 'message') this.#pendingBytes -= input.payload.byteLength;
    return input;
  }

  /** An input that what happened leads to; false when there is no room. */
  push(input: Unnumbered): boolean {
    if (!this.#hasRoom()) return false;
    if (input.kind === 'message') this.#pendingBytes += input.payload.byteLength;
    this.#pending.push({ ...input, seq: this.#house.takeSeq() });
    return true;
  }

  /** Counts what there is no room for. */
  #hasRoom(): boolean {
    if (this.#pending.length < maxPending && this.#pendingBytes < maxPendingBytes) return true;
    this.#dropped++;
    return false;
  }

  // hot: test/bench/engine.ts
  publish(run: Run, message: Publish): TraceEffect {
    const { topic, qos, retain, expiry, properties } = message;
    const { at } = run.bindings;
    const id = this.#house.ids.next(at);
    const effect = { id, kind: 'publish' as const, topic, payload: shown(message.payload), qos, retain };
    const payload = encodePayload(message.payload);
    const refused = this.#refusalOf(run);
    if (refused !== undefined) return { ...effect, refused };
    const rule = run.rule.id;
    const depth = run.wake.depth + 1;
    const seq = this.#house.takeSeq();
    // Field by field: a spread that is not the first of its object costs more than all the fields.
    const what = { kind: 'message', seq, at, topic, payload, qos, retain } as const;
    const input = { ...what, origin: 'rule', by: rule, depth, cause: run.id } as const;
    const isPlain = properties === undefined && message.wish === undefined;
    this.#pendingBytes += payload.byteLength;
    this.#pending.push(isPlain ? input : { ...input, ...extrasOf(message) });
    const sent = { kind: 'publish', id, rule, run: run.id, at, topic, payload, qos, retain } as const;
    this.#house.sink.effect(
      expiry === undefined && properties === undefined ? sent : { ...sent, ...optionsOf(message) },
    );
    return effect;
  }

  /** A message of a person's command. */
  send(message: Publish, from: Source & Pick<MessageInput, 'at'>): void {
    const { topic, qos, retain } = message;
    const what = { at: from.at, topic, payload: encodePayload(message.payload), qos, retain };
    if (!this.push({ kind: 'message', ...from, ...what, ...extrasOf(message) })) return;
    this.#house.sink.effect({ kind: 'publish', id: this.#house.ids.next(), rule: '', run: '', ...what });
  }

  emit(run: Run, name: string, data: unknown): TraceEffect {
    const id = this.#house.ids.next();
    const signal = { kind: 'signal' as const, signal: 'event' as const, name, data };
    const refused = this.#follow(run, { ...signal, ...fromRule(run) });
    return { id, kind: 'emit', name, payload: shown(data), ...(refused !== undefined && { refused }) };
  }

  /** In force at once, for the rules behind this one; as a message on `homerule/var/NAME` when its turn comes. */
  setVariable(run: Run, name: string, value: unknown): TraceEffect {
    this.#house.variables.set({ name, value, at: run.bindings.at, by: run.rule.id });
    const topic = `homerule/var/${name}`;
    const { refused } = this.publish(run, { topic, payload: value ?? null, qos: 1, retain: true });
    const effect = {
      id: this.#house.ids.next(),
      kind: 'variable' as const,
      name,
      payload: shown(value ?? null),
    };
    return refused === undefined ? effect : { ...effect, refused };
  }

  command(run: Run, command: StepCommand): TraceEffect {
    const effect = {
      id: this.#house.ids.next(),
      kind: 'command' as const,
      name: command.rule,
      text: command.do,
    };
    const refused = this.#house.hasRule(command.rule)
      ? this.#follow(run, this.#commandInput(run, command))
      : 'rule-missing';
    return refused === undefined ? effect : { ...effect, refused };
  }

  call(run: Run, { service, request, isIdempotent, shown: seen }: Call): TraceEffect {
    const id = this.#house.ids.next();
    if (service === 'run') return this.#callRule(run, id, request);
    const { at, depth } = fromRule(run);
    if (service === 'flow' && depth > maxDepth)
      throw new RunError('depth', tooDeep('the flow was not called'), { path: 'flow' });
    this.#house.sink.effect({
      kind: 'call',
      id,
      rule: run.rule.id,
      run: run.id,
      at,
      depth,
      service,
      request,
      isIdempotent,
      isSecret: seen !== undefined,
    });
    return { id, kind: 'call', name: service, payload: shown(seen ?? request) };
  }

  /** Another rule is no outside: its end is the answer. */
  #callRule(run: Run, id: string, request: unknown): TraceEffect {
    const { rule, payload } = request as { readonly rule: string; readonly payload: unknown };
    const refused = this.#follow(run, this.#commandInput(run, { do: 'run', rule, payload, answers: id }));
    if (refused === undefined) return { id, kind: 'call', name: 'run', payload: shown(request) };
    throw new RunError(refused, `the rule "${rule}" was not run: ${refused}`, {
      path: 'run',
      params: { rule },
    });
  }

  log(run: Run, words: string): TraceEffect {
    const text = shownText(words);
    this.#house.sink.log(run.rule.id, text);
    return { id: this.#house.ids.next(), kind: 'log', text };
  }

  capturesOf({ rule, key, bindings }: Run): CaptureShelf {
    return this.#house.captures.shelf(rule.id, key, bindings.at);
  }

  #commandInput(run: Run, command: StepCommand): Unnumbered {
    const head = { kind: 'command', ...fromRule(run) } as const;
    const { rule } = command;
    if (command.do !== 'run') return { ...head, command: { do: command.do, rule } };
    const { payload, answers } = command;
    const what = { do: 'run', rule, run: this.#house.ids.next(), payload, skipConditions: false } as const;
    return { ...head, command: answers === undefined ? what : { ...what, answers } };
  }

  /** Why an input that a run makes is refused; undefined when it is not. */
  #follow(run: Run, input: Unnumbered): string | undefined {
    const refused = this.#refusalOf(run);
    if (refused === undefined) this.#pending.push({ ...input, seq: this.#house.takeSeq() });
    return refused;
  }

  #refusalOf(run: Run): 'depth' | 'queue-full' | undefined {
    if (run.wake.depth + 1 > maxDepth) return 'depth';
    return this.#hasRoom() ? undefined : 'queue-full';
  }
}

/** For whoever reads why something was not done. */
export function tooDeep(what: string): string {
  return `${what}: more than ${maxDepth} rules and flows led to it, one after the other; they may wake each other`;
}

function extrasOf({ properties, wish }: Publish): Pick<MessageInput, 'userProperties' | 'wish'> {
  return { ...(properties && { userProperties: properties }), ...(wish && { wish }) };
}

function optionsOf({ expiry, properties }: Publish): Pick<PublishEffect, 'expiry' | 'properties'> {
  return { ...(expiry !== undefined && { expiry }), ...(properties !== undefined && { properties }) };
}

function fromRule(run: Run): Source & { readonly at: Timestamp; readonly origin: 'rule' } {
  return { at: run.bindings.at, origin: 'rule', by: run.rule.id, depth: run.wake.depth + 1, cause: run.id };
}
