// Every discovery format of the house: one line each.
import { bemfa } from './bemfa/bemfa.ts';
import type { DiscoveryFormat } from './format.ts';
import { homie4 } from './homie/homie-4.ts';
import { homie5 } from './homie/homie-5.ts';

export interface DiscoveryOptions {
  /** Topics learned from traffic become proposed devices. */
  readonly learn: boolean;
  /** First level of the topics of Homie devices. */
  readonly homie: string;
}

export function discoveryFormats({ homie }: DiscoveryOptions): readonly DiscoveryFormat[] {
  return [homie4(homie), homie5(homie), bemfa];
}
