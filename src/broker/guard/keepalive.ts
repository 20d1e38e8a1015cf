// How long a client may be silent. A connection that may stay silent for a day holds a socket for nothing (SlowITe,
// CVE-2020-13849).
import type { BrokerLimits } from '../options.ts';
import type { SessionFacts } from './session-facts.ts';

/**
 * Seconds to use in place of what the client asked for, undefined when its wish stands. MQTT 5 clients are told (Server
 * Keep Alive) and keep to it; MQTT 3 cannot be told, so those are given far longer before silence counts as absence.
 */
export function imposedKeepalive(facts: Readonly<SessionFacts>, limits: BrokerLimits): number | undefined {
  const limit = facts.version === 5 ? limits.keepaliveSeconds : limits.oldKeepaliveSeconds;
  return facts.keepalive === 0 || facts.keepalive > limit ? limit : undefined;
}
