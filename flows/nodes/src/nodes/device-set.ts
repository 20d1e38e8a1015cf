// `device set`: tells devices to take a state. Messages that come while the house cannot be reached are refused, or
// kept as the node says.
import type { NodeMessage, NodeMessageInFlow } from 'node-red';
import type { DeviceSetRequest, DeviceSetView } from '../../../../src/api/contract.ts';
import { deviceSet as kind } from '../kinds/devices.ts';
import { tell } from '../shared/cause.ts';
import { isUnreachable, messageOf, PaletteError } from '../shared/errors.ts';
import type { Behaviour, NodeType, Outputs, Work } from '../shared/node-type.ts';
import { Outbox } from '../shared/outbox.ts';
import { findProperty } from '../shared/reading.ts';
import { typedOf } from '../shared/settings.ts';
import { textsOf, type Value } from '../shared/values.ts';

type Properties = Readonly<Record<string, unknown>>;

interface Order {
  readonly device: string;
  readonly properties: Properties;
}

function propertiesOf({ settings, values }: Work): (msg: NodeMessage) => Promise<Properties> {
  const rows = settings
    .rows('properties')
    .map((row): [string, Value] => [String(row['property']).trim(), values.prepare(typedOf(row, 'value'))]);
  return async (msg) => {
    if (rows.length === 0) return wholePayload(msg.payload);
    const said = await Promise.all(rows.map(async ([name, value]) => [name, await value(msg)] as const));
    return Object.fromEntries(said);
  };
}

function wholePayload(payload: unknown): Properties {
  if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) return { ...payload };
  throw new PaletteError(
    'bad-value',
    'no properties are set here, so the payload has to be an object such as { "on": true }',
  );
}

/** Of a room or label: each device with those of the properties that it takes. */
async function ordersOf(
  { settings, engine }: Work,
  names: readonly string[],
  wanted: Properties,
): Promise<readonly Order[]> {
  const by = settings.text('by');
  if (by !== 'room' && by !== 'label') return names.map((device) => ({ device, properties: wanted }));
  const found = await Promise.all(names.map((name) => engine.devices({ [by]: name })));
  const byId = new Map(found.flat().map((device) => [device.id, device]));
  return [...byId.values()].flatMap((device): Order[] => {
    const taken = Object.entries(wanted).filter(([name]) => findProperty(device, name)?.commandable);
    return taken.length === 0 ? [] : [{ device: device.id, properties: Object.fromEntries(taken) }];
  });
}

async function setAll(work: Work, orders: readonly Order[], msg: NodeMessage): Promise<DeviceSetView[]> {
  const transition = work.settings.text('transition');
  const told: DeviceSetView[] = [];
  const faults: string[] = [];
  for (const { device, properties } of orders) {
    const body: DeviceSetRequest = { properties, ...(transition !== '' && { transition }) };
    try {
      const path = `/devices/${encodeURIComponent(device)}/set`;
      told.push(await work.ask<DeviceSetView>(path, { method: 'POST', body }, msg));
    } catch (error) {
      if (isUnreachable(error)) throw error;
      faults.push(orders.length === 1 ? messageOf(error) : `${device}: ${messageOf(error)}`);
    }
  }
  if (faults.length > 0) throw new PaletteError('set-failed', faults.join('; '));
  return told;
}

function start(work: Work): Behaviour {
  const { settings, values, status, engine } = work;
  const target = values.prepare(settings.typed('target'));
  const properties = propertiesOf(work);
  const outbox = new Outbox(settings.text('queue'), engine, work.clock);
  const fulfil = async (msg: NodeMessageInFlow, send: (...outputs: Outputs) => void): Promise<void> => {
    const wanted = await properties(msg);
    const names = textsOf(await target(msg));
    if (names.length === 0) throw new PaletteError('bad-value', 'no device is named');
    const told = await setAll(work, await ordersOf(work, names, wanted), msg);
    status.value(wanted);
    send(tell(msg, { set: told.map(({ device }) => device) }));
  };
  return {
    input: async (msg, send) => {
      const kept = outbox.add(() => fulfil(msg, send));
      if (outbox.size > 0) status.set({ fill: 'yellow', shape: 'ring', text: `… ${outbox.size}` });
      await kept;
    },
    close: () => outbox.close(),
  };
}

export const deviceSet: NodeType = { kind, start };
