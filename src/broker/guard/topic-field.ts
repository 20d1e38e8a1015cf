// Topic names and filters inside packets. The grammar itself is that of base.
import { filterFault, maxTopicLevels, topicFault } from '../../base/index.ts';
import { reasons } from './fault.ts';
import type { PacketReader } from './reader.ts';

const plus = 0x2b;
const hash = 0x23;
const slash = 0x2f;
const sharePrefix = '$share/';

/** Whether these bytes are a topic beyond doubt: ASCII, no wildcard, few levels. */
function isPlainTopic(bytes: Buffer, start: number, end: number): boolean {
  let slashes = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0 || byte >= 0x80 || byte === plus || byte === hash) return false;
    if (byte === slash) slashes++;
  }
  return slashes < maxTopicLevels;
}

/** hot: once per PUBLISH; guarded by the broker benchmark. Returns the size in bytes; 0 is for the caller to judge. */
export function checkTopic(reader: PacketReader, name: string): number {
  const start = reader.at + 2;
  const size = reader.uint16(name);
  if (size === 0) return 0;
  const end = start + size;
  if (end <= reader.end && isPlainTopic(reader.bytes, start, end)) {
    reader.at = end;
    return size;
  }
  reader.at = start - 2;
  const text = reader.text(name);
  if (reader.fault !== undefined) return 0;
  const fault = topicFault(text);
  if (fault !== undefined) reader.fail(reasons.badTopic, `${name}: ${fault}`);
  return size;
}

/** `$share/{group}/{filter}`, MQTT 5 only [MQTT-4.8.2-1], [MQTT-4.8.2-2]. */
function sharedFilterFault(filter: string): string | undefined {
  const slashAt = filter.indexOf('/', sharePrefix.length);
  const group = filter.slice(sharePrefix.length, slashAt < 0 ? undefined : slashAt);
  if (group.length === 0) return 'the name of the group is missing';
  if (/[+#]/.test(group)) return 'the name of a group holds no + or #';
  return slashAt < 0 ? 'the filter after the group is missing' : filterFault(filter.slice(slashAt + 1));
}

export function isShared(filter: string, version: number): boolean {
  return version === 5 && filter.startsWith(sharePrefix);
}

/** Reads a filter; empty after a fault. */
export function readFilter(reader: PacketReader, version: number): string {
  const filter = reader.text('the filter');
  if (reader.fault !== undefined) return '';
  const fault = filterFault(filter) ?? (isShared(filter, version) ? sharedFilterFault(filter) : undefined);
  if (fault !== undefined) reader.fail(reasons.badFilter, `the filter: ${fault}`);
  return filter;
}
