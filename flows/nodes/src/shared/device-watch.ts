// Decides for one device whether what it says leaves a node, and through which output: unchanged and unknown values,
// the comparison, and how long it has to hold.
import type { DeviceView } from '../../../../src/api/contract.ts';
import type { Clock } from './clock.ts';
import { Hold } from './hold.ts';
import type { Heard } from './present.ts';
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

/** What was heard of the property. */
interface Change {
  readonly device: DeviceView;
  readonly reading: Reading;
  readonly last: Reading | undefined;
  readonly isNews: boolean;
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

  async heard(device: DeviceView, { isSync, said = [] }: Heard): Promise<void> {
    const { property, ignoreUnknown, onConnect } = this.#options;
    const reading = readingOf(device, property);
    if (reading === undefined || (ignoreUnknown && reading.value === undefined)) return;
    const last = this.#last;
    this.#last = reading;
    const isNews = isOther(reading, last) || this.#isSaid(reading, said);
    if (isSync && last === undefined && !onConnect) await this.#begin(device, reading);
    else if (isNews || (isSync && (onConnect || this.#hold !== undefined)))
      await this.#decide({ device, reading, last, isNews });
  }

  close(): void {
    this.#hold?.ends();
  }

  /** The message reported it, be it with the same value. */
  #isSaid({ property }: Reading, said: readonly string[]): boolean {
    if (this.#options.ignoreUnchanged) return false;
    return property === undefined ? said.length > 0 : said.includes(property.id);
  }

  /** The first look, without a word: only what may still have to hold is waited for. */
  async #begin(device: DeviceView, reading: Reading): Promise<void> {
    const { forMs = 0, clock, passes } = this.#options;
    if (this.#hold === undefined || !(await passes(device, reading, undefined))) return;
    const { changedAt } = reading;
    if (changedAt + forMs <= clock.now()) this.#hold.skip(changedAt);
    else this.#wait(device, reading, undefined);
  }

  async #decide({ device, reading, last, isNews }: Change): Promise<void> {
    const { passes, tell, isComparing } = this.#options;
    const isMet = await passes(device, reading, last?.value);
    if (!isMet) {
      const isTold = isNews || this.#hold === undefined;
      this.#hold?.ends();
      if (isComparing && isTold) tell(1, device, reading, last?.value);
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

/** An event is another one each time. */
function isOther(reading: Reading, last: Reading | undefined): boolean {
  if (last === undefined || !isSameValue(reading.value, last.value)) return true;
  return reading.property?.kind === 'event' && reading.changedAt !== last.changedAt;
}
