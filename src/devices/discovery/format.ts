// The contract of a discovery format: one file each, one line in `table.ts`. A format is stateless and pure: it reads the
// latest payloads of topics and describes devices; who they are in this house, and what they said, the registry knows.
import type { DeviceDescription } from '../model/description.ts';
import type { Payload } from '../payload.ts';

/** The latest payload of every topic. */
export interface TopicsView {
  payload(topic: string): Payload | undefined;
  /** Whole topics under an MQTT filter that have a payload, in order of topic. */
  topics(filter: string): readonly string[];
}

/** Something in a discovery message that is wrong or not supported; shown with the device and logged once. */
export interface DiscoveryProblem {
  /** Of the message that it stands in. */
  readonly topic: string;
  /** Where in it, `/`-separated; empty for the whole. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface Discovered {
  readonly devices: readonly DeviceDescription[];
  readonly problems: readonly DiscoveryProblem[];
}

export interface DiscoveryFormat {
  /** `home-assistant`, `homie`, `bemfa`, `learned`, `mapping`. */
  readonly name: string;
  /** MQTT filters of the topics that it reads when their payload changes. */
  readonly filters: readonly string[];
  /**
   * When the same topic is described by two formats, the one with the higher rank has it and the other's properties of
   * that topic are left out: announced (30) before named (20) before learned (10); by hand is 40.
   */
  readonly rank: number;
  /** For how long a source is left alone once it was described; of formats whose payloads change all the time. */
  readonly restMs?: number;
  /** Which source a topic is part of: a topic, or the topic above all that describe one device; undefined: of none. */
  sourceOf(topic: string): string | undefined;
  /** What a source tells now. Empty when its payloads are gone. Never throws: what is wrong is a problem. */
  describe(source: string, topics: TopicsView): Discovered;
}
