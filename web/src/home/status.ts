// How the house is, as a row of words: each part of it well, to be watched, or bad.
import type { BridgeView, DeviceView, RuleSummary, SystemView } from '../api/types.ts';
import type { TextKey } from '../i18n/texts.ts';
import type { LiveState } from '../live/live-client.ts';
import { isDiskLow } from '../system/disk.ts';

export type Tone = 'good' | 'watch' | 'bad';

export interface Status {
  readonly name: 'broker' | 'engine' | 'links' | 'devices' | 'disk' | 'certificate';
  readonly tone: Tone;
  readonly words: TextKey;
  /** For the words. */
  readonly count?: number;
  readonly all?: number;
}

export interface StatusQuestion {
  readonly system: SystemView | undefined;
  readonly rules: readonly RuleSummary[];
  readonly devices: readonly DeviceView[];
  readonly bridges: readonly BridgeView[];
  readonly live: LiveState;
  readonly now: number;
}

const warnBeforeMs = 30 * 86_400_000;

function brokerOf({ system, live }: StatusQuestion): Status {
  const count = system?.counters['connections'] ?? 0;
  return live === 'live'
    ? { name: 'broker', tone: 'good', words: 'home.status.connections', count }
    : { name: 'broker', tone: 'watch', words: 'home.status.unheard' };
}

/** A rule that is off is no concern; one whose breaker is open does not run. */
function engineOf({ rules, system }: StatusQuestion): Status {
  const on = rules.filter(({ enabled }) => enabled);
  const paused = on.filter(({ breaker }) => breaker !== 'closed').length;
  if ((system?.counters['engineFaults'] ?? 0) > 0)
    return { name: 'engine', tone: 'bad', words: 'home.status.fault' };
  return paused > 0
    ? { name: 'engine', tone: 'watch', words: 'home.status.paused', count: paused }
    : { name: 'engine', tone: 'good', words: 'home.status.on', count: on.length };
}

function linksOf({ bridges }: StatusQuestion): readonly Status[] {
  const wanted = bridges.filter(({ settings }) => settings.enabled);
  if (wanted.length === 0) return [];
  const up = wanted.filter(({ state }) => state === 'connected' || state === 'idle');
  const tone = up.length < wanted.length ? 'bad' : 'good';
  return [{ name: 'links', tone, words: 'home.status.up', count: up.length, all: wanted.length }];
}

/** Who does not tell whether it is there counts as there. */
function devicesOf({ devices }: StatusQuestion): readonly Status[] {
  const shown = devices.filter(({ hidden, gone }) => !hidden && !gone);
  if (shown.length === 0) return [];
  const there = shown.filter(({ online }) => online !== false);
  const tone = there.length < shown.length ? 'watch' : 'good';
  return [{ name: 'devices', tone, words: 'home.status.online', count: there.length, all: shown.length }];
}

/** Only where something is to be done. */
function machineOf({ system, now }: StatusQuestion): readonly Status[] {
  if (system === undefined) return [];
  const { certificate } = system.machine;
  const left = certificate === undefined ? Number.POSITIVE_INFINITY : certificate.endsAt - now;
  const disk: Status = { name: 'disk', tone: 'watch', words: 'home.status.full' };
  const soon: Status = { name: 'certificate', tone: 'watch', words: 'home.status.ends' };
  const over: Status = { name: 'certificate', tone: 'bad', words: 'home.status.ended' };
  return [...(isDiskLow(system) ? [disk] : []), ...(left < warnBeforeMs ? [left < 0 ? over : soon] : [])];
}

export function statusOf(question: StatusQuestion): readonly Status[] {
  return [
    brokerOf(question),
    engineOf(question),
    ...linksOf(question),
    ...devicesOf(question),
    ...machineOf(question),
  ];
}
