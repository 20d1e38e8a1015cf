// `connection` and what follows it in mosquitto.conf, as bridges of ours.
import type { MosquittoOption } from './lines.ts';
import { expectedFlag, flagOf, notTranslated, type Outcome, type Translate } from './outcome.ts';

type Value = string | number | boolean | readonly string[];

interface Draft {
  readonly option: MosquittoOption;
  readonly name: string;
  readonly addresses: string[];
  readonly topics: string[];
  readonly plain: Map<string, Value>;
  readonly tls: Map<string, Value>;
  /** Only with one of these mosquitto speaks TLS. */
  isSecure: boolean;
}

export interface BridgeOutcome {
  readonly option: MosquittoOption;
  readonly outcome: Outcome;
}

const protocols: readonly string[] = ['mqttv50', 'mqttv311'];
const startTypes: readonly string[] = ['automatic', 'lazy', 'once'];
const tlsVersions: Readonly<Record<string, string>> = { 'tlsv1.2': 'TLSv1.2', 'tlsv1.3': 'TLSv1.3' };
const secretKeys: ReadonlySet<string> = new Set(['password']);

function seconds(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

/** `10 30` as base and cap; one number is a wait that stays the same. */
function restartTimeout(value: string): object | undefined {
  const [base, cap = base, ...rest] = value.split(/\s+/).map(seconds);
  if (base === undefined || cap === undefined || rest.length > 0 || cap < base) return undefined;
  return { base: `${base}s`, cap: `${cap}s` };
}

export class BridgeOptions {
  readonly #pathOf: (option: MosquittoOption) => string;
  readonly #drafts: Draft[] = [];
  readonly #restart = new Map<Draft, object>();
  /** By name of the option; each acts on the latest connection. */
  readonly ways: Readonly<Record<string, Translate>> = {
    connection: (option) => this.#begin(option),
    address: (option) => this.#addresses(option),
    addresses: (option) => this.#addresses(option),
    topic: (option) => this.#topic(option),
    username: (option) => this.#plain('username', option.value),
    remote_username: (option) => this.#plain('username', option.value),
    password: (option) => this.#plain('password', option.value),
    remote_password: (option) => this.#plain('password', option.value),
    clientid: (option) => this.#plain('clientId', option.value),
    remote_clientid: (option) => this.#plain('clientId', option.value),
    local_username: (option) => this.#plain('localUser', option.value),
    cleansession: (option) => this.#flag('cleanSession', option),
    round_robin: (option) => this.#flag('roundRobin', option),
    notifications: (option) => this.#flag('notifications', option),
    notifications_local_only: (option) => this.#flag('notificationsLocalOnly', option),
    notification_topic: (option) => this.#plain('notificationTopic', option.value),
    bridge_outgoing_retain: (option) => this.#flag('outgoingRetain', option),
    restart_timeout: (option) => this.#restartTimeout(option),
    keepalive_interval: (option) => this.#seconds('keepalive', option),
    idle_timeout: (option) => this.#seconds('idleTimeout', option),
    threshold: (option) => this.#count('threshold', option),
    start_type: (option) => this.#choice('startType', option, startTypes),
    bridge_protocol_version: (option) => this.#choice('protocol', option, protocols),
    bridge_cafile: (option) => this.#secure('ca', option),
    bridge_capath: (option) => this.#trust(option),
    bridge_tls_use_os_certs: (option) => this.#trust(option),
    bridge_certfile: (option) => this.#tls('cert', this.#pathOf(option)),
    bridge_keyfile: (option) => this.#tls('key', this.#pathOf(option)),
    bridge_alpn: (option) => this.#tls('alpn', option.value),
    bridge_insecure: (option) => this.#insecure(option),
    bridge_tls_version: (option) => this.#tlsVersion(option),
    try_private: () => ({ note: 'not needed: what a bridge brings does not go back through it' }),
    local_password: () => ({ note: 'not needed: a bridge is a part of the house' }),
  };

  constructor(pathOf: (option: MosquittoOption) => string) {
    this.#pathOf = pathOf;
  }

  /** What there is to say of each connection, once all is read. */
  outcomes(): BridgeOutcome[] {
    return this.#drafts.map((draft) => ({ option: draft.option, outcome: this.#outcomeOf(draft) }));
  }

  /** As they are written into homerule.yaml; what could not connect anything is left out. */
  documents(): object[] {
    return this.#drafts.filter(isWhole).map((draft) => this.#documentOf(draft));
  }

  #outcomeOf(draft: Draft): Outcome {
    if (draft.addresses.length === 0) return notTranslated('the connection has no address');
    if (draft.topics.length === 0) return notTranslated('the connection has no topic');
    const settings = [`bridges: ${draft.name}`];
    if (draft.isSecure || draft.tls.size === 0) return { settings };
    return { settings, note: 'without bridge_cafile or bridge_capath mosquitto does not use TLS' };
  }

  #documentOf(draft: Draft): object {
    const { name, addresses, topics, plain, tls, isSecure } = draft;
    const restart = this.#restart.get(draft);
    return {
      name,
      addresses,
      topics,
      ...Object.fromEntries(plain),
      ...(restart !== undefined && { restartTimeout: restart }),
      ...(isSecure && { tls: Object.fromEntries(tls) }),
    };
  }

  #begin(option: MosquittoOption): Outcome {
    const name = option.value.replaceAll(/[\s/+#$]/g, '-');
    if (name === '') return notTranslated('expected the name of the connection');
    if (this.#drafts.some((draft) => draft.name === name))
      return notTranslated(`there is a connection ${name} already`);
    this.#drafts.push({
      option,
      name,
      addresses: [],
      topics: [],
      plain: new Map(),
      tls: new Map(),
      isSecure: false,
    });
    return {};
  }

  /** Runs on the connection that is open, and says which one. */
  #on(key: string, change: (draft: Draft) => string): Outcome {
    const draft = this.#drafts.at(-1);
    if (draft === undefined) return notTranslated('no connection comes before it');
    return { settings: [`bridges.${draft.name}.${key}: ${change(draft)}`] };
  }

  #addresses({ value }: MosquittoOption): Outcome {
    const all = value.split(/\s+/).filter((address) => address !== '');
    return this.#on('addresses', ({ addresses }) => {
      addresses.push(...all);
      return all.join(' ');
    });
  }

  #topic({ value }: MosquittoOption): Outcome {
    return this.#on('topics', ({ topics }) => {
      topics.push(value);
      return value;
    });
  }

  #plain(key: string, value: Value): Outcome {
    return this.#on(key, ({ plain }) => {
      plain.set(key, value);
      return secretKeys.has(key) ? '…' : String(value);
    });
  }

  #flag(key: string, option: MosquittoOption): Outcome {
    const value = flagOf(option.value);
    return value === undefined ? expectedFlag : this.#plain(key, value);
  }

  #seconds(key: string, option: MosquittoOption): Outcome {
    const value = seconds(option.value);
    return value === undefined
      ? notTranslated('expected a number of seconds')
      : this.#plain(key, `${value}s`);
  }

  #count(key: string, option: MosquittoOption): Outcome {
    const value = seconds(option.value);
    return value === undefined ? notTranslated('expected a number from 1') : this.#plain(key, value);
  }

  #choice(key: string, option: MosquittoOption, choices: readonly string[]): Outcome {
    const { value } = option;
    return choices.includes(value)
      ? this.#plain(key, value)
      : notTranslated(`there is only ${choices.join(', ')} here`);
  }

  #restartTimeout({ value }: MosquittoOption): Outcome {
    const timeout = restartTimeout(value);
    if (timeout === undefined) return notTranslated('expected seconds, or base and cap in seconds');
    return this.#on('restartTimeout', (draft) => {
      this.#restart.set(draft, timeout);
      return value;
    });
  }

  #tls(key: string, value: Value): Outcome {
    return this.#on(`tls.${key}`, ({ tls }) => {
      tls.set(key, value);
      return String(value);
    });
  }

  #secure(key: string, option: MosquittoOption): Outcome {
    const draft = this.#drafts.at(-1);
    if (draft !== undefined) draft.isSecure = true;
    return this.#tls(key, this.#pathOf(option));
  }

  /** The remote's certificate is judged by the CAs that Node knows. */
  #trust({ name, value }: MosquittoOption): Outcome {
    if (name === 'bridge_tls_use_os_certs' && value !== 'true') return { note: 'so without it' };
    const outcome = this.#on('tls', (draft) => {
      draft.isSecure = true;
      return '{}';
    });
    return name === 'bridge_capath' && outcome.settings !== undefined
      ? { ...outcome, note: 'the CAs of the folder are not read; name them in one file as tls.ca' }
      : outcome;
  }

  #insecure(option: MosquittoOption): Outcome {
    const value = flagOf(option.value);
    return value === undefined ? expectedFlag : this.#tls('insecure', value);
  }

  #tlsVersion(option: MosquittoOption): Outcome {
    const version = tlsVersions[option.value];
    return version === undefined
      ? notTranslated('bridges speak TLS 1.2 or later')
      : this.#tls('minVersion', version);
  }
}

function isWhole({ addresses, topics }: Draft): boolean {
  return addresses.length > 0 && topics.length > 0;
}
