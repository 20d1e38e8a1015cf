// Home Assistant's MQTT discovery: one message for each entity (`PREFIX/COMPONENT/[NODE/]OBJECT/config`) or one for a
// whole device (`PREFIX/device/[NODE/]OBJECT/config`). https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery
import type { DeviceDescription } from '../../model/description.ts';
import type { Discovered, DiscoveryFormat, DiscoveryProblem, TopicsView } from '../format.ts';
import { type Entry, expanded, isEntry } from './abbreviations.ts';
import { availabilityOf } from './availability.ts';
import { findComponent } from './components/table.ts';
import { Entity } from './entity.ts';
import { identityOf } from './identity.ts';
import { Templates } from './templates.ts';

/** In topics of what this house itself announces, which it must not read. */
export const ownNode = 'homerule';

interface Address {
  readonly component: string;
  readonly node: string | undefined;
  readonly object: string;
}

function addressOf(topic: string, prefix: string): Address | undefined {
  if (!topic.startsWith(`${prefix}/`) || !topic.endsWith('/config')) return undefined;
  const levels = topic.slice(prefix.length + 1, -'/config'.length).split('/');
  const [component = '', first = '', second] = levels;
  if (levels.length < 2 || levels.length > 3 || levels.includes('') || first === ownNode) return undefined;
  return second === undefined
    ? { component, node: undefined, object: first }
    : { component, node: first, object: second };
}

const nothing: Discovered = { devices: [], problems: [] };

/** `prefix` is `homeassistant` as a rule. */
export function homeAssistant(prefix = 'homeassistant'): DiscoveryFormat {
  const templates = new Templates();
  return {
    name: 'home-assistant',
    filters: [`${prefix}/+/+/config`, `${prefix}/+/+/+/config`],
    rank: 30,
    sourceOf: (topic) => (addressOf(topic, prefix) === undefined ? undefined : topic),
    describe: (source, topics) => {
      const address = addressOf(source, prefix);
      return address === undefined ? nothing : describe(source, address, { topics, templates });
    },
  };
}

function describe(
  topic: string,
  address: Address,
  { topics, templates }: { readonly topics: TopicsView; readonly templates: Templates },
): Discovered {
  const payload = topics.payload(topic);
  if (payload === undefined || payload.bytes.length === 0) return nothing;
  const { value } = payload;
  if (!isEntry(value)) {
    const problem = { topic, path: '', code: 'no-object', message: 'a discovery message is a JSON object' };
    return { devices: [], problems: [problem] };
  }
  const options = expanded(value);
  // the entity goes on under its device's message
  if (options['migrate_discovery'] === true) return nothing;
  return new Message(topic, address, { options, templates }).read();
}

/** Options that a device's message gives to all its components. */
const shared: ReadonlySet<string> = new Set([
  ...['availability', 'availability_mode', 'availability_template', 'availability_topic'],
  ...[
    'payload_available',
    'payload_not_available',
    'command_topic',
    'state_topic',
    'qos',
    'encoding',
    'device',
  ],
]);

class Message {
  readonly #topic: string;
  readonly #address: Address;
  readonly #options: Entry;
  readonly #templates: Templates;
  readonly #problems: DiscoveryProblem[] = [];

  constructor(
    topic: string,
    address: Address,
    { options, templates }: { readonly options: Entry; readonly templates: Templates },
  ) {
    this.#templates = templates;
    this.#topic = topic;
    this.#address = address;
    this.#options = options;
  }

  read(): Discovered {
    const devices = this.#entities().flatMap((entity) => this.#device(entity));
    const properties = devices.flatMap((device) => device.properties);
    const [first] = devices;
    if (first === undefined) return { devices: [], problems: this.#distinct() };
    const availability = devices.find((device) => device.availability)?.availability;
    return {
      devices: [{ ...first, properties, ...(availability && { availability }) }],
      problems: this.#distinct(),
    };
  }

  /** A template that stands for several properties is told of once. */
  #distinct(): readonly DiscoveryProblem[] {
    const known = new Map(this.#problems.map((problem) => [`${problem.path} ${problem.message}`, problem]));
    return [...known.values()];
  }

  #entities(): Entity[] {
    const { component, node, object } = this.#address;
    if (component !== 'device') return [this.#entity(this.#options, { component, node, object, path: '' })];
    const components = this.#options['components'];
    if (!isEntry(components)) {
      this.#problem('components', 'missing-option', 'a device needs its components');
      return [];
    }
    const common = Object.fromEntries(Object.entries(this.#options).filter(([key]) => shared.has(key)));
    return Object.entries(components).flatMap(([key, options]): Entity[] => {
      const platform = isEntry(options) ? options['platform'] : undefined;
      if (!isEntry(options) || typeof platform !== 'string') {
        this.#problem(`components/${key}/platform`, 'missing-option', 'a component needs its platform');
        return [];
      }
      // nothing but its platform takes it away
      if (Object.keys(options).length === 1) return [];
      const whole = { ...common, ...options };
      return [this.#entity(whole, { component: platform, node, object: key, path: `components/${key}/` })];
    });
  }

  #entity(options: Entry, place: Address & { readonly path: string }): Entity {
    return new Entity(
      options,
      { ...place, topic: this.#topic },
      { templates: this.#templates, problems: this.#problems },
    );
  }

  #device(entity: Entity): DeviceDescription[] {
    const { component, options } = entity;
    const write = findComponent(component);
    if (write === undefined) {
      entity.problem('', 'not-supported', `the component "${component}" is not supported`);
      return [];
    }
    const { encoding } = options;
    if (encoding !== undefined && encoding !== 'utf-8' && encoding !== 'utf8') {
      entity.problem('encoding', 'not-supported', `the encoding "${String(encoding)}" is not supported`);
      return [];
    }
    const properties = write(entity);
    if (properties.length === 0) return [];
    const availability = availabilityOf(entity);
    const identity = identityOf(options, this.#address.object);
    return [{ ...identity, properties, ...(availability && { availability }) }];
  }

  #problem(path: string, code: string, message: string): void {
    this.#problems.push({ topic: this.#topic, path, code, message });
  }
}
