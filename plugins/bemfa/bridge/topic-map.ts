// One topic of the cloud and topics of the house: what the cloud says is published on the one, what is said on the other is
// told to the cloud. Texts as they are, or JSON of well-known properties.
import {
  type BemfaKind,
  bemfaKindOf,
  decodeBemfa,
  encodeBemfa,
  topicFault,
} from '../../../src/base/index.ts';
import type { PluginMessage, PluginUndo } from '../../../src/plugins/index.ts';
import type { Mapped, StateEnding } from './config.ts';
import { kindProperties } from './kind-properties.ts';
import { valuesOf } from './local-values.ts';
import type { BridgeHouse, Mapping } from './mapping.ts';
import { reportedState, type Values, wantedValues } from './translation.ts';

/** Messages of this plugin itself: what the cloud said just now. */
const own = 'plugin/bemfa';
/** What the cloud is known to take. */
const longestText = 1024;
/** Why the entry cannot be; undefined when it can. */
function faultOf({ topic, command, report, payload }: Mapped): string | undefined {
  if (command === undefined && report === undefined) return 'it needs a "command" or a "report" topic';
  if (payload === 'json' && bemfaKindOf(topic) === undefined) return 'its end is no kind of device';
  const [fault] = [command, report].flatMap((local) => (local && topicFault(local)) ?? []);
  return fault;
}

type TopicHouse = Pick<BridgeHouse, 'mqtt' | 'log'>;

export class TopicMap implements Mapping {
  readonly topic: string;
  readonly name: string;
  readonly ending: StateEnding;
  readonly #mapped: Mapped;
  readonly #house: TopicHouse;
  #values: Values = {};
  #text: string | undefined;

  private constructor(mapped: Mapped, house: TopicHouse, state: StateEnding) {
    this.topic = mapped.topic;
    this.name = mapped.name ?? mapped.topic;
    this.ending = mapped.state ?? state;
    this.#mapped = mapped;
    this.#house = house;
  }

  static of(mapped: Mapped, house: TopicHouse, state: StateEnding): TopicMap | string {
    return faultOf(mapped) ?? new TopicMap(mapped, house, state);
  }

  get subject(): Readonly<Record<string, string>> {
    return { name: this.name };
  }

  text(): string | undefined {
    return this.#text;
  }

  /** `told` is called when the cloud should know more. */
  async listen(told: () => void): Promise<PluginUndo | undefined> {
    const { report } = this.#mapped;
    if (report === undefined) return undefined;
    return this.#house.mqtt.subscribe(report, (message) => {
      if (this.#take(message)) told();
    });
  }

  /** QoS 1 and never retained: a command belongs to its moment. */
  async command(text: string): Promise<void> {
    const { command, payload, topic: cloud } = this.#mapped;
    if (command === undefined) throw new Error('there is no topic for commands');
    const kind = bemfaKindOf(cloud);
    const said = payload === 'text' || kind === undefined ? text : jsonOf(kind, text);
    if (said === undefined) throw new Error('it means nothing to it');
    await this.#house.mqtt.publish({ topic: command, payload: said });
  }

  /** Whether the cloud should know it. */
  #take({ by, topic, text }: PluginMessage): boolean {
    if (by === own) return false;
    if (text.length > longestText) {
      this.#house.log.warn(`${topic}: a text of ${text.length} characters is too long for the cloud`);
      return false;
    }
    const kind = bemfaKindOf(this.topic);
    if (this.#mapped.payload === 'text' || kind === undefined) this.#text = text;
    else {
      this.#values = { ...this.#values, ...valuesOf(text) };
      this.#text = encodeBemfa(kind, reportedState(kind, this.#values));
    }
    return this.#text !== undefined;
  }
}

function jsonOf(kind: BemfaKind, text: string): Values | undefined {
  const state = decodeBemfa(kind, text);
  return state && wantedValues(kind, state, kindProperties[kind]);
}
