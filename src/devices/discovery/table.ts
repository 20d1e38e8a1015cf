// Every discovery format of the house: one line each.
import { bemfa } from './bemfa/bemfa.ts';
import type { DiscoveryFormat } from './format.ts';
import { homeAssistant } from './home-assistant/home-assistant.ts';
import { homie4 } from './homie/homie-4.ts';
import { homie5 } from './homie/homie-5.ts';
import { tasmota } from './tasmota/tasmota.ts';

export interface DiscoveryOptions {
  /** Topics learned from traffic become proposed devices. */
  readonly learn: boolean;
  /** First level of the topics of Homie devices. */
  readonly homie: string;
  readonly homeAssistant: {
    /** First levels of its discovery topics. */
    readonly prefix: string;
  };
}

export function discoveryFormats({
  homie,
  homeAssistant: { prefix },
}: DiscoveryOptions): readonly DiscoveryFormat[] {
  return [homeAssistant(prefix), homie4(homie), homie5(homie), tasmota, bemfa];
}
