// SUBSCRIBE and UNSUBSCRIBE, and how many filters a client may hold.
import { reasons } from './fault.ts';
import { maxFiltersPerPacket } from './limits.ts';
import type { PropertyCheck } from './properties.ts';
import { checkPacketId } from './publish-check.ts';
import type { PacketReader } from './reader.ts';
import { filtersOf, type SessionFacts } from './session-facts.ts';
import { isShared, readFilter } from './topic-field.ts';

const option = { noLocal: 0x04, reserved5: 0xc0, reserved3: 0xfc } as const;

function checkOptions(reader: PacketReader, filter: string, version: number): void {
  const options = reader.byte('the subscription options');
  const reserved = version === 5 ? option.reserved5 : option.reserved3;
  if ((options & reserved) !== 0) reader.fail(reasons.malformed, 'reserved subscription options are set');
  if ((options & 3) === 3) reader.fail(reasons.protocolError, 'a subscription to QoS 3');
  if (((options >> 4) & 3) === 3) reader.fail(reasons.protocolError, 'Retain Handling 3');
  if ((options & option.noLocal) !== 0 && isShared(filter, version))
    reader.fail(reasons.protocolError, 'No Local on a shared subscription');
}

/** The filters of the packet, each followed by its options in SUBSCRIBE. */
function readFilters(reader: PacketReader, version: number, hasOptions: boolean): string[] {
  const filters: string[] = [];
  while (reader.left > 0) {
    const filter = readFilter(reader, version);
    if (hasOptions) checkOptions(reader, filter, version);
    filters.push(filter);
    if (filters.length > maxFiltersPerPacket)
      reader.fail(reasons.quotaExceeded, `more than ${maxFiltersPerPacket} filters in a packet`);
  }
  if (filters.length === 0) reader.fail(reasons.protocolError, 'no filter');
  return filters;
}

export function checkSubscribe(reader: PacketReader, properties: PropertyCheck, facts: SessionFacts): void {
  checkPacketId(reader);
  if (facts.version === 5) properties.run('subscribe');
  const filters = readFilters(reader, facts.version, true);
  if (reader.fault !== undefined) return;
  const held = filtersOf(facts);
  for (const filter of filters) held.add(filter);
  if (held.size > facts.maxFilters)
    reader.fail(reasons.quotaExceeded, `more than ${facts.maxFilters} subscriptions`);
}

export function checkUnsubscribe(reader: PacketReader, properties: PropertyCheck, facts: SessionFacts): void {
  checkPacketId(reader);
  if (facts.version === 5) properties.run('unsubscribe');
  const filters = readFilters(reader, facts.version, false);
  if (reader.fault !== undefined) return;
  const held = filtersOf(facts);
  for (const filter of filters) held.delete(filter);
}
