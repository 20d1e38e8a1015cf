// Every discovery format of the house: one line each.
import type { DiscoveryFormat } from './format.ts';

export interface DiscoveryOptions {
  /** Topics learned from traffic become proposed devices. */
  readonly learn: boolean;
}

export function discoveryFormats(_options: DiscoveryOptions): readonly DiscoveryFormat[] {
  return [];
}
