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
