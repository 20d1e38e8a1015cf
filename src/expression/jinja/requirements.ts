// What must be there for a template to yield anything: where Python ends with an error, nothing is said, instead of what
// a missing value would lead to.
import { type Code, rank, within } from './code.ts';

interface Frame {
  readonly asked: Set<string>;
  readonly known: ReadonlySet<string>;
}

export class Requirements {
  #frame: Frame = { asked: new Set(), known: new Set() };

  add(condition: string): void {
    if (!this.#frame.known.has(condition)) this.#frame.asked.add(condition);
  }

  around(write: () => Code, implied: readonly string[]): Code {
    const outer = this.#frame;
    this.#frame = { asked: new Set(), known: new Set([...outer.known, ...outer.asked, ...implied]) };
    try {
      return this.#guarded(write());
    } finally {
      this.#frame = outer;
    }
  }

  #guarded(code: Code): Code {
    const { asked } = this.#frame;
    if (asked.size === 0 || code.spreads === true) return code;
    const text = `${[...asked].join(' and ')} ? ${within(code, rank.or)}`;
    return { text, rank: rank.choice, type: code.type };
  }
}
