// What is told as events: runs that did something, of one that comes again and again the latest; devices that came or went.
import type { DeviceView, RunSummary } from '../api/types.ts';

const quiet: readonly RunSummary['status'][] = ['conditions-failed', 'refused', 'superseded', 'running'];

export interface HouseEvent {
  /** The latest of its kind. */
  readonly run: RunSummary;
  /** How many in a row: the same rule, with the same ending. */
  readonly times: number;
}

/** The newest first, as the runs are. */
export function eventsOf(runs: readonly RunSummary[], most: number): readonly HouseEvent[] {
  const events: HouseEvent[] = [];
  for (const run of runs) {
    if (quiet.includes(run.status)) continue;
    const last = events.at(-1);
    if (last?.run.rule === run.rule && last.run.status === run.status)
      events[events.length - 1] = { run: last.run, times: last.times + 1 };
    else if (events.length === most) break;
    else events.push({ run, times: 1 });
  }
  return events;
}

export interface DeviceEvent {
  readonly device: DeviceView;
  readonly kind: 'new' | 'came' | 'went';
  readonly at: number;
}

/** Of a device that has just been found its first presence is no news beside that. */
const foundMs = 60_000;

function eventsOfDevice(device: DeviceView): readonly DeviceEvent[] {
  const { createdAt, online, presenceAt, hidden, gone } = device;
  if (hidden) return [];
  const found: DeviceEvent = { device, kind: 'new', at: createdAt };
  if (gone || online === undefined || presenceAt === undefined) return [found];
  if (online && presenceAt - createdAt < foundMs) return [found];
  return [found, { device, kind: online ? 'came' : 'went', at: presenceAt }];
}

/** Newest first, and not before `since`. */
export function deviceEventsOf(devices: readonly DeviceView[], since: number): readonly DeviceEvent[] {
  return devices
    .flatMap(eventsOfDevice)
    .filter(({ at }) => at >= since)
    .toSorted((a, b) => b.at - a.at);
}
