// Inputs of the past in slices, with other turns of the house between them, and not without end.
import type { Clock } from '../../base/index.ts';
import type { Input } from '../../rules/index.ts';

const sliceSize = 250;
/** More are not gone through for one question. */
const mostInputs = 2_000_000;

export class SlicedInputs {
  readonly #pages: AsyncIterable<readonly Input[]>;
  readonly #clock: Pick<Clock, 'soon'>;
  #given = 0;

  constructor(pages: AsyncIterable<readonly Input[]>, clock: Pick<Clock, 'soon'>) {
    this.#pages = pages;
    this.#clock = clock;
  }

  /** There was more than is gone through. */
  get isCut(): boolean {
    return this.#given >= mostInputs;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Input[]> {
    for await (const page of this.#pages)
      for (let start = 0; start < page.length; start += sliceSize) {
        if (this.isCut) return;
        const slice = page.slice(start, start + sliceSize);
        this.#given += slice.length;
        yield slice;
        await new Promise<void>((resolve) => void this.#clock.soon(resolve));
      }
  }
}
