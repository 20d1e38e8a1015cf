// `set: DEVICE` brings devices into a state; the house knows which messages that takes, whatever their topics look like.
import { z } from 'zod';
import type { DeviceCommand } from '../../expression/index.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { deviceSchema } from '../model/devices.ts';
import { durationShape, field } from '../model/field.ts';
import { durationOf } from '../run/duration.ts';
import { evaluateValue, RunError } from '../run/evaluate.ts';
import { emitSending } from './confirm.ts';
import {
  compileSelection,
  type SelectedDevices,
  selectedDevices,
  unknownDevice,
} from './device-selection.ts';
import { actionKind } from './kind.ts';
import { checkedTopic } from './topic.ts';

const shape = {
  set: deviceSchema,
  properties: field(
    'properties',
    z
      .record(z.string().min(1), z.unknown(), { error: 'expected the properties to set, by name' })
      .refine((properties) => Object.keys(properties).length > 0, {
        error: 'expected at least one property',
      }),
  ),
  transition: durationShape.optional(),
  confirm: field('confirm', z.unknown()).optional(),
} as const;

type Document = z.output<z.ZodObject<typeof shape>>;

interface Setting {
  readonly path: string;
  readonly devices: SelectedDevices;
  readonly properties: ValueNode;
  readonly transition: ValueNode | undefined;
}

function compileSetting(document: Document, path: string, context: CompileContext): Setting | undefined {
  const { transition } = document;
  const devices = compileSelection(document.set, `${path}.set`, context);
  const properties = context.value(document.properties, `${path}.properties`);
  const lasting = transition === undefined ? undefined : context.duration(transition, `${path}.transition`);
  return devices && properties && { path, devices, properties, transition: lasting };
}

/** Of all devices, or of none: one that is not known, or cannot do it, fails the action before anything is sent. */
function commandsOf(
  { path, devices, properties, transition }: Setting,
  step: Step,
): readonly DeviceCommand[] {
  const wish = {
    properties: evaluateValue(properties, step.frame) as Readonly<Record<string, unknown>>,
    ...(transition && { transitionMs: durationOf(transition, `${path}.transition`, step.frame) }),
  };
  return selectedDevices(devices, step).flatMap(({ id }) => {
    const plan = step.home.commandsFor(id, wish);
    if (plan === undefined)
      throw unknownDevice(`there is no device "${id}"`, devices.path, { value: JSON.stringify(id) });
    const { commands, unsupported } = plan;
    if (unsupported.length > 0) {
      const words = `"${id}" cannot be told ${unsupported.join(', ')}`;
      throw new RunError('unknown-property', words, {
        path: `${path}.properties`,
        params: { device: id, names: unsupported.join(', ') },
      });
    }
    for (const { topic } of commands) checkedTopic(topic, { path: `${path}.set`, use: 'publish' });
    return commands;
  });
}

export const set = actionKind({
  verb: 'set',
  doc: {
    en: 'brings devices (ids, `{ label: L }` or `{ room: R }`) into a state, whatever their topics look like; `confirm` as in `publish`',
    zh: '把设备（标识、`{ label: L }` 或 `{ room: R }`）设为某状态，不论其主题格式；`confirm` 同 `publish`',
  },
  example: 'set: desk-lamp\nproperties: { on: true, brightness: 40 }\ntransition: 2s',
  shape,
  blocks: ['confirm'],
  compile(document, path, builder) {
    const setting = compileSetting(document, path, builder.context);
    if (setting === undefined) return;
    const { value, isLabel } = setting.devices;
    builder.context.touch({ does: 'set', path, devices: value, isLabel });
    emitSending(document.confirm, {
      path,
      builder,
      sending: {
        prepare: (step) => commandsOf(setting, step),
        send(step, commands) {
          for (const command of commands) step.publish(command);
        },
      },
    });
  },
});
