// Sinks of houses that are thought up: nothing of what rules do goes anywhere.
import type { Effect } from '../effect.ts';
import type { Input } from '../input.ts';
import type { EngineSink } from '../ports.ts';
import type { LateTrace } from '../trace/trace.ts';

const ignore = (): void => undefined;

/** Hears nothing; others listen to what they need. */
export const silentSink: EngineSink = {
  input: ignore,
  stateKept: ignore,
  effect: ignore,
  trace: ignore,
  log: ignore,
  switched: ignore,
  runChanged: ignore,
  timerChanged: ignore,
};

/** The sink, with somebody who hears of effects first. */
export function listening(sink: EngineSink, hear: (effect: Effect) => void): EngineSink {
  return {
    input: (input) => sink.input(input),
    stateKept: (state) => sink.stateKept(state),
    effect: (effect) => {
      hear(effect);
      sink.effect(effect);
    },
    trace: (trace) => sink.trace(trace),
    log: (rule, text) => sink.log(rule, text),
    switched: (rule, enabled, by) => sink.switched(rule, enabled, by),
    runChanged: (trace) => sink.runChanged(trace),
    timerChanged: (timer, isArmed) => sink.timerChanged(timer, isArmed),
  };
}

/** Remembers all that decisions came to. */
export class Recording implements EngineSink {
  readonly inputs: Input[] = [];
  readonly effects: Effect[] = [];
  /** Of runs that ended, and of wake-ups that did not become one. */
  readonly traces: LateTrace[] = [];
  readonly logged: { readonly rule: string; readonly text: string }[] = [];
  /** Rules that others switched on or off. */
  readonly switches: { readonly rule: string; readonly enabled: boolean; readonly by: string }[] = [];
  readonly stateKept = ignore;
  readonly runChanged = ignore;
  readonly timerChanged = ignore;

  input(input: Input): void {
    this.inputs.push(input);
  }

  effect(effect: Effect): void {
    this.effects.push(effect);
  }

  trace(trace: LateTrace): void {
    this.traces.push(trace);
  }

  log(rule: string, text: string): void {
    this.logged.push({ rule, text });
  }

  switched(rule: string, enabled: boolean, by: string): void {
    this.switches.push({ rule, enabled, by });
  }
}
