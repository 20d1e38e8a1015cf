// Functions of the home's state: topics, variables, devices. Pure given the state and the clock reading of the scope.
import { filterFault } from '../../base/index.ts';
import type { DeviceView, LastMessage } from '../contract.ts';
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';

function state(run: Run, topic: string | undefined, otherwise: unknown): unknown {
  if (topic === undefined) return undefined;
  const value = run.scope.home.state(topic);
  return value === undefined ? otherwise : value;
}

function states(run: Run, filter: string | undefined): unknown {
  if (filter === undefined) return undefined;
  const fault = filterFault(filter);
  if (fault !== undefined)
    throw new Failure('bad-filter', { text: `"${filter}" is no topic filter: ${fault}` });
  const found = run.scope.home.states(filter);
  run.allocateItems(found.length);
  return found;
}

function last(run: Run, topic: string | undefined): LastMessage | undefined {
  return topic === undefined ? undefined : run.scope.home.last(topic);
}

function since(run: Run, topic: string | undefined, path: string | undefined): number | undefined {
  const changed = topic === undefined ? undefined : run.scope.home.changedAt(topic, path);
  return changed === undefined ? undefined : (run.scope.at - changed) / 1000;
}

function variable(run: Run, name: string | undefined, otherwise: unknown): unknown {
  if (name === undefined) return undefined;
  const value = run.scope.home.variable(name);
  return value === undefined ? otherwise : value;
}

function device(run: Run, id: string | undefined): DeviceView | undefined {
  if (id === undefined) return undefined;
  const found = run.scope.home.device(id);
  if (found === undefined) throw new Failure('unknown-device', { value: id });
  return found;
}

function devices(run: Run, ...given: readonly (string | undefined)[]): unknown {
  const [label] = given;
  if (given.length > 0 && label === undefined) return undefined;
  const found = label === undefined ? run.scope.home.devices() : run.scope.home.devices(label);
  run.allocateItems(found.length);
  return found;
}

export const homeFunctions: readonly FunctionDefinition[] = [
  {
    name: 'state',
    signature: '<sx?:x>',
    en: 'The latest value of a topic, or the second argument when it never spoke.',
    zh: '主题的最新值；从未有值时取第二个参数。',
    example: { source: '$state("home/kitchen/lux", 0)', result: 12 },
    reads: ['topic'],
    call: state,
  },
  {
    name: 'states',
    signature: '<s:a<o>>',
    en: 'Every topic under a filter: an array of {topic, params, value, at}.',
    zh: '过滤器下的所有主题：{topic, params, value, at} 的数组。',
    example: { source: '$states("home/+/lux").value', result: 12 },
    reads: ['filter'],
    call: states,
  },
  {
    name: 'last',
    signature: '<s:o>',
    en: 'The latest message of a topic: {value, at, by: {origin, id}, previous}; `previous` is the value before it last changed.',
    zh: '主题的最新消息：{value, at, by: {origin, id}, previous}；`previous` 为上次变化之前的值。',
    example: { source: '$last("home/kitchen/lux").by.origin', result: 'client' },
    reads: ['topic'],
    call: last,
  },
  {
    name: 'since',
    signature: '<ss?:n>',
    en: 'Seconds since the value of a topic, or what is at a path in it, last changed; missing when there is none.',
    zh: '主题的值（或其中某一路径）上次变化以来的秒数；没有值则缺失。',
    example: { source: '$since("home/kitchen/lux")', result: 45 },
    reads: ['clock', 'topic'],
    call: since,
  },
  {
    name: 'var',
    signature: '<sx?:x>',
    en: 'A persistent variable that rules share, or the second argument when it is not set.',
    zh: '规则共享的持久变量；未设置时取第二个参数。',
    example: { source: '$var("mode", "home")', result: 'away' },
    reads: ['variable'],
    call: variable,
  },
  {
    name: 'device',
    signature: '<s:o>',
    en: 'A device by its id: {id, name, room, online, seen, properties}; an unknown id is an error.',
    zh: '按 id 取设备：{id, name, room, online, seen, properties}；未知 id 为错误。',
    example: { source: '$device("lamp").properties.on', result: true },
    reads: ['device'],
    call: device,
  },
  {
    name: 'devices',
    signature: '<s?:a<o>>',
    en: 'All devices, or those with a label, as `$device` gives them.',
    zh: '所有设备，或带某标签的设备，形状同 `$device`。',
    example: { source: '$count($devices("light"))', result: 1 },
    reads: ['devices'],
    call: devices,
  },
];
