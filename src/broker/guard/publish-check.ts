// PUBLISH: everything but the payload, which is nobody's business here.
import { reasons } from './fault.ts';
import type { PropertyCheck } from './properties.ts';
import { topicAliasId } from './property-table.ts';
import type { PacketReader } from './reader.ts';
import { checkTopic } from './topic-field.ts';

const dup = 0x08;

export function checkPacketId(reader: PacketReader): void {
  if (reader.uint16('the packet identifier') === 0)
    reader.fail(reasons.protocolError, 'the packet identifier is 0');
}

export class PublishCheck {
  readonly #reader: PacketReader;
  readonly #properties: PropertyCheck;
  readonly #highestQos: number;
  #hasAlias = false;
  readonly #onProperty = (id: number): void => {
    if (id === topicAliasId) this.#hasAlias = true;
  };

  constructor(reader: PacketReader, properties: PropertyCheck, highestQos: number) {
    this.#reader = reader;
    this.#highestQos = highestQos;
    this.#properties = properties;
  }

  /** hot: once per PUBLISH received; guarded by the broker benchmark. */
  run(flags: number, version: number): void {
    const reader = this.#reader;
    const qos = (flags >> 1) & 3;
    if (qos === 0 && (flags & dup) !== 0) return reader.fail(reasons.malformed, 'DUP with QoS 0');
    if (qos > this.#highestQos) return reader.fail(reasons.qosNotSupported, `QoS ${qos} is not taken here`);
    const size = checkTopic(reader, 'the topic');
    if (qos > 0) checkPacketId(reader);
    this.#hasAlias = false;
    if (version === 5) this.#properties.run('publish', this.#onProperty);
    // An alias that was never given, or that is too high, is answered by aedes.
    if (size === 0 && !this.#hasAlias) reader.fail(reasons.protocolError, 'the topic is empty');
  }
}
