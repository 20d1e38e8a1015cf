// How a device is brought into a state: each wanted property is checked, converted and written, and those that the
// device takes together become one message.
import type { DeviceCommand, DevicePlan, DeviceWish } from '../../expression/index.ts';
import { fail } from '../errors.ts';
import type { Command, PropertyDescription } from '../model/description.ts';
import type { Device } from './device.ts';
import type { Formulas, Result } from './formulas.ts';
import { judgeWish } from './values.ts';

interface Told {
  readonly property: PropertyDescription;
  readonly command: Command;
  readonly value: unknown;
}

function toldOf(device: Device, { properties }: DeviceWish): { told: Told[]; unsupported: string[] } {
  const told = new Map<string, Told>();
  const unsupported: string[] = [];
  for (const [id, wanted] of Object.entries(properties)) {
    const property = device.property(id);
    if (property?.command === undefined) {
      unsupported.push(id);
      continue;
    }
    const judged = judgeWish(property, wanted);
    if ('expected' in judged) throw wrongValue(device, id, { wanted, expected: judged.expected });
    told.set(property.id, { property, command: property.command, value: judged.value });
  }
  return { told: [...told.values()], unsupported };
}

function wrongValue(
  device: Device,
  property: string,
  { wanted, expected }: { wanted: unknown; expected: string },
): Error {
  const got = (JSON.stringify(wanted) ?? 'nothing').slice(0, 80);
  return fail('bad-value', `${property} of "${device.id}" takes ${expected}, not ${got}`, {
    details: { device: device.id, property, expected },
  });
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects become one, of other payloads the first is sent. */
function joined(payloads: readonly unknown[]): unknown {
  return payloads.every(isPlain) ? Object.assign({}, ...payloads) : payloads[0];
}

export function planFor(device: Device, wish: DeviceWish, formulas: Formulas): DevicePlan {
  const { told, unsupported } = toldOf(device, wish);
  const wanted = Object.fromEntries(told.map(({ property, value }) => [property.id, value]));
  const seconds = wish.transitionMs === undefined ? {} : { transition: wish.transitionMs / 1000 };
  const state = device.reported();
  const groups = new Map<
    string,
    { readonly first: Told; readonly payloads: unknown[]; readonly ids: string[] }
  >();
  for (const one of told) {
    const { property, command, value } = one;
    const result = formulas.write(command.write, { value, wanted, state, ...seconds });
    const payload = checked(result, `${property.id} of "${device.id}"`);
    const name =
      command.group === undefined ? `property ${property.id}` : `group ${command.topic} ${command.group}`;
    const group = groups.get(name) ?? { first: one, payloads: [], ids: [] };
    group.payloads.push(payload);
    group.ids.push(property.id);
    groups.set(name, group);
  }
  const commands = [...groups.values()].map(({ first, payloads, ids }): DeviceCommand => {
    const { topic, qos = 1, retain = false } = first.command;
    const properties = Object.fromEntries(ids.map((id) => [id, wanted[id]]));
    const { transitionMs } = wish;
    const meant = { device: device.id, properties, ...(transitionMs !== undefined && { transitionMs }) };
    return { topic, payload: joined(payloads), qos, retain, wish: meant };
  });
  return { commands, unsupported };
}

function checked(result: Result, what: string): unknown {
  if ('value' in result && result.value !== undefined) return result.value;
  const why = 'error' in result ? result.error : 'it gives nothing';
  throw fail('command-failed', `the command of ${what} cannot be made: ${why}`);
}
