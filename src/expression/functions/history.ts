// Functions of the past of topics: figures over a window of time, and the value at an instant.
import { parseDuration, type Timestamp } from '../../base/index.ts';
import type { WindowView } from '../contract.ts';
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';
import { localTimeOf } from './local-time.ts';

interface Window {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly isEndIncluded: boolean;
}

function durationOf(text: string | number, code: 'bad-window' | 'bad-instant'): number {
  try {
    return parseDuration(text, code === 'bad-instant');
  } catch {
    throw new Failure(code, { value: text });
  }
}

function windowOf(run: Run, window: unknown): Window {
  const { at } = run.scope;
  if (window === 'today')
    return { from: localTimeOf(run.scope.home).startOfDay(at), to: at, isEndIncluded: true };
  if (window === 'yesterday') {
    const time = localTimeOf(run.scope.home);
    const to = time.startOfDay(at);
    return { from: time.startOfDay(to - 1), to, isEndIncluded: false };
  }
  if (typeof window === 'string' || typeof window === 'number')
    return { from: at - durationOf(window, 'bad-window'), to: at, isEndIncluded: true };
  const [from, to]: unknown[] = Array.isArray(window) && window.length === 2 ? window : [];
  if (typeof from !== 'number' || typeof to !== 'number' || from > to)
    throw new Failure('bad-window', { value: window });
  return { from, to, isEndIncluded: false };
}

/** Topic, window, path. */
type OverArguments = readonly [topic: string | undefined, window?: unknown, path?: string];

function over(run: Run, ...[topic, window, path]: OverArguments): WindowView | undefined {
  if (topic === undefined || window === undefined) return undefined;
  run.charge(100);
  return run.scope.home.over({ topic, path, now: run.scope.at }, windowOf(run, window));
}

type AtArguments = readonly [topic: string | undefined, when?: string | number, path?: string];

function valueAt(run: Run, ...[topic, when, path]: AtArguments): unknown {
  if (topic === undefined || when === undefined) return undefined;
  const { at: now, home } = run.scope;
  const at = typeof when === 'number' ? when : now + durationOf(when, 'bad-instant');
  if (at > now) throw new Failure('bad-instant', { value: when });
  return home.at({ topic, path, now }, at);
}

export const historyFunctions: readonly FunctionDefinition[] = [
  {
    name: 'over',
    signature: '<s(sna)s?:o>',
    en: 'Figures of a topic, or of what is at a path in it, over a window ("15m", "today", "yesterday" or [from, to]): {mean, min, max, sum, count, changes, first, last, delta, coverage}; the mean is weighted by time, coverage is the known share of the window.',
    zh: '主题（或其中某一路径）在时间窗口（"15m"、"today"、"yesterday" 或 [from, to]）内的统计：{mean, min, max, sum, count, changes, first, last, delta, coverage}；mean 按时间加权，coverage 为窗口中已知部分的比例。',
    example: { source: '$over("home/kitchen/lux", "15m").mean', result: 11.5 },
    reads: ['window', 'topic'],
    call: over,
  },
  {
    name: 'at',
    signature: '<s(sn)s?:x>',
    en: 'The value of a topic, or of what is at a path in it, at an instant or so long ago ("-1h"), up to 31 days; missing when it is not known. In a rule for actions only.',
    zh: '主题（或其中某一路径）在某一时刻或多久以前（"-1h"）的值，最多回溯 31 天；未知则缺失。规则中仅可用于动作。',
    example: { source: '$at("home/kitchen/lux", "-1h")', result: 11 },
    reads: ['window', 'topic'],
    call: valueAt,
  },
];
