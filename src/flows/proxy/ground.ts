// What both halves of the proxy stand on.
import type { HouseDoor } from '../../api/index.ts';
import type { Clock } from '../../base/index.ts';
import { fail } from '../errors.ts';
import type { Flows } from '../flows.ts';
import type { ProxiedSockets } from './sockets.ts';

export interface ProxyGround {
  readonly flows: Flows;
  readonly door: HouseDoor;
  readonly clock: Clock;
  readonly sockets: ProxiedSockets;
}

/** Throws `flows-off`, `flows-unavailable`. */
export function demandAnswering(flows: Flows): void {
  if (flows.answers) return;
  const { state } = flows.view();
  if (state === 'off')
    throw fail('flows-off', 'Node-RED is off: the configuration says flows.enabled: false');
  throw fail('flows-unavailable', `Node-RED is ${state}`);
}
