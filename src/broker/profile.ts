// How a broker departs from that of a house, so that a conformance suite finds what it expects.
import type { BrokerLimits, BrokerProfile } from './options.ts';

export interface ProfileTraits {
  readonly limits: Partial<BrokerLimits>;
  /** Whether `homerule/status` is kept for subscribers to `#` and `+/+`. */
  readonly isAnnounced: boolean;
  readonly isRefused: (filter: string) => boolean;
}

const traits: Readonly<Record<BrokerProfile, ProfileTraits>> = {
  house: { limits: {}, isAnnounced: true, isRefused: () => false },
  conformance: {
    limits: { keepaliveSeconds: 60, halfOpen: 20 },
    isAnnounced: false,
    isRefused: (filter) => filter === 'test/nosubscribe',
  },
};

export function traitsOf(profile: BrokerProfile = 'house'): ProfileTraits {
  return traits[profile];
}
