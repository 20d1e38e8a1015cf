// Where devices find the broker.
import { type Reach, reachOf } from './reach.ts';
import { useSystem } from './use-system.ts';

export interface Broker extends Reach {
  /** For programs that run where this page is shown. */
  readonly host: string;
  /** The house has told. */
  readonly isKnown: boolean;
  /** As other machines must say it; undefined where nobody can know it. */
  readonly address: string | undefined;
}

export function useBroker(): Broker {
  const { data: system } = useSystem();
  const { hostname: pageHost } = globalThis.location;
  const reach = reachOf({ system, kind: 'mqtt', usualPort: 1883, pageHost });
  const host = pageHost === '0.0.0.0' ? 'localhost' : pageHost;
  return { ...reach, host, isKnown: system !== undefined, address: reach.addresses[0] };
}

/** Where phones find these pages. */
export function useWebReach(): Reach {
  const { data: system } = useSystem();
  const { hostname: pageHost } = globalThis.location;
  return reachOf({ system, kind: 'http', usualPort: 80, pageHost });
}
