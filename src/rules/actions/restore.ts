// `restore: NAME` brings devices back to what `capture` kept, as far as they can be told; what was kept is forgotten.
import { z } from 'zod';
import type { CapturedDevice, Step } from '../compile/plan.ts';
import { evaluateValue, RunError, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';
import { checkedTopic } from './topic.ts';

/** Returns what of the device stays as it is: what it only reports, or all of it. */
function bringBack({ id, properties }: CapturedDevice, path: string, step: Step): readonly string[] {
  const plan = step.home.commandsFor(id, { properties });
  if (plan === undefined) return ['it is gone'];
  const left = new Set(plan.unsupported);
  const wanted = Object.entries(properties).filter(([name]) => !left.has(name));
  const wish = { properties: Object.fromEntries(wanted) };
  const { commands = [] } = (wanted.length > 0 && step.home.commandsFor(id, wish)) || {};
  for (const command of commands) {
    checkedTopic(command.topic, { path, use: 'publish' });
    step.publish(command);
  }
  return plan.unsupported;
}

export const restore = actionKind({
  verb: 'restore',
  doc: {
    en: 'brings the devices back to what `capture` kept under this name, and forgets it',
    zh: '把设备恢复到 `capture` 以此名称保存的状态，并清除该保存',
  },
  example: 'restore: before',
  shape: { restore: z.string().min(1) },
  compile(document, entry, builder) {
    const path = `${entry}.restore`;
    const name = builder.context.text(document.restore, path);
    if (name === undefined) return;
    builder.emit((step) => {
      const under = textOf(evaluateValue(name, step.frame), path);
      const devices = step.captures.find(under);
      if (devices === undefined)
        throw new RunError('unknown-capture', `nothing is captured as "${under}" for this rule and key`, {
          path,
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
