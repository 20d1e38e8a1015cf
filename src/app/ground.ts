// What every part of the house is built from.
import { hostname } from 'node:os';
import {
  type Clock,
  type GateOptions,
  type HomeruleError,
  type Ids,
  type Logger,
  ProcessIds,
  SystemClock,
} from '../base/index.ts';
import { type Config, packageVersion } from '../config/index.ts';
import type { Restored } from '../store/index.ts';

export interface HouseSettings {
  readonly config: Config;
  readonly log: Logger;
  /** The backup that was put in place just before. */
  readonly restored?: Restored | undefined;
}

/** What every part is built from. */
export interface Ground {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly version: string;
  readonly gate: GateOptions;
  readonly failure: PromiseWithResolvers<HomeruleError>;
}

export function groundOf({ config, log }: HouseSettings): Ground {
  const clock = new SystemClock();
  const { hosts, origins } = config.http;
  const gate = { hosts: hosts.map((host) => host.toLowerCase()), origins, machine: hostname().toLowerCase() };
  return {
    config,
    log,
    clock,
    ids: new ProcessIds(clock),
    version: packageVersion(),
    gate,
    failure: Promise.withResolvers(),
  };
}
