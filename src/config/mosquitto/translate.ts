// mosquitto.conf as settings of this house, and every line that could not become one.
import { dirname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { nearest } from '../../base/index.ts';
import { type MosquittoOption, readMosquittoOptions } from './lines.ts';
import { reasonFor, untranslatedNames } from './untranslated.ts';

/** One option and what became of it. */
export interface TranslatedOption {
  readonly where: string;
  /** As it stands in the file, passwords left out. */
  readonly option: string;
  /** `mqtt.port: 1884`; absent when nothing was made of it. */
  readonly settings?: readonly string[];
  /** What to know about it. */
  readonly note?: string;
}

export interface Translation {
  /** The text of a homerule.yaml. */
  readonly yaml: string;
  readonly options: readonly TranslatedOption[];
}

interface Listener {
  readonly option: MosquittoOption;
  readonly port: number;
  address: string | undefined;
  protocol: string;
  isSecure: boolean;
}

type Values = Map<string, string | number | boolean>;
type Outcome = Pick<TranslatedOption, 'settings' | 'note'>;
type Translate = (option: MosquittoOption) => Outcome;

const everyAddress = '0.0.0.0';
const secrets = /password|_psk$|^psk/;
const secureOptions: ReadonlySet<string> = new Set(['certfile', 'psk_hint', 'psk_file']);

const known = ['port', 'bind_address', 'listener', 'protocol', 'allow_anonymous', 'password_file'].concat([
  'acl_file',
  'persistence',
  'max_packet_size',
  'per_listener_settings',
  'include_dir',
]);

function isPort(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 65_536;
}

class Translator {
  readonly #folder: string;
  readonly #values: Values = new Map();
  readonly #options: TranslatedOption[] = [];
  readonly #listeners: Listener[] = [];
  #bindAddress: string | undefined;
  readonly #ways: Readonly<Record<string, Translate>> = {
    port: (option) => this.#listener(option, ''),
    listener: (option) => this.#listener(option, option.value.split(/\s+/)[1]),
    bind_address: (option) => this.#bind(option),
    protocol: (option) => this.#protocol(option),
    allow_anonymous: (option) => this.#anonymous(option),
    password_file: (option) => this.#file('access.passwordFile', option),
    acl_file: (option) => this.#file('access.aclFile', option),
    persistence: ({ value }) => ({
      note: value === 'true' ? 'always so' : 'what must survive is always kept here',
    }),
    max_packet_size: (option) => this.#packetSize(option),
    per_listener_settings: ({ value }) => ({
      note: value === 'true' ? 'here every listener has the same users and rules' : 'always so',
    }),
  };

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(option: MosquittoOption): void {
    const { name, value, where } = option;
    const last = this.#listeners.at(-1);
    if (secureOptions.has(name) && last !== undefined) last.isSecure = true;
    const shown = secrets.test(name) && name !== 'password_file' ? `${name} …` : `${name} ${value}`.trim();
    this.#options.push({ where, option: shown, ...this.#outcome(option) });
  }

  finish(): Translation {
    this.#assign('mqtt', 'mqtt');
    this.#assign('websockets', 'ws');
    const isDefault = this.#listeners.every(({ option }) => option.name !== 'port');
    if (isDefault && this.#bindAddress !== undefined && !this.#values.has('mqtt.host')) {
      this.#values.set('mqtt.host', this.#bindAddress);
    }
    if (this.#listeners.length > 0 && !this.#values.has('access.allowAnonymous')) {
      this.#values.set('access.allowAnonymous', false);
    }
    return { yaml: yamlOf(this.#values), options: this.#options };
  }

  #outcome(option: MosquittoOption): Outcome {
    const way = Object.hasOwn(this.#ways, option.name) ? this.#ways[option.name] : undefined;
    if (way !== undefined) return way(option);
    const reason = reasonFor(option.name);
    if (reason !== undefined) return { note: `not translated: ${reason}` };
    const near = nearest(option.name, [...known, ...untranslatedNames]);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    return { note: `not translated: mosquitto has no such option${hint}` };
  }

  #set(key: string, value: string | number | boolean): string {
    this.#values.set(key, value);
    return `${key}: ${value}`;
  }

  /** `port` is the first listener's, whose address is bind_address, wherever that stands. */
  #listener(option: MosquittoOption, address: string | undefined): Outcome {
    const port = Number(option.value.split(/\s+/)[0]);
    if (!isPort(port)) return { note: 'not translated: expected a port from 1 to 65535' };
    const own = option.name === 'port' ? this.#bindAddress : address;
    this.#listeners.push({ option, port, address: own, protocol: 'mqtt', isSecure: false });
    return {};
  }

  #bind({ value }: MosquittoOption): Outcome {
    this.#bindAddress = value;
    const first = this.#listeners.find(({ option }) => option.name === 'port');
    if (first !== undefined) first.address = value;
    return { settings: [`the address of port`] };
  }

  #protocol({ value }: MosquittoOption): Outcome {
    const last = this.#listeners.at(-1);
    if (last === undefined || !['mqtt', 'websockets'].includes(value)) {
      return { note: 'not translated: expected mqtt or websockets after a listener' };
    }
    last.protocol = value;
    return { settings: [`the protocol of port ${last.port}`] };
  }

  #anonymous({ value }: MosquittoOption): Outcome {
    if (value !== 'true' && value !== 'false') return { note: 'not translated: expected true or false' };
    const settings = [this.#set('access.allowAnonymous', value === 'true')];
    return value === 'true'
      ? { settings, note: 'clients of other machines need a name and a password all the same' }
      : { settings };
  }

  #file(key: string, { value }: MosquittoOption): Outcome {
    return { settings: [this.#set(key, resolve(this.#folder, value))] };
  }

  #packetSize({ value }: MosquittoOption): Outcome {
    const bytes = Number(value);
    if (!Number.isInteger(bytes) || bytes < 1) return { note: 'not translated: expected a number of bytes' };
    return { settings: [this.#set('limits.maxPacketBytes', bytes)] };
  }

  /** There is one plain listener of each kind; the first one takes it. */
  #assign(protocol: string, group: string): void {
    const all = this.#listeners.filter((listener) => listener.protocol === protocol);
    const first = all.find(({ isSecure }) => !isSecure);
    for (const listener of all) this.#describe(listener, this.#place(listener, first, group));
  }

  #place(listener: Listener, first: Listener | undefined, group: string): Outcome {
    if (listener.isSecure) return { note: 'not translated: listeners with TLS are not translated yet' };
    if (listener !== first) {
      return { note: `not translated: there is one listener of this kind, on port ${first?.port}` };
    }
    const { port, address } = listener;
    const isEvery = address === undefined || address === '';
    const host = isEvery ? everyAddress : address;
    const settings = [this.#set(`${group}.port`, port), this.#set(`${group}.host`, host)];
    return isEvery ? { settings, note: 'without an address mosquitto listens on every one' } : { settings };
  }

  #describe({ option }: Listener, outcome: Outcome): void {
    const at = this.#options.findIndex(({ where }) => where === option.where);
    const before = this.#options[at];
    if (before !== undefined) this.#options[at] = { ...before, ...outcome };
  }
}

/** `{ 'mqtt.port': 1884 }` as `mqtt:` with `port: 1884` under it. */
function yamlOf(values: Values): string {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [path, value] of values) {
    const [group = '', key = ''] = path.split('.');
    groups[group] = { ...groups[group], [key]: value };
  }
  return values.size === 0 ? '' : stringify(groups);
}

/** Throws `config-missing` and `bad-config`. Paths in the file are taken from its folder. */
export function translateMosquitto(path: string): Translation {
  const translator = new Translator(dirname(resolve(path)));
  for (const option of readMosquittoOptions(path)) translator.add(option);
  return translator.finish();
}
