// The Bemfa cloud on this machine: accounts, topics and the doors that lead to them. Owns every port and timer of it.
import { type Clock, type Logger, messageOf } from '../../../src/base/index.ts';
import type { Credentials, PublishNotice } from './account.ts';
import { selfSigned } from './certificate.ts';
import { Cloud } from './cloud.ts';
import { type Conduct, usualConduct } from './conduct.ts';
import { HttpDoor } from './http/http-door.ts';
import { MqttSessions, type SessionNotice } from './mqtt/sessions.ts';
import { WebSocketDoor } from './mqtt/web-socket-door.ts';
import { StateFile } from './state-file.ts';
import { StreamDoor, type TlsFiles } from './stream-door.ts';
import { TcpSession } from './tcp/session.ts';
import { type Spoken, speak, type VoiceCommand } from './voice.ts';

export const doorNames = ['mqtt', 'mqtts', 'ws', 'wss', 'tcp', 'http', 'https'] as const;
export type DoorName = (typeof doorNames)[number];

export interface NewTopic {
  readonly name: string;
  readonly nickname: string;
}

export interface EmulatorOptions {
  readonly host: string;
  /** Doors without a port stay shut; 0: any free port. */
  readonly ports: Readonly<Partial<Record<DoorName, number>>>;
  readonly accounts: readonly Credentials[];
  /** Made in each account, as MQTT and as TCP topics. */
  readonly topics: readonly NewTopic[];
  readonly conduct?: Readonly<Partial<Conduct>>;
  /** Made when it is missing and needed. */
  readonly tls?: TlsFiles;
  readonly stateFile?: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onPublish?: (notice: PublishNotice) => void;
  readonly onSession?: (notice: SessionNotice) => void;
}

interface Door {
  open(): Promise<number>;
  close(): Promise<void>;
}

export class BemfaEmulator {
  readonly cloud: Cloud;
  readonly #options: EmulatorOptions;
  readonly #stateFile: StateFile | undefined;
  readonly #open: Door[] = [];

  constructor(options: EmulatorOptions) {
    this.#options = options;
    const { clock, log, stateFile: path } = options;
    const conduct = { ...usualConduct, ...options.conduct };
    const ignore = (): void => undefined;
    this.cloud = new Cloud({ clock, conduct, onPublish: options.onPublish ?? ignore });
    const { cloud } = this;
    this.#stateFile = path === undefined ? undefined : new StateFile({ path, cloud, clock, log });
  }

  /** Resolves with the ports. Throws when one cannot be had; the others are given back then. */
  async start(): Promise<Readonly<Partial<Record<DoorName, number>>>> {
    this.#stateFile?.load();
    this.#furnish();
    const ports: Partial<Record<DoorName, number>> = {};
    try {
      for (const [name, door] of this.#doors()) {
        ports[name] = await door.open();
        this.#open.push(door);
      }
    } catch (error) {
      await this.#shut();
      throw error;
    }
    return ports;
  }

  async stop(): Promise<void> {
    await this.#shut();
    this.#stateFile?.close();
  }

  speak(command: VoiceCommand): readonly Spoken[] {
    return speak(this.cloud, command);
  }

  #furnish(): void {
    const { accounts, topics } = this.#options;
    for (const credentials of accounts) {
      const account = this.cloud.find(credentials.uid) ?? this.cloud.addAccount(credentials);
      for (const { name, nickname } of topics) {
        for (const type of [1, 3] as const) {
          if (account.find(type, name) === undefined) account.create(type, name, nickname);
        }
      }
    }
  }

  #doors(): [DoorName, Door][] {
    const { host, ports, clock, log, onSession = () => undefined } = this.#options;
    const { cloud } = this;
    const { connections, payloadBytes } = cloud.conduct;
    const sessions = new MqttSessions(cloud, onSession);
    const needsTls = [ports.mqtts, ports.wss, ports.https].some((port) => port !== undefined);
    const tls = this.#options.tls ?? (needsTls ? selfSigned(clock) : { cert: '', key: '' });
    const onMqtt = { connections, onStream: sessions.accept.bind(sessions) };
    const at = (name: string, port: number) => ({ name, host, port, connections, cloud, log });
    const makers: Record<DoorName, (port: number) => Door> = {
      mqtt: (port) => new StreamDoor({ ...at('MQTT', port), ...onMqtt }),
      mqtts: (port) => new StreamDoor({ ...at('MQTT over TLS', port), ...onMqtt, tls }),
      ws: (port) => new WebSocketDoor({ ...at('MQTT over WebSocket', port), ...onMqtt, payloadBytes }),
      wss: (port) =>
        new WebSocketDoor({ ...at('MQTT over WebSocket and TLS', port), ...onMqtt, tls, payloadBytes }),
      tcp: (port) =>
        new StreamDoor({ ...at('TCP', port), onStream: (stream) => new TcpSession(stream, cloud) }),
      http: (port) => new HttpDoor(at('HTTP', port)),
      https: (port) => new HttpDoor({ ...at('HTTPS', port), tls }),
    };
    return doorNames.flatMap((name): [DoorName, Door][] => {
      const port = ports[name];
      return port === undefined ? [] : [[name, makers[name](port)]];
    });
  }

  async #shut(): Promise<void> {
    for (const door of this.#open.splice(0)) {
      await door.close().catch((error: unknown) => {
        this.#options.log.error({ error: messageOf(error) }, 'a door of the emulator did not close');
      });
    }
  }
}
