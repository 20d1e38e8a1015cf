// `device: ID` wakes the rule when a device went online or offline; `for` waits whether it stays so.
import { z } from 'zod';
import type { HomeView } from '../../expression/index.ts';
import { type DeviceSelection, deviceSchema } from '../model/devices.ts';
import { compileHold, holdShape } from './hold.ts';
import { type SignalSource, triggerKind } from './kind.ts';

const changes = ['online', 'offline'] as const;

/** For the analysis. */
function namesOf(devices: DeviceSelection): Pick<SignalSource, 'names' | 'label'> {
  if (typeof devices === 'object' && 'label' in devices) return { label: devices.label };
  const ids = [devices].flat();
  return ids.includes('*') ? {} : { names: ids };
}

/** Labels are those that the house knows when the device comes or goes. */
function selects(devices: DeviceSelection, id: string, home: HomeView): boolean {
  if (typeof devices === 'object' && 'label' in devices)
    return home.devices(devices.label).some((device) => device.id === id);
  return [devices].flat().some((wanted) => wanted === '*' || wanted === id);
}

export const device = triggerKind({
  verb: 'device',
  doc: {
    en: 'a device (`*` any, `{ label: L }` those with a label, `{ room: R }` those of a room) went online or offline; its id stands in `device`',
    zh: '设备（`*` 为任意，`{ label: L }` 为带该标签的，`{ room: R }` 为该房间的）上线或离线；其标识在 `device` 中',
  },
  example: 'device: { label: leak-sensor }\nto: offline\nfor: 10m',
  shape: {
    device: deviceSchema,
    to: z.enum(changes, { error: `expected one of ${changes.join(', ')}` }).optional(),
    ...holdShape,
  },
  compile(document, path, context) {
    const { device: devices, to } = document;
    const hold = compileHold(document, path, context);
    context.readDevices();
    if (document.for !== undefined && to === undefined)
      return context.report({
        path: `${path}.for`,
        code: 'missing-key',
        message: 'for needs to: online or offline, that which must last',
        params: { why: 'to' },
      });
    const wanted: readonly unknown[] = to === undefined ? changes : [to];
    return {
      on: 'signal',
      signal: 'device',
      ...namesOf(devices),
      accept: ({ name, value }, home) =>
        wanted.includes(value) && selects(devices, name, home) ? { value } : undefined,
      stillHolds: ({ name, value }, home) => wanted.includes(value) || !selects(devices, name, home),
      ...(hold && { hold }),
    };
  },
});
