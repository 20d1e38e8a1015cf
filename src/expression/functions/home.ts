// Functions of the home: its state and its local time. Pure given the state and the clock reading of the scope.
import { filterFault } from '../../base/index.ts';
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';
import { localTimeOf } from './local-time.ts';

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

function since(run: Run, topic: string | undefined): number | undefined {
  const changed = topic === undefined ? undefined : run.scope.home.changedAt(topic);
  return changed === undefined ? undefined : (run.scope.at - changed) / 1000;
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
    name: 'since',
    signature: '<s:n>',
    en: 'Seconds since the value of a topic last changed; missing when it never spoke.',
    zh: '主题的值上次变化以来的秒数；从未有值则缺失。',
    example: { source: '$since("home/kitchen/lux")', result: 45 },
    reads: ['clock', 'topic'],
    call: since,
  },
  {
    name: 'time',
    signature: '<:s>',
    en: 'Local time of day, "HH:MM:SS".',
    zh: '本地时间，"HH:MM:SS"。',
    example: { source: '$time()', result: '20:30:45' },
    reads: ['clock'],
    call: (run: Run) => localTimeOf(run.scope.home).time(run.scope.at),
  },
  {
    name: 'date',
    signature: '<:s>',
    en: 'Local date, "YYYY-MM-DD".',
    zh: '本地日期，"YYYY-MM-DD"。',
    example: { source: '$date()', result: '2026-01-05' },
    reads: ['clock'],
    call: (run: Run) => localTimeOf(run.scope.home).date(run.scope.at),
  },
  {
    name: 'weekday',
    signature: '<:n>',
    en: 'Local day of the week: Monday is 1, Sunday is 7.',
    zh: '本地星期几：星期一为 1，星期日为 7。',
    example: { source: '$weekday()', result: 1 },
    reads: ['clock'],
    call: (run: Run) => localTimeOf(run.scope.home).weekday(run.scope.at),
  },
];
