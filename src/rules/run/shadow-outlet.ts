// What runs of a shadow rule want done: told to the sink as what would have been, and done by nobody. The run goes on as
// if all had gone well; its log, and what it captures for itself, are real.
import type { Ids } from '../../base/index.ts';
import type { Call, CaptureShelf, Publish, StepCommand } from '../compile/plan.ts';
import type { ShadowEffect } from '../effect.ts';
import type { Unnumbered } from '../input.ts';
import type { EngineSink } from '../ports.ts';
import { shown } from '../trace/shown.ts';
import type { TraceEffect } from '../trace/trace.ts';
import { RunError } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Effects } from './step.ts';

export interface ShadowHouse {
  readonly ids: Ids;
  readonly sink: EngineSink;
  /** An input that what happened leads to; false when there is no room. */
  push(input: Unnumbered): boolean;
}

/** What calls of a shadow rule are answered with, by service; others with nothing. */
const answers: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['http', { status: 200, headers: {}, body: null }],
  ['run', { outcome: 'finished' }],
]);

const refused = 'shadow';

export class ShadowOutlet implements Effects {
  readonly #house: ShadowHouse;
  /** For what is real. */
  readonly #real: Effects;

  constructor(house: ShadowHouse, real: Effects) {
    this.#house = house;
    this.#real = real;
  }

  publish(run: Run, { topic, payload, qos, retain, wish }: Publish): TraceEffect {
    const what = { what: 'publish', target: topic, value: payload } as const;
    const id = this.#tell(run, wish === undefined ? what : { ...what, wish });
    return { id, kind: 'publish', topic, payload: shown(payload), qos, retain, refused };
  }

  emit(run: Run, name: string, data: unknown): TraceEffect {
    const id = this.#tell(run, { what: 'emit', target: name, value: data });
    return { id, kind: 'emit', name, payload: shown(data), refused };
  }

  setVariable(run: Run, name: string, value: unknown): TraceEffect {
    const id = this.#tell(run, { what: 'variable', target: name, value: value ?? null });
    return { id, kind: 'variable', name, payload: shown(value ?? null), refused };
  }

  command(run: Run, command: StepCommand): TraceEffect {
    const value = command.do === 'run' ? { do: command.do, payload: command.payload } : { do: command.do };
    const id = this.#tell(run, { what: 'command', target: command.rule, value });
    return { id, kind: 'command', name: command.rule, text: command.do, refused };
  }

  /** Answered behind the present input, when the run waits for it. */
  call(run: Run, { service, request, shown: seen }: Call): TraceEffect {
    const value = seen ?? request;
    const id = this.#tell(run, { what: 'call', target: service, value });
    const answer = { ok: true, value: answers.get(service) } as const;
    if (!this.#house.push({ kind: 'answer', at: run.bindings.at, call: id, answer }))
      throw new RunError('queue-full', 'too many inputs of rules wait', { path: service });
    return { id, kind: 'call', name: service, payload: shown(value), refused };
  }

  log(run: Run, text: string): TraceEffect {
    return this.#real.log(run, text);
  }

  capturesOf(run: Run): CaptureShelf {
    return this.#real.capturesOf(run);
  }

  #tell(run: Run, effect: Pick<ShadowEffect, 'what' | 'target' | 'value' | 'wish'>): string {
    const { at } = run.bindings;
    const id = this.#house.ids.next(at);
    const { id: rule, version } = run.rule;
    this.#house.sink.effect({ kind: 'shadow', id, rule, version, run: run.id, at, ...effect });
    return id;
  }
}
