// What one input changes of devices as rules see them: who came or went, and whom a look at `$device` and `$devices` may
// find changed. What is before is noted before anything is touched; what is after is compared once, at the end.
import { isDeepStrictEqual } from 'node:util';
import type { DeviceView } from '../../expression/index.ts';
import type { Device } from './device.ts';

/** A device came or went. */
export interface DevicePresence {
  readonly device: string;
  readonly value: 'online' | 'offline';
}

/** A device is another one now, for those who ask for it by what it was or is called. */
export interface DeviceNews {
  readonly ids: readonly string[];
  /** With those of its room (`room:kitchen`). */
  readonly labels: readonly string[];
  /** It only spoke: all but `seen` is as it was. */
  readonly isSeenOnly: boolean;
}

export interface NewsOfDevices {
  readonly presences: readonly DevicePresence[];
  readonly devices: readonly DeviceNews[];
}

/** As rules find a device. */
interface Standing {
  readonly id: string;
  /** Undefined when there is none of that id. */
  readonly view: DeviceView | undefined;
  /** Empty when no label leads to it. */
  readonly labels: readonly string[];
  readonly isListed: boolean;
}

export const noNews: NewsOfDevices = { presences: [], devices: [] };

export class News {
  readonly #isKnown: (device: Device) => boolean;
  #before = new Map<Device, Standing>();
  /** Whether each was there before the present input. */
  #online = new Map<Device, boolean | undefined>();
  /** Who spoke; true: and said something new. */
  #spoke = new Map<Device, boolean>();

  constructor(isKnown: (device: Device) => boolean) {
    this.#isKnown = isKnown;
  }

  /** It is about to be described, edited, renamed or forgotten, or was made just now. */
  look(device: Device, isNew = false): void {
    if (this.#before.has(device)) return;
    this.#before.set(device, isNew ? absent(device) : this.#standingOf(device));
    this.lookWhetherOnline(device);
  }

  /** It is about to say whether it is there. */
  lookWhetherOnline(device: Device): void {
    if (!this.#online.has(device)) this.#online.set(device, device.online);
  }

  // hot: test/bench/engine.ts
  spoke(device: Device, isChanged: boolean): void {
    const known = this.#spoke.get(device);
    if (known === undefined || (isChanged && !known)) this.#spoke.set(device, isChanged);
  }

  // hot: most messages are of a device that only speaks
  forget(): void {
    if (this.#before.size > 0) this.#before = new Map();
    if (this.#online.size > 0) this.#online = new Map();
    if (this.#spoke.size > 0) this.#spoke = new Map();
  }

  /** All since the last time. */
  take(): NewsOfDevices {
    const [before, online, spoke] = [this.#before, this.#online, this.#spoke];
    if (before.size + online.size + spoke.size === 0) return noNews;
    this.forget();
    const devices: DeviceNews[] = [];
    for (const [device, was] of before) devices.push(...compared(was, this.#standingOf(device)));
    for (const [device, isChanged] of spoke)
      if (!before.has(device))
        devices.push({ ids: [device.id], labels: device.labels, isSeenOnly: !isChanged });
    return { presences: online.size === 0 ? noNews.presences : presencesOf(online), devices };
  }

  #standingOf(device: Device): Standing {
    if (!this.#isKnown(device)) return absent(device);
    const { id, isListed } = device;
    return { id, isListed, view: device.view(), labels: isListed ? device.labels : [] };
  }
}

const absent = ({ id }: Device): Standing => ({ id, view: undefined, labels: [], isListed: false });

function compared(was: Standing, is: Standing): DeviceNews[] {
  if (isDeepStrictEqual(was, is)) return [];
  const labels = [...new Set([...was.labels, ...is.labels])];
  return [{ ids: [...new Set([was.id, is.id])], labels, isSeenOnly: false }];
}

/** One that is new comes, one that was never there does not go. */
function presencesOf(before: ReadonlyMap<Device, boolean | undefined>): readonly DevicePresence[] {
  return [...before].flatMap(([{ id, online }, was]): DevicePresence[] => {
    const isNews = online !== was && (online === true || (online === false && was === true));
    return isNews ? [{ device: id, value: online ? 'online' : 'offline' }] : [];
  });
}
