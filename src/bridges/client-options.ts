// The settings of a bridge as the MQTT client wants them. Reads the TLS files, so that renewed ones count.
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { IClientOptions } from 'mqtt';
import { parseDuration } from '../base/index.ts';
import { parseAddress } from './address.ts';
import type { BridgeSettings } from './settings.ts';

export interface ClientOptionsInput {
  readonly settings: BridgeSettings;
  readonly address: string;
  readonly clientId: string;
  readonly version: 4 | 5;
  /** Where the remote is told whether we are there; undefined: it is not told. */
  readonly stateTopic: string | undefined;
}

const connectMs = 15_000;
/** The session at the remote has no end but ours. */
const forever = 0xffff_ffff;

/** The client hands them on to `tls.connect`. */
type TlsOptions = IClientOptions &
  Pick<ConnectionOptions, 'minVersion' | 'checkServerIdentity' | 'ALPNProtocols'>;

function tlsOptions(tls: NonNullable<BridgeSettings['tls']>): TlsOptions {
  return {
    protocol: 'mqtts',
    rejectUnauthorized: true,
    minVersion: tls.minVersion,
    ...(tls.ca !== undefined && { ca: readFileSync(tls.ca) }),
    ...(tls.cert !== undefined && { cert: readFileSync(tls.cert) }),
    ...(tls.key !== undefined && { key: readFileSync(tls.key) }),
    ...(tls.alpn !== undefined && { ALPNProtocols: [tls.alpn] }),
    ...(tls.insecure && { checkServerIdentity: () => undefined }),
  };
}

/**
 * No Receive Maximum: we read no faster than we keep, and mosquitto 2.0 sends one message more than it may, for which
 * the client would end the connection.
 */
function versionOptions({ cleanSession }: BridgeSettings, version: 4 | 5): IClientOptions {
  if (version === 4) return { protocolVersion: 4 };
  return { protocolVersion: 5, properties: cleanSession ? {} : { sessionExpiryInterval: forever } };
}

/** Throws when a TLS file cannot be read. */
export function clientOptions(input: ClientOptionsInput): IClientOptions {
  const { settings, address, clientId, version, stateTopic } = input;
  const { host, port } = parseAddress(address) ?? { host: address, port: undefined };
  const { tls, username, password, cleanSession, keepalive } = settings;
  return {
    ...(tls === undefined ? { protocol: 'mqtt' as const } : tlsOptions(tls)),
    ...versionOptions(settings, version),
    host,
    port: port ?? (tls === undefined ? 1883 : 8883),
    clientId,
    clean: cleanSession,
    keepalive: Math.round(parseDuration(keepalive) / 1000),
    connectTimeout: connectMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    manualConnect: true,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(stateTopic !== undefined && {
      will: { topic: stateTopic, payload: Buffer.from('0'), qos: 1 as const, retain: true },
    }),
  };
}
