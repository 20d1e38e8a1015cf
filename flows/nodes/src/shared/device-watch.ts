// Decides for one device whether what it says leaves a node, and through which output: unchanged and unknown values,
// the comparison, and how long it has to hold.
import type { DeviceView } from '../../../../src/api/contract.ts';
import type { Clock } from './clock.ts';
import { Hold } from './hold.ts';
import { isSameValue, type Reading, readingOf } from './reading.ts';

export interface WatchOptions {
  readonly property: string;
  readonly forMs: number | undefined;
  readonly ignoreUnchanged: boolean;
  readonly ignoreUnknown: boolean;
  readonly onConnect: boolean;
  /** Without a comparison nothing leaves through the second output. */
  readonly isComparing: boolean;
  readonly passes: (device: DeviceView, reading: Reading, previous: unknown) => Promise<boolean>;
  /** `output`: 0 when it is as wanted, 1 when not. */
  readonly tell: (output: 0 | 1, device: DeviceView, reading: Reading, previous: unknown) => void;
  readonly clock: Clock;
  readonly isConnected: () => boolean;
}

export class DeviceWatch {
  readonly #options: WatchOptions;
  readonly #hold: Hold | undefined;
  #last: Reading | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    const { forMs, clock, isConnected } = options;
    this.#hold = forMs === undefined ? undefined : new Hold({ forMs, clock, isConnected });
  }

  /** `isSync`: read after a connection, not news. */
  async heard(device: DeviceView, isSync: boolean): Promise<void> {
    const { property, ignoreUnknown, onConnect } = this.#options;
    const reading = readingOf(device, property);
    if (reading === undefined || (ignoreUnknown && reading.value === undefined)) return;
    const last = this.#last;
    this.#last = reading;
    const isFirst = last === undefined;
    if (isSync && onConnect) await this.#decide(device, reading, last);
    else if (isSync && isFirst) await this.#begin(device, reading);
    else if (this.#isNews(reading, last) || (isSync && this.#hold !== undefined))
      await this.#decide(device, reading, last);
  }

  close(): void {
    this.#hold?.ends();
  }

  #isNews(reading: Reading, last: Reading | undefined): boolean {
    if (last === undefined || !isSameValue(reading.value, last.value)) return true;
    return !this.#options.ignoreUnchanged && reading.at > last.at;
  }

  /** The first look, without a word: only what may still have to hold is waited for. */
  async #begin(device: DeviceView, reading: Reading): Promise<void> {
    const { forMs = 0, clock, passes } = this.#options;
    if (this.#hold === undefined || !(await passes(device, reading, undefined))) return;
    const { changedAt } = reading;
    if (changedAt + forMs <= clock.now()) this.#hold.skip(changedAt);
    else this.#wait(device, reading, undefined);
  }

  async #decide(device: DeviceView, reading: Reading, last: Reading | undefined): Promise<void> {
    const { passes, tell, isComparing } = this.#options;
    const isMet = await passes(device, reading, last?.value);
    if (!isMet) {
      const isNews = last === undefined || this.#isNews(reading, last) || this.#hold === undefined;
      this.#hold?.ends();
      if (isComparing && isNews) tell(1, device, reading, last?.value);
    } else if (this.#hold === undefined) tell(0, device, reading, last?.value);
    else this.#wait(device, reading, last?.value);
  }

  /** With a comparison the wait goes on while values change and pass; without one each change begins it anew. */
  #wait(device: DeviceView, reading: Reading, previous: unknown): void {
    const { isComparing, tell } = this.#options;
    const began = isComparing ? this.#hold?.since : undefined;
    this.#hold?.holds(began ?? reading.changedAt, () => tell(0, device, this.#last ?? reading, previous));
  }
}
