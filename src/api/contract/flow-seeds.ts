// The shapes about the flows that come with Homerule.

export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** `GET /flows/seeds` items. */
export interface FlowSeedView {
  readonly name: string;
  readonly title: Words;
  readonly description: Words;
  /** What its flow is told about this home; values of its tab. */
  readonly settings: readonly FlowSeedSettingView[];
  /** Whether it is among the flows that were deployed last. */
  readonly added: boolean;
}

export interface FlowSeedSettingView {
  readonly name: string;
  /** What it is about, so that it can be picked. */
  readonly kind: 'device' | 'property' | 'label' | 'topic' | 'channel' | 'duration' | 'number' | 'text';
  readonly label: Words;
  /** As deployed, else as it comes. */
  readonly value: string;
}

/** `POST /flows/seeds/{name}` */
export interface FlowSeedRequest {
  /** What was changed in it goes; else only what is missing comes. */
  readonly replace?: boolean;
  /** Settings by name; the others stay as they are. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** How many of its nodes came, were left as they are, or were put back. */
export interface FlowSeedAddedView {
  readonly name: string;
  /** The id of its tab: `/red/#flow/ID`. */
  readonly flow: string;
  readonly added: number;
  readonly kept: number;
  readonly replaced: number;
}
