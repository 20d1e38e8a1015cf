// Judges the body of one whole packet by its type.

import { checkConnect } from './connect-check.ts';
import { reasons, type WireFault } from './fault.ts';
import { packetType } from './packet-header.ts';
import { PropertyCheck } from './properties.ts';
import { PublishCheck } from './publish-check.ts';
import { PacketReader } from './reader.ts';
import type { SessionFacts } from './session-facts.ts';
import { checkAck, checkDisconnect } from './small-checks.ts';
import { checkSubscribe, checkUnsubscribe } from './subscribe-check.ts';

/** Where a packet stands in its buffer. */
export interface PacketPlace {
  readonly bytes: Buffer;
  readonly first: number;
  readonly bodyAt: number;
  readonly end: number;
}

/** One serves all connections: it keeps nothing between packets. */
export class PacketCheck {
  readonly #reader = new PacketReader();
  readonly #properties = new PropertyCheck(this.#reader);
  readonly #publish: PublishCheck;
  readonly #highestQos: number;

  constructor(highestQos = 2) {
    this.#highestQos = highestQos;
    this.#publish = new PublishCheck(this.#reader, this.#properties, highestQos);
  }

  /** hot: once per packet received; guarded by the broker benchmark. */
  fault(place: PacketPlace, facts: SessionFacts): WireFault | undefined {
    const reader = this.#reader;
    reader.open(place.bytes, place.bodyAt, place.end);
    const type = place.first >> 4;
    if (type === packetType.publish) this.#publish.run(place.first & 0x0f, facts.version);
    else this.#checkOther(type, facts);
    reader.close();
    return reader.fault;
  }

  #checkOther(type: number, facts: SessionFacts): void {
    const reader = this.#reader;
    const properties = this.#properties;
    switch (type) {
      case packetType.connect:
        checkConnect(reader, properties, facts);
        if (facts.willQos > this.#highestQos)
          reader.fail(reasons.qosNotSupported, `a will of QoS ${facts.willQos} is not taken here`);
        return;
      case packetType.puback:
        return checkAck(reader, properties, 'puback', facts.version);
      case packetType.pubrec:
        return checkAck(reader, properties, 'pubrec', facts.version);
      case packetType.pubrel:
        return checkAck(reader, properties, 'pubrel', facts.version);
      case packetType.pubcomp:
        return checkAck(reader, properties, 'pubcomp', facts.version);
      case packetType.subscribe:
        return checkSubscribe(reader, properties, facts);
      case packetType.unsubscribe:
        return checkUnsubscribe(reader, properties, facts);
      case packetType.disconnect:
        return checkDisconnect(reader, properties, facts);
      default:
        return reader.expectEnd();
    }
  }
}
