// `capture: NAME` keeps how devices are now, until `restore: NAME` of the same rule and key brings them back.
import { z } from 'zod';
import type { DeviceView } from '../../expression/index.ts';
import type { CapturedDevice } from '../compile/plan.ts';
import { deviceSchema } from '../model/devices.ts';
import { field } from '../model/field.ts';
import { evaluateValue, textOf } from '../run/evaluate.ts';
import { compileSelection, selectedDevices } from './device-selection.ts';
import { actionKind } from './kind.ts';

/** Without what the device never told. */
function captured({ id, properties }: DeviceView): CapturedDevice {
  const told = Object.entries(properties).filter(([, value]) => value !== undefined && value !== null);
  return { id, properties: Object.fromEntries(told) };
}

export const capture = actionKind({
  verb: 'capture',
  doc: {
    en: 'keeps the state of devices under a name until `restore`; what is kept already stays, unless `replace: true`',
    zh: '以某名称保存设备状态，直到 `restore`；已保存的不覆盖，除非 `replace: true`',
  },
  example: 'capture: before\ndevices: [hall-light, porch-light]',
  shape: {
    capture: field('capture', z.string().min(1)),
    devices: deviceSchema,
    replace: z.boolean().optional(),
  },
  compile({ capture: written, devices: selection, replace = false }, path, builder) {
    const { context } = builder;
    const name = context.text(written, `${path}.capture`);
    const devices = compileSelection(selection, `${path}.devices`, context);
    if (name === undefined || devices === undefined) return;
    builder.emit((step) => {
      const under = textOf(evaluateValue(name, step.frame), `${path}.capture`);
      if (!replace && step.captures.find(under) !== undefined) {
        step.note('held already');
        return undefined;
      }
      const found = selectedDevices(devices, step).map(captured);
      step.captures.put(under, found);
      step.note(`captured ${found.map(({ id }) => id).join(', ')}`);
      return undefined;
    });
  },
});
