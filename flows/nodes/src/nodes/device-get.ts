// `device get`: what a device says now. What does not answer in time goes through the second output.
import { deviceGet as kind } from '../kinds/devices.ts';
import { tell } from '../shared/cause.ts';
import { isUnreachable, PaletteError } from '../shared/errors.ts';
import type { NodeType, Outputs, Work } from '../shared/node-type.ts';
import { factsOf, readingOf } from '../shared/reading.ts';
import { textOf } from '../shared/values.ts';

type Message = Record<string, unknown>;

/** Sets `a.b` of a message. */
function put(msg: Message, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? path;
  let place = msg;
  for (const name of names) {
    const next = place[name];
    const inner: Message = typeof next === 'object' && next !== null ? { ...next } : {};
    place[name] = inner;
    place = inner;
  }
  place[last] = value;
}

function isTooLate(error: unknown): boolean {
  return isUnreachable(error) || (error instanceof PaletteError && error.code === 'timeout');
}

async function answer(work: Work, msg: Message, id: string): Promise<Outputs> {
  const { settings, engine, status } = work;
  try {
    const device = await engine.device(id, settings.duration('timeout'));
    const name = settings.text('property');
    const reading = readingOf(device, name);
    if (reading === undefined)
      throw new PaletteError('unknown-property', `"${device.id}" has no property "${name}"`);
    put(msg, settings.text('output'), reading.value ?? null);
    status.value(reading.value);
    return [tell(msg, factsOf(device, reading))];
  } catch (error) {
    if (!isTooLate(error)) throw error;
    status.failed('timeout');
    return [undefined, msg];
  }
}

export const deviceGet: NodeType = {
  kind,
  start: (work) => {
    const device = work.values.prepare(work.settings.typed('device'));
    return {
      input: async (msg, send) => {
        const id = textOf((await device(msg)) || msg.topic, 'device');
        send(...(await answer(work, msg, id)));
      },
    };
  },
};
