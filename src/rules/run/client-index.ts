// Which rules want to hear of MQTT clients that come and go.
import type { Trigger, TriggerSource } from '../triggers/kind.ts';
import { inOrder, type RuleState } from './rule-state.ts';

export interface ClientEntry {
  readonly trigger: Trigger;
  readonly source: TriggerSource & { readonly on: 'client' };
}

export interface ClientCandidate {
  readonly state: RuleState;
  readonly entries: readonly ClientEntry[];
}

function entriesOf({ rule }: RuleState): ClientEntry[] {
  return rule.triggers.flatMap((trigger) => {
    const { source } = trigger;
    return source.on === 'client' && trigger.enabled ? [{ trigger, source }] : [];
  });
}

export class ClientIndex {
  readonly #entries = new Map<RuleState, readonly ClientEntry[]>();
  #sorted: readonly ClientCandidate[] | undefined;

  add(state: RuleState): void {
    const entries = entriesOf(state);
    if (entries.length === 0) return;
    this.#entries.set(state, entries);
    this.#sorted = undefined;
  }

  delete(state: RuleState): void {
    if (this.#entries.delete(state)) this.#sorted = undefined;
  }

  /** By priority, then id. */
  candidates(): readonly ClientCandidate[] {
    this.#sorted ??= [...this.#entries]
      .map(([state, entries]) => ({ state, entries }))
      .sort((a, b) => inOrder(a.state, b.state));
    return this.#sorted;
  }
}
