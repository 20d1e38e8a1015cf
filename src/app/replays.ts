// What worlds beside the house are built from, besides its rows: the same settings.
import { parseDuration } from '../base/index.ts';
import { discoveryFormats } from '../devices/index.ts';
import type { WorldSettings } from '../rules/index.ts';
import type { Parts } from './parts.ts';

export interface ReplayGround {
  readonly settings: WorldSettings;
  readonly breaker: { readonly runs: number; readonly inMs: number };
}

export function replayGroundOf({ ground, home }: Pick<Parts, 'ground' | 'home'>): ReplayGround {
  const { config } = ground;
  const { calendar, rules } = config;
  const { breaker } = rules;
  return {
    settings: {
      zone: home.zone,
      place: home.place,
      calendar,
      formats: discoveryFormats(config.devices),
    },
    breaker: { runs: breaker.runs, inMs: parseDuration(breaker.in) },
  };
}
