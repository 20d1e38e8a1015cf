// Which topics to subscribe to after each connection, and what to do about those that the cloud refuses: they are made
// once, asked for once more, and given up until somebody asks again.

export type Step = 'subscribe' | 'create' | 'give-up' | 'done';

type Phase = 'asked' | 'creating' | 'asked-again' | 'held' | 'given-up';

export class Subscriptions {
  readonly #topics = new Map<string, Phase>();
  readonly #reasons = new Map<string, string>();

  /** Topics that cannot be had, and why. */
  get refusals(): ReadonlyMap<string, string> {
    return this.#reasons;
  }

  /** A new connection: everything is asked for anew. */
  clear(): void {
    this.#topics.clear();
    this.#reasons.clear();
  }

  /** It is subscribed to now. */
  ask(topic: string): void {
    this.#topics.set(topic, 'asked');
    this.#reasons.delete(topic);
  }

  drop(topic: string): void {
    this.#topics.delete(topic);
    this.#reasons.delete(topic);
  }

  answered(topic: string, isGranted: boolean): Step {
    const phase = this.#topics.get(topic);
    if (phase === undefined) return 'done';
    if (isGranted) return this.#go(topic, 'held', 'done');
    if (phase === 'asked') return this.#go(topic, 'creating', 'create');
    return this.#giveUp(topic, 'the cloud refuses the subscription although the topic was made');
  }

  /** How making it ended; that it exists already is fine. */
  created(topic: string, problem?: string): Step {
    if (this.#topics.get(topic) !== 'creating') return 'done';
    return problem === undefined ? this.#go(topic, 'asked-again', 'subscribe') : this.#giveUp(topic, problem);
  }

  has(topic: string): boolean {
    return this.#topics.get(topic) === 'held';
  }

  #go(topic: string, phase: Phase, step: Step): Step {
    this.#topics.set(topic, phase);
    return step;
  }

  #giveUp(topic: string, reason: string): Step {
    this.#reasons.set(topic, reason);
    return this.#go(topic, 'given-up', 'give-up');
  }
}
