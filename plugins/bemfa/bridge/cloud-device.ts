// A topic of the cloud that some device of another maker stands behind, as a device of the house: it says what it is in
// JSON on a topic of the house, and is commanded on another.
import { type BemfaKind, bemfaKindOf, decodeBemfa, encodeBemfa } from '../../../src/base/index.ts';
import type { BroughtDevice, BroughtProperty } from '../../../src/plugins/index.ts';
import type { TopicView } from './cloud-api.ts';
import { kindProperties } from './kind-properties.ts';
import { deviceValues, reportedState, type Values } from './translation.ts';

/** Only one of them is true of a lamp. */
const tints = ['color', 'color_temperature'] as const;

function withoutOtherTint(values: Values, news: Values): Values {
  const told = tints.find((tint) => tint in news);
  return Object.fromEntries(
    Object.entries(values).filter(
      ([id]) => told === undefined || id === told || !tints.some((tint) => tint === id),
    ),
  );
}

export class CloudDevice {
  readonly topic: string;
  readonly kind: BemfaKind;
  readonly #local: string;
  #name = '';
  #values: Values = {};
  #isOnline = false;

  private constructor(topic: string, kind: BemfaKind, local: string) {
    this.topic = topic;
    this.kind = kind;
    this.#local = local;
  }

  /** `under` is the topic of the house below which it lives; undefined for a topic of no kind. */
  static of({ topic }: TopicView, under: string): CloudDevice | undefined {
    const kind = bemfaKindOf(topic);
    return kind && new CloudDevice(topic, kind, `${under}/${topic}`);
  }

  get stateTopic(): string {
    return this.#local;
  }

  /** What it is now; the same object says the same. */
  get state(): Values {
    return { ...this.#values, online: this.#isOnline };
  }

  get description(): BroughtDevice {
    return {
      id: this.topic.replaceAll('_', '-').slice(0, 60),
      name: this.#name || this.topic,
      manufacturer: 'Bemfa',
      model: this.kind,
      properties: kindProperties[this.kind].map((property) => this.#property(property)),
      availability: { mode: 'latest', reports: [{ topic: this.#local, read: 'payload.online' }] },
    };
  }

  /** What the cloud says of it. */
  take({ name, text, isOnline }: TopicView): void {
    this.#name = name;
    this.#isOnline = isOnline;
    const said = decodeBemfa(this.kind, text);
    if (said === undefined) return;
    const news = deviceValues(this.kind, said);
    this.#values = { ...withoutOtherTint(this.#values, news), ...news };
  }

  /** The text for a wish; undefined when it means nothing to its kind. What it does not say stays as it is. */
  commandText(wish: Values): string | undefined {
    const { movement, on = true } = wish;
    if (this.kind === 'curtain' && movement !== undefined) {
      return encodeBemfa(this.kind, movement === 'stop' ? { pause: true } : { on: movement === 'open' });
    }
    const known = kindProperties[this.kind].filter(({ isCommandable }) => isCommandable);
    if (!known.some(({ id }) => id in wish)) return undefined;
    const values = { ...withoutOtherTint(this.#values, wish), ...wish, on };
    return encodeBemfa(this.kind, reportedState(this.kind, values));
  }

  #property({ isCommandable, ...property }: (typeof kindProperties)[BemfaKind][number]): BroughtProperty {
    const { id } = property;
    return {
      ...property,
      ...(id !== 'movement' && { reports: [{ topic: this.#local, read: `payload.${id}` }] }),
      ...(isCommandable && {
        command: { topic: `${this.#local}/set`, write: `{ '${id}': value }`, group: 'device' },
      }),
    };
  }
}
