// The four acknowledgements, PINGREQ and DISCONNECT.
import { reasons } from './fault.ts';
import type { PropertyCheck } from './properties.ts';
import { sessionExpiryId } from './property-table.ts';
import { checkPacketId } from './publish-check.ts';
import type { PacketReader } from './reader.ts';
import type { SessionFacts } from './session-facts.ts';

export type AckName = 'puback' | 'pubrec' | 'pubrel' | 'pubcomp';

/** Answers to a PUBLISH [MQTT 3.4.2.1, 3.5.2.1]. */
const receiptCodes: ReadonlySet<number> = new Set([0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]);
/** Second half of QoS 2 [MQTT 3.6.2.1, 3.7.2.1]. */
const releaseCodes: ReadonlySet<number> = new Set([0x00, 0x92]);
const ackCodes: Readonly<Record<AckName, ReadonlySet<number>>> = {
  puback: receiptCodes,
  pubrec: receiptCodes,
  pubrel: releaseCodes,
  pubcomp: releaseCodes,
};
/** What a client may end with [MQTT 3.14.2.1]. */
const disconnectCodes: ReadonlySet<number> = new Set([
  0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
]);

function checkReasonCode(reader: PacketReader, codes: ReadonlySet<number>): void {
  const code = reader.byte('the reason code');
  if (!codes.has(code)) reader.fail(reasons.protocolError, `reason code ${code} does not belong here`);
}

export function checkAck(
  reader: PacketReader,
  properties: PropertyCheck,
  name: AckName,
  version: number,
): void {
  checkPacketId(reader);
  if (version === 5 && reader.left > 0) {
    checkReasonCode(reader, ackCodes[name]);
    if (reader.left > 0) properties.run(name);
  }
  reader.expectEnd();
}

export function checkDisconnect(reader: PacketReader, properties: PropertyCheck, facts: SessionFacts): void {
  if (facts.version === 5 && reader.left > 0) {
    checkReasonCode(reader, disconnectCodes);
    if (reader.left > 0) {
      properties.run('disconnect', (id, value) => {
        if (id === sessionExpiryId && value > 0 && facts.sessionExpiry === 0)
          reader.fail(reasons.protocolError, 'a session without expiry cannot be given one at its end');
      });
    }
  }
  reader.expectEnd();
}
