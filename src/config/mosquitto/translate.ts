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

interface Kind {
  readonly protocol: string;
  readonly isSecure: boolean;
  /** Of the settings. */
  readonly group: string;
}

type Values = Map<string, string | number | boolean>;
type Outcome = Pick<TranslatedOption, 'settings' | 'note'>;
type Translate = (option: MosquittoOption) => Outcome;

const everyAddress = '0.0.0.0';
const secrets = /password|_psk$|^psk/;
/** With one of these a listener speaks TLS. */
const secureOptions: ReadonlySet<string> = new Set(['certfile', 'psk_hint']);

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
    cafile: (option) => this.#shared('tls.ca', option, this.#path(option)),
    certfile: (option) => this.#shared('tls.cert', option, this.#path(option)),
    keyfile: (option) => this.#shared('tls.key', option, this.#path(option)),
    require_certificate: (option) => this.#flag('tls.requireCertificate', option),
    use_identity_as_username: (option) => this.#flag('tls.useIdentityAsUsername', option),
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
    this.#assign({ protocol: 'mqtt', isSecure: false, group: 'mqtt' });
    this.#assign({ protocol: 'mqtt', isSecure: true, group: 'mqtts' });
    this.#assign({ protocol: 'websockets', isSecure: false, group: 'ws' });
    this.#assign({ protocol: 'websockets', isSecure: true, group: 'wss' });
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
    const near = nearest(option.name, [...Object.keys(this.#ways), ...untranslatedNames]);
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

  #anonymous(option: MosquittoOption): Outcome {
    const outcome = this.#flag('access.allowAnonymous', option);
    return option.value === 'true'
      ? { ...outcome, note: 'clients of other machines need a name and a password all the same' }
      : outcome;
  }

  #file(key: string, option: MosquittoOption): Outcome {
    return this.#shared(key, option, this.#path(option));
  }

  #path({ value }: MosquittoOption): string {
    return resolve(this.#folder, value);
  }

  #flag(key: string, option: MosquittoOption): Outcome {
    const { value } = option;
    if (value !== 'true' && value !== 'false') return { note: 'not translated: expected true or false' };
    return this.#shared(key, option, value === 'true');
  }

  /** What mosquitto may set for each listener is one setting here: the first one counts. */
  #shared(key: string, { name }: MosquittoOption, value: string | boolean): Outcome {
    const before = this.#values.get(key);
    if (before === undefined || before === value) return { settings: [this.#set(key, value)] };
    return { note: `not translated: every listener here has the same ${name}, and the first one counts` };
  }

  #packetSize({ value }: MosquittoOption): Outcome {
    const bytes = Number(value);
    if (!Number.isInteger(bytes) || bytes < 1) return { note: 'not translated: expected a number of bytes' };
    return { settings: [this.#set('limits.maxPacketBytes', bytes)] };
  }

  /** There is one listener of each kind; the first one takes it. */
  #assign({ protocol, isSecure, group }: Kind): void {
    const all = this.#listeners.filter(
      (listener) => listener.protocol === protocol && listener.isSecure === isSecure,
    );
    for (const listener of all) this.#describe(listener, this.#place(listener, all[0], group));
  }

  #place(listener: Listener, first: Listener | undefined, group: string): Outcome {
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
