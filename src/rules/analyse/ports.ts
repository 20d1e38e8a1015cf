// What the analysis asks of the house. Without a house it asks nothing: what is unknown there is no finding.

/** What is known of topics: what was heard, or what devices are said to speak. Read-only. */
export interface KnownTopics {
  /** Nothing is known yet: then nothing is unknown either. */
  readonly isEmpty: boolean;
  has(filter: string): boolean;
  /** The filter with the nearest known levels in place of the unknown ones. */
  nearest(filter: string): string | undefined;
  /** Names at the root of the payloads; undefined when some are no objects, or none is known. */
  fields(filter: string): readonly string[] | undefined;
  /** Values at a path (of names, joined by dots) of the payloads; `isComplete`: there are no others. */
  values(filter: string, path: string | undefined): KnownValues | undefined;
}

export interface KnownValues {
  readonly values: readonly unknown[];
  readonly isComplete: boolean;
}

export interface KnownDevices {
  has(id: string): boolean;
  ids(): readonly string[];
  hasLabel(label: string): boolean;
  /** Filters of the topics that commands go to and that it reports on; undefined when they are not known. */
  topics(
    id: string,
  ): { readonly commands: readonly string[]; readonly reports: readonly string[] } | undefined;
}

export interface AnalysisHouse {
  readonly topics: KnownTopics;
  readonly devices: KnownDevices;
}
