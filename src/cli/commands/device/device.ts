// `homerule device …`: command, name, forget; and the table of its commands.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { DeviceMappingView, DeviceSetView, DeviceView } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail, flagValue } from '../../errors.ts';
import { deviceListCommand, deviceShowCommand } from './look.ts';
import { deviceMoveCommands } from './move.ts';
import { propertiesOf, shownValue } from './values.ts';

async function setDevice(call: ApiCall): Promise<number> {
  const [id = '', ...words] = call.args;
  const { transition } = z.looseObject({ transition: z.string().optional() }).parse(call.options);
  const json = { properties: propertiesOf(words), ...(transition !== undefined && { transition }) };
  const view = await call.client.request<DeviceSetView>(`/devices/${segment(id)}/set`, {
    method: 'POST',
    json,
  });
  if (call.isJson) printJson(call, view);
  else for (const { topic, payload } of view.commands) print(call, `${topic} ${shownValue(payload)}`);
  return exitCodes.ok;
}

const edits = z.looseObject({
  name: z.string().optional(),
  room: z.string().optional(),
  label: z.array(z.string()).optional(),
  note: z.string().optional(),
  hide: z.boolean().optional(),
});

/** An empty text takes back what was said. */
const orNull = (text: string): string | null => (text === '' ? null : text);

async function editDevice(call: ApiCall): Promise<number> {
  const { name, room, label, note, hide } = edits.parse(call.options);
  const json = {
    ...(name !== undefined && { name: orNull(name) }),
    ...(room !== undefined && { room: orNull(room) }),
    ...(label !== undefined && { labels: label.filter((text) => text !== '') }),
    ...(note !== undefined && { note }),
    ...(hide !== undefined && { hidden: hide }),
  };
  if (Object.keys(json).length === 0)
    throw fail('wrong-usage', 'expected at least one of --name --room --label --note --hide');
  const path = `/devices/${segment(call.args[0] ?? '')}`;
  const view = await call.client.request<DeviceView>(path, { method: 'PATCH', json });
  if (call.isJson) printJson(call, view);
  else print(call, `${view.id}: ${view.name}${view.room === undefined ? '' : `, ${view.room}`}`);
  return exitCodes.ok;
}

async function forgetDevice(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  await call.client.request(`/devices/${segment(id)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { forgotten: id });
  else print(call, `forgot ${id}`);
  return exitCodes.ok;
}

async function mapDevice(call: ApiCall): Promise<number> {
  const [id = '', file = ''] = call.args;
  const json: unknown = flagValue('file', () => JSON.parse(readFileSync(file, 'utf8')));
  const path = `/device-mappings/${segment(id)}`;
  const view = await call.client.request<DeviceMappingView>(path, { method: 'PUT', json });
  if (call.isJson) printJson(call, view);
  else print(call, `described ${id} (version ${view.version})`);
  return exitCodes.ok;
}

export const deviceCommands = [
  deviceListCommand,
  deviceShowCommand,
  ...deviceMoveCommands,
  apiCommand({
    name: 'device set',
    about: 'tell a device to take a state; prints the messages that went out',
    example: 'homerule device set desk-lamp on=true brightness=40 --transition 2s',
    declare: (command) =>
      void command
        .argument('<id>')
        .argument('<properties...>', 'NAME=VALUE, or on, or off')
        .option('--transition <duration>', 'how long it may take'),
    run: setDevice,
  }),
  apiCommand({
    name: 'device edit',
    about: 'name a device, say its room, labels or a note; an empty text takes it back',
    example: "homerule device edit 0x00158d0001 --name 'Desk lamp' --room study --label night",
    declare: (command) =>
      void command
        .argument('<id>')
        .option('--name <name>', 'its name')
        .option('--room <room>', 'its room')
        .option('--label <labels...>', 'its labels, all of them')
        .option('--note <text>', 'a note')
        .option('--hide', 'leave it out of the home page')
        .option('--no-hide', 'show it there'),
    run: editDevice,
  }),
  apiCommand({
    name: 'device map',
    about: 'describe a device by hand, from a JSON file; see the API for its shape',
    example: 'homerule device map garage-door garage.json',
    declare: (command) => void command.argument('<id>').argument('<file>'),
    run: mapDevice,
  }),
  apiCommand({
    name: 'device forget',
    about: 'forget a device that is gone',
    example: 'homerule device forget old-lamp',
    declare: (command) => void command.argument('<id>'),
    run: forgetDevice,
  }),
];
