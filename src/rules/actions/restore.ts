// `restore: NAME` brings devices back to what `capture` kept, as far as they can be told; what was kept is forgotten.
import { z } from 'zod';
import { HomeruleError } from '../../base/index.ts';
import type { DevicePlan } from '../../expression/index.ts';
import type { CapturedDevice, Step } from '../compile/plan.ts';
import { field } from '../model/field.ts';
import { evaluateValue, RunError, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';
import { checkedTopic } from './topic.ts';

/** Undefined: the device is gone, or cannot be brought there. */
function planFor(id: string, properties: CapturedDevice['properties'], step: Step): DevicePlan | undefined {
  try {
    return step.home.commandsFor(id, { properties });
  } catch (error) {
    if (error instanceof HomeruleError) return undefined; // a device may report more than it can be told
    throw error;
  }
}

/** Returns what of the device stays as it is: what it only reports or cannot be told, or all of it. */
function bringBack({ id, properties }: CapturedDevice, path: string, step: Step): readonly string[] {
  if (step.home.device(id) === undefined) return ['it is gone'];
  const left: string[] = [];
  const wanted = Object.entries(properties).filter(([name, value]) => {
    const isTold = planFor(id, { [name]: value }, step)?.unsupported.length === 0;
    if (!isTold) left.push(name);
    return isTold;
  });
  if (wanted.length === 0) return left;
  // what is off is switched off last: to be told a brightness may switch it on
  wanted.sort(([, a], [, b]) => Number(a === false) - Number(b === false));
  const plan = planFor(id, Object.fromEntries(wanted), step);
  if (plan === undefined) return Object.keys(properties);
  for (const command of plan.commands) {
    checkedTopic(command.topic, { path, use: 'publish' });
    step.publish(command);
  }
  return left;
}

export const restore = actionKind({
  verb: 'restore',
  doc: {
    en: 'brings the devices back to what `capture` kept under this name, and forgets it',
    zh: '把设备恢复到 `capture` 以此名称保存的状态，并清除该保存',
  },
  example: 'restore: before',
  shape: { restore: field('capture', z.string().min(1)) },
  compile(document, entry, builder) {
    const path = `${entry}.restore`;
    const name = builder.context.text(document.restore, path);
    if (name === undefined) return;
    builder.context.readDevices();
    builder.emit((step) => {
      const under = textOf(evaluateValue(name, step.frame), path);
      const devices = step.captures.find(under);
      if (devices === undefined)
        throw new RunError('unknown-capture', `nothing is captured as "${under}" for this rule and key`, {
          path,
          params: { name: under },
        });
      const left = devices.flatMap((device) => {
        const names = bringBack(device, path, step);
        return names.length === 0 ? [] : [`${device.id} (${names.join(', ')})`];
      });
      step.captures.delete(under);
      if (left.length > 0) step.note(`left as they are: ${left.join(', ')}`);
      return undefined;
    });
  },
});
