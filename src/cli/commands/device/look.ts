// `homerule device list` and `show`.
import { z } from 'zod';
import type { DevicePropertyView, DeviceView, Page } from '../../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { ago } from '../../spoken.ts';
import { tableLines } from '../../table.ts';
import { shownValue } from './values.ts';

const filters = z.looseObject({
  room: z.string().optional(),
  label: z.string().optional(),
  search: z.string().optional(),
});
const mostShown = 4;

async function allDevices({ client, options }: ApiCall): Promise<DeviceView[]> {
  const { room, label, search } = filters.parse(options);
  const found: DeviceView[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '1000' });
    for (const [name, value] of Object.entries({ room, label, search, cursor }))
      if (value !== undefined) query.set(name, value);
    const page = await client.request<Page<DeviceView>>(`/devices?${query}`);
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

function presence({ gone, online }: DeviceView): string {
  if (gone) return 'gone';
  return online === undefined ? '-' : online ? 'online' : 'offline';
}

function withUnit({ value, unit }: DevicePropertyView): string {
  return `${shownValue(value)}${unit === undefined ? '' : ` ${unit}`}`;
}

function summary({ properties }: DeviceView): string {
  const known = properties.filter(({ value, category }) => value !== undefined && category === undefined);
  const shown = known.slice(0, mostShown).map((property) => `${property.id} ${withUnit(property)}`);
  return [...shown, ...(known.length > mostShown ? ['…'] : [])].join(', ');
}

async function listDevices(call: ApiCall): Promise<number> {
  const devices = await allDevices(call);
  if (call.isJson) printJson(call, devices);
  else {
    const rows = devices.map((device) => [
      device.id,
      device.name,
      device.room ?? '',
      presence(device),
      summary(device),
    ]);
    for (const line of tableLines(['ID', 'NAME', 'ROOM', 'STATE', 'VALUES'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

/** What may be set, or what is measured. */
function takes({ kind, commandable, min, max, options }: DevicePropertyView): string {
  const range = min === undefined && max === undefined ? '' : ` ${min ?? ''}..${max ?? ''}`;
  const words = options === undefined ? '' : ` ${options.join('|')}`;
  return `${commandable ? '' : 'only reported, '}${kind}${range}${words}`;
}

function reportedValue(property: DevicePropertyView): string {
  const { value, pending } = property;
  const reported = value === undefined ? '-' : withUnit(property);
  if (pending === undefined) return reported;
  return `${reported} (${pending.unconfirmed ? 'unconfirmed' : 'wanted'}: ${shownValue(pending.value)})`;
}

function lines(device: DeviceView, now: number): string[] {
  const { id, name, room, labels, format, key, manufacturer, model, firmware, seen, via, note } = device;
  const facts: [string, string | undefined][] = [
    ['id', id],
    ['name', name],
    ['room', room],
    ['labels', labels.join(', ')],
    ['made by', [manufacturer, model, firmware].filter((text) => text !== undefined).join(' ')],
    ['known by', `${format} ${key}`],
    ['through', via],
    ['state', presence(device)],
    ['seen', seen === undefined ? undefined : ago(seen, now)],
    ['note', note],
  ];
  const rows = device.properties.map((property) => [
    property.short === undefined ? property.id : `${property.id} (${property.short})`,
    reportedValue(property),
    property.changedAt === undefined ? '' : ago(property.changedAt, now),
    takes(property),
  ]);
  const { errors, problems } = device;
  return [
    ...facts.flatMap(([word, value]) => (value === undefined || value === '' ? [] : [`${word}: ${value}`])),
    ...tableLines(['PROPERTY', 'VALUE', 'CHANGED', 'TAKES'], rows),
    ...problems.map(({ topic, path, code, message }) => `problem: ${topic} ${path} ${code} ${message}`),
    ...(errors === undefined ? [] : [`errors: ${errors.count}, the last: ${errors.last.message}`]),
  ];
}

async function showDevice(call: ApiCall): Promise<number> {
  const device = await call.client.request<DeviceView>(`/devices/${segment(call.args[0] ?? '')}`);
  if (call.isJson) printJson(call, device);
  else for (const line of lines(device, call.clock.now())) print(call, line);
  return exitCodes.ok;
}

export const deviceListCommand = apiCommand({
  name: 'device list',
  about: 'list the devices with what they report',
  example: 'homerule device list --room kitchen',
  declare: (command) =>
    void command
      .option('--room <room>', 'only those of a room')
      .option('--label <label>', 'only those with a label')
      .option('--search <text>', 'only those with this in id, name or key'),
  run: listDevices,
});

export const deviceShowCommand = apiCommand({
  name: 'device show',
  about: 'show a device with all that it reports and takes',
  example: 'homerule device show desk-lamp',
  declare: (command) => void command.argument('<id>'),
  run: showDevice,
});
