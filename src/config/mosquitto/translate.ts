// mosquitto.conf as settings of this house, and every line that could not become one.
import { dirname, resolve } from 'node:path';
import { stringify } from 'yaml';
import { nearest } from '../../base/index.ts';
import { BridgeOptions } from './bridge-options.ts';
import { expiryOf, type LimitOption, limitOptions } from './limit-options.ts';
import { type MosquittoOption, readMosquittoOptions } from './lines.ts';
import {
  expectedFlag,
  flagOf,
  notTranslated,
  type Outcome,
  type Translate,
  type TranslatedOption,
} from './outcome.ts';
import { reasonFor, untranslatedNames } from './untranslated.ts';

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
  /** Whether a client needs no name there; undefined where nothing is said of it. */
  allowsAnonymous: boolean | undefined;
}

interface Kind {
  readonly protocol: string;
  readonly isSecure: boolean;
  /** Of the settings. */
  readonly group: string;
}

type Values = Map<string, string | number | boolean>;

const everyAddress = '0.0.0.0';
const secrets = /password|_psk$|^psk/;
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);
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
  readonly #bridges = new BridgeOptions((option) => this.#path(option));
  #bindAddress: string | undefined;
  #isPerListener = false;
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
    check_retain_source: (option) => this.#flag('access.checkRetainSource', option),
    persistent_client_expiration: (option) => this.#expiry(option),
    per_listener_settings: (option) => this.#perListener(option),
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
    this.#settleAnonymous();
    for (const { option, outcome } of this.#bridges.outcomes()) this.#describe(option, outcome);
    return { yaml: yamlOf(this.#values, this.#bridges.documents()), options: this.#options };
  }

  #outcome(option: MosquittoOption): Outcome {
    const { name } = option;
    const limit = Object.hasOwn(limitOptions, name) ? limitOptions[name] : undefined;
    if (limit !== undefined) return this.#limit(limit, option);
    for (const ways of [this.#ways, this.#bridges.ways]) {
      const way = Object.hasOwn(ways, name) ? ways[name] : undefined;
      if (way !== undefined) return way(option);
    }
    const reason = reasonFor(name);
    if (reason !== undefined) return notTranslated(reason);
    const known = [this.#ways, this.#bridges.ways, limitOptions].flatMap((names) => Object.keys(names));
    const near = nearest(name, [...known, ...untranslatedNames]);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    return notTranslated(`mosquitto has no such option${hint}`);
  }

  #set(key: string, value: string | number | boolean): string {
    this.#values.set(key, value);
    return `${key}: ${value}`;
  }

  /** `port` is the first listener's, whose address is bind_address, wherever that stands. */
  #listener(option: MosquittoOption, address: string | undefined): Outcome {
    const [first, path] = option.value.split(/\s+/);
    if (first === '0' && path?.startsWith('/') === true) return this.#socket(option, path);
    const port = Number(option.value.split(/\s+/)[0]);
    if (!isPort(port)) return notTranslated('expected a port from 1 to 65535');
    const own = option.name === 'port' ? this.#bindAddress : address;
    this.#listeners.push({
      option,
      port,
      address: own,
      protocol: 'mqtt',
      isSecure: false,
      allowsAnonymous: undefined,
    });
    return {};
  }

  #socket(option: MosquittoOption, path: string): Outcome {
    this.#listeners.push({
      option,
      port: 0,
      address: 'localhost',
      protocol: 'unix',
      isSecure: false,
      allowsAnonymous: undefined,
    });
    return this.#shared('mqtt.socket', option, path);
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
      return notTranslated('expected mqtt or websockets after a listener');
    }
    last.protocol = value;
    return { settings: [`the protocol of port ${last.port}`] };
  }

  #anonymous(option: MosquittoOption): Outcome {
    const isAllowed = flagOf(option.value);
    if (isAllowed === undefined) return expectedFlag;
    const last = this.#listeners.at(-1);
    if (this.#isPerListener && last !== undefined) {
      last.allowsAnonymous = isAllowed;
      return { settings: [`access.allowAnonymous, as far as port ${last.port} has a say in it`] };
    }
    const outcome = this.#shared('access.allowAnonymous', option, isAllowed);
    return isAllowed
      ? { ...outcome, note: 'clients of other machines need a name and a password all the same' }
      : outcome;
  }

  /** Only this machine may come without a name here: so a listener of this machine alone may say yes for all. */
  #settleAnonymous(): void {
    const key = 'access.allowAnonymous';
    if (this.#listeners.length === 0 || this.#values.has(key)) return;
    const allowing = this.#listeners.filter(({ allowsAnonymous }) => allowsAnonymous === true);
    const isLocal = allowing.some(({ address = '' }) => loopback.has(address));
    this.#values.set(key, isLocal || allowing.length === this.#listeners.length);
  }

  #perListener({ value }: MosquittoOption): Outcome {
    this.#isPerListener = value === 'true';
    return {
      note: this.#isPerListener
        ? 'here every listener has the same users and rules; where theirs differ is said at the line'
        : 'always so',
    };
  }

  #file(key: string, option: MosquittoOption): Outcome {
    return this.#shared(key, option, this.#path(option));
  }

  #path({ value }: MosquittoOption): string {
    return resolve(this.#folder, value);
  }

  #flag(key: string, option: MosquittoOption): Outcome {
    const value = flagOf(option.value);
    return value === undefined ? expectedFlag : this.#shared(key, option, value);
  }

  /** What mosquitto may set for each listener is one setting here: the first one counts. */
  #shared(key: string, { name }: MosquittoOption, value: string | number | boolean): Outcome {
    const before = this.#values.get(key);
    if (before === undefined || before === value) return { settings: [this.#set(key, value)] };
    return notTranslated(`every listener here has the same ${name}, and the first one counts`);
  }

  #limit({ key, unbounded, least, most, note }: LimitOption, option: MosquittoOption): Outcome {
    const value = Number(option.value);
    if (value === unbounded) return { note: 'no bound there; here that of the house stays' };
    if (option.value === '' || !Number.isInteger(value) || value < least || value > most)
      return notTranslated(`expected a whole number from ${least} to ${most}`);
    const outcome = this.#shared(`limits.${key}`, option, value);
    return note === undefined || outcome.settings === undefined ? outcome : { ...outcome, note };
  }

  #expiry({ value }: MosquittoOption): Outcome {
    const duration = expiryOf(value);
    if (duration === undefined) return notTranslated('expected a number with h, d, w, m or y');
    return { settings: [this.#set('limits.sessionExpiry', duration)] };
  }

  /** There is one listener of each kind; the first one takes it. */
  #assign({ protocol, isSecure, group }: Kind): void {
    const all = this.#listeners.filter(
      (listener) => listener.protocol === protocol && listener.isSecure === isSecure,
    );
    for (const listener of all) this.#describe(listener.option, this.#place(listener, all[0], group));
  }

  #place(listener: Listener, first: Listener | undefined, group: string): Outcome {
    if (listener !== first) {
      return notTranslated(`there is one listener of this kind, on port ${first?.port}`);
    }
    const { port, address } = listener;
    const isEvery = address === undefined || address === '';
    const host = isEvery ? everyAddress : address;
    const settings = [this.#set(`${group}.port`, port), this.#set(`${group}.host`, host)];
    return isEvery ? { settings, note: 'without an address mosquitto listens on every one' } : { settings };
  }

  #describe(option: MosquittoOption, outcome: Outcome): void {
    const at = this.#options.findIndex(({ where }) => where === option.where);
    const before = this.#options[at];
    if (before !== undefined) this.#options[at] = { ...before, ...outcome };
  }
}

/** `{ 'mqtt.port': 1884 }` as `mqtt:` with `port: 1884` under it. */
function yamlOf(values: Values, bridges: readonly object[]): string {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [path, value] of values) {
    const [group = '', key = ''] = path.split('.');
    groups[group] = { ...groups[group], [key]: value };
  }
  const all = { ...groups, ...(bridges.length > 0 && { bridges }) };
  return Object.keys(all).length === 0 ? '' : stringify(all);
}

/** Throws `config-missing` and `bad-config`. Paths in the file are taken from its folder. */
export function translateMosquitto(path: string): Translation {
  const translator = new Translator(dirname(resolve(path)));
  for (const option of readMosquittoOptions(path)) translator.add(option);
  return translator.finish();
}
