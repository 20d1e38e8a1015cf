// Cuts loops of rules and flows: a flow that so many led to may look, and change nothing.
import { maxDepth, tooDeep } from '../../rules/index.ts';
import { fail } from '../errors.ts';
import type { Actor } from './actor.ts';
import { sourceOf } from './source.ts';

export class LoopGuard {
  #cut = 0;

  /** How often. */
  get cut(): number {
    return this.#cut;
  }

  /** Throws `too-deep`. */
  check(actor: Actor): void {
    const { by, depth, cause = '' } = sourceOf(actor);
    if (depth <= maxDepth) return;
    this.#cut++;
    throw fail('too-deep', tooDeep(`${by} was not let do this`), { details: { depth, cause } });
  }
}
