// A connection to a broker, ours or another's, for one command.
import type { IClientOptions, MqttClient } from 'mqtt';
import type { HomeruleError } from '../../base/index.ts';
import { type Context, remark } from '../context.ts';
import { fail } from '../errors.ts';
import type { MqttFlags } from './flags.ts';

const connectWithinMs = 15_000;

/** Several addresses of one name fail as one error without words of its own. */
function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}

function unreachable({ host, port }: IClientOptions, error: Error): HomeruleError {
  return fail('cannot-connect', `${host}:${port} cannot be reached: ${reasonOf(error)}`, { cause: error });
}

/** Names of packets only, as they pass. */
function sayPackets(client: MqttClient, context: Context): void {
  const topicOf = (packet: object): string =>
    'topic' in packet && typeof packet.topic === 'string' ? ` ${packet.topic}` : '';
  client.on('packetsend', (packet) =>
    remark(context, `sending ${packet.cmd?.toUpperCase()}${topicOf(packet)}`),
  );
  client.on('packetreceive', (packet) =>
    remark(context, `received ${packet.cmd?.toUpperCase()}${topicOf(packet)}`),
  );
}

/**
 * Resolves once the broker accepted us; `prepare` runs before anything can arrive. A lost connection is not taken up
 * again unless `client.options.reconnectPeriod` is set later. Throws `cannot-connect`.
 */
export async function connectMqtt(
  { options, isDebug }: MqttFlags,
  context: Context,
  prepare: (client: MqttClient) => void = () => undefined,
): Promise<MqttClient> {
  const { connect } = await import('mqtt');
  const client = connect({
    ...options,
    reconnectPeriod: 0,
    connectTimeout: connectWithinMs,
    manualConnect: true,
  });
  if (isDebug) sayPackets(client, context);
  prepare(client);
  const { promise, resolve, reject } = Promise.withResolvers<MqttClient>();
  client.once('connect', () => resolve(client));
  client.on('error', (error) => reject(unreachable(options, error)));
  client.once('close', () => reject(unreachable(options, new Error('the broker closed the connection'))));
  client.connect();
  return promise;
}
