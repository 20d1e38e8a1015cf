// From the devices of the registry to what people are shown.
import type { Timestamp } from '../base/index.ts';
import type { Author, Device, DiscoveryProblem } from '../devices/index.ts';
import type { AuthorView, DevicePropertyView, DeviceView, PendingView } from './contract/devices.ts';

type PropertyDescription = NonNullable<ReturnType<Device['property']>>;

function authorViewOf({ origin, id, cause, depth }: Author): AuthorView {
  return { origin, id, ...(cause !== undefined && { cause }), ...(depth !== undefined && { depth }) };
}

function pendingViewOf(device: Device, property: string, now: Timestamp): PendingView | undefined {
  const pending = device.pending.get(property);
  if (pending === undefined) return undefined;
  const { value, at, until, by } = pending;
  return { value, at, until, by: authorViewOf(by), unconfirmed: now > until };
}

function propertyViewOf(device: Device, property: PropertyDescription, now: Timestamp): DevicePropertyView {
  const { reports = [], command, short, ...rest } = property;
  const state = device.states.get(property.id);
  const pending = pendingViewOf(device, property.id, now);
  return {
    ...rest,
    ...(short !== undefined && device.property(short) === property && { short }),
    reported: reports.length > 0,
    ...(reports.length > 0 && { topics: [...new Set(reports.map(({ topic }) => topic))] }),
    commandable: command !== undefined,
    ...(state !== undefined && {
      ...(state.value !== null && { value: state.value }),
      at: state.at,
      changedAt: state.changedAt,
      by: authorViewOf(state.by),
    }),
    ...(pending && { pending }),
  };
}

function toldOf({ description }: Device): Pick<DeviceView, 'manufacturer' | 'model' | 'firmware'> {
  if (description === undefined) return {};
  const { manufacturer, model, version } = description;
  return {
    ...(manufacturer !== undefined && { manufacturer }),
    ...(model !== undefined && { model }),
    ...(version !== undefined && { firmware: version }),
  };
}

export interface DeviceSurroundings {
  readonly now: Timestamp;
  readonly problems: readonly DiscoveryProblem[];
  /** The id of the device that it is reached through. */
  readonly via: string | undefined;
}

export function deviceViewOf(device: Device, { now, problems, via }: DeviceSurroundings): DeviceView {
  const { row, description, errors } = device;
  const { id, version, labels, hidden, note, format, key, createdAt } = row;
  const properties = description?.properties ?? [];
  const { count, last } = errors;
  return {
    ...{ id, version, name: device.name, labels, hidden, note, format, key, createdAt },
    ...(device.room !== undefined && { room: device.room }),
    ...toldOf(device),
    ...(via !== undefined && { via }),
    ...(device.online !== undefined && { online: device.online }),
    ...(device.presenceAt !== undefined && { presenceAt: device.presenceAt }),
    ...(device.seen !== undefined && { seen: device.seen }),
    gone: description === undefined,
    properties: properties.map((property) => propertyViewOf(device, property, now)),
    problems,
    ...(last !== undefined && { errors: { count, last } }),
  };
}
