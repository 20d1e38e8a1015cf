// Inputs of the past in slices, with other turns of the house between them, and not without end.
import type { Clock } from '../../base/index.ts';
import type { Input } from '../../rules/index.ts';

/** Given at once; the clock is looked at behind them. */
const handful = 20;
/** After so much work others have their turn. */
const sliceMs = 5;
/** More are not gone through for one question. */
const mostInputs = 2_000_000;

export class SlicedInputs {
  readonly #pages: AsyncIterable<readonly Input[]>;
  readonly #clock: Pick<Clock, 'soon' | 'monotonic'>;
  #given = 0;

  constructor(pages: AsyncIterable<readonly Input[]>, clock: Pick<Clock, 'soon' | 'monotonic'>) {
    this.#pages = pages;
    this.#clock = clock;
  }

  /** There was more than is gone through. */
  get isCut(): boolean {
    return this.#given >= mostInputs;
  }

  /** What is done with a handful counts as work, too. */
  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Input[]> {
    let since = this.#clock.monotonic();
    for await (const page of this.#pages)
      for (let start = 0; start < page.length; start += handful) {
        if (this.isCut) return;
        const slice = page.slice(start, start + handful);
        this.#given += slice.length;
        yield slice;
        if (this.#clock.monotonic() - since < sliceMs) continue;
        await new Promise<void>((resolve) => void this.#clock.soon(resolve));
        since = this.#clock.monotonic();
      }
  }
}
