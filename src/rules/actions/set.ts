// `set: DEVICE` brings devices into a state; the house knows which messages that takes, whatever their topics look like.
import { z } from 'zod';
import type { DeviceCommand } from '../../expression/index.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { type DeviceSelection, deviceSchema } from '../model/devices.ts';
import { durationOf } from '../run/duration.ts';
import { evaluateValue, RunError, textOf } from '../run/evaluate.ts';
import { emitSending } from './confirm.ts';
import { actionKind } from './kind.ts';
import { checkedTopic } from './topic.ts';

const shape = {
  set: deviceSchema,
  properties: z
    .record(z.string().min(1), z.unknown(), { error: 'expected the properties to set, by name' })
    .refine((properties) => Object.keys(properties).length > 0, { error: 'expected at least one property' }),
  transition: z.union([z.string(), z.number()]).optional(),
  confirm: z.unknown().optional(),
} as const;

type Document = z.output<z.ZodObject<typeof shape>>;

interface Setting {
  readonly path: string;
  /** The ids, or the label. */
  readonly devices: ValueNode;
  readonly isLabel: boolean;
  readonly properties: ValueNode;
  readonly transition: ValueNode | undefined;
}

function isLabelled(devices: DeviceSelection): devices is { label: string } {
  return typeof devices === 'object' && 'label' in devices;
}

function compileSetting(document: Document, path: string, context: CompileContext): Setting | undefined {
  const { set, transition } = document;
  const isLabel = isLabelled(set);
  const devices = isLabel ? context.text(set.label, `${path}.set.label`) : context.value(set, `${path}.set`);
  const properties = context.value(document.properties, `${path}.properties`);
  const lasting = transition === undefined ? undefined : context.duration(transition, `${path}.transition`);
  return devices && properties && { path, devices, isLabel, properties, transition: lasting };
}

function unknownDevice(words: string, path: string): RunError {
  return new RunError('unknown-device', words, { path: `${path}.set` });
}

function idsOf({ devices, isLabel, path }: Setting, step: Step): readonly string[] {
  const value = evaluateValue(devices, step.frame);
  const names = [value].flat().map((each) => textOf(each, `${path}.set`));
  if (!isLabel) return names;
  const found = names.flatMap((label) => step.home.devices(label).map(({ id }) => id));
  if (found.length === 0) throw unknownDevice(`no device has the label "${names.join(', ')}"`, path);
  return found;
}

/** Of all devices, or of none: one that is not known, or cannot do it, fails the action before anything is sent. */
function commandsOf(setting: Setting, step: Step): readonly DeviceCommand[] {
  const { path, properties, transition } = setting;
  const wish = {
    properties: evaluateValue(properties, step.frame) as Readonly<Record<string, unknown>>,
    ...(transition && { transitionMs: durationOf(transition, `${path}.transition`, step.frame) }),
  };
  return idsOf(setting, step).flatMap((id) => {
    const plan = step.home.commandsFor(id, wish);
    if (plan === undefined) throw unknownDevice(`there is no device "${id}"`, path);
    if (plan.unsupported.length > 0) {
      const words = `"${id}" cannot be told ${plan.unsupported.join(', ')}`;
      throw new RunError('unknown-property', words, { path: `${path}.properties` });
    }
    for (const { topic } of plan.commands) checkedTopic(topic, { path: `${path}.set`, use: 'publish' });
    return plan.commands;
  });
}

export const set = actionKind({
  verb: 'set',
  doc: {
    en: 'brings devices (ids, or `{ label: L }`) into a state, whatever their topics look like; `confirm` as in `publish`',
    zh: '把设备（标识或 `{ label: L }`）设为某状态，不论其主题格式；`confirm` 同 `publish`',
  },
  example: 'set: desk-lamp\nproperties: { on: true, brightness: 40 }\ntransition: 2s',
  shape,
  blocks: ['confirm'],
  compile(document, path, builder) {
    const setting = compileSetting(document, path, builder.context);
    if (setting === undefined) return;
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
