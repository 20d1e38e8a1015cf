// CONNECT, field by field [MQTT 3.1].
import { reasons } from './fault.ts';
import { maxNameLength, maxPasswordBytes } from './limits.ts';
import type { PropertyCheck } from './properties.ts';
import { sessionExpiryId } from './property-table.ts';
import type { PacketReader } from './reader.ts';
import type { SessionFacts } from './session-facts.ts';
import { checkTopic } from './topic-field.ts';

const flag = {
  reserved: 0x01,
  clean: 0x02,
  will: 0x04,
  willRest: 0x38,
  password: 0x40,
  userName: 0x80,
} as const;

/** Versions by protocol name. */
const versionsOf: Readonly<Record<string, readonly number[]>> = { MQTT: [4, 5], MQIsdp: [3] };
const protocolNames: readonly Buffer[] = Object.keys(versionsOf).map((name) => Buffer.from(name));

const unprintable = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;

function isName(text: string): boolean {
  return text.length <= maxNameLength && !unprintable.test(text);
}

/** What speaks no MQTT at all gets no answer. */
function readProtocolName(reader: PacketReader): string | undefined {
  const start = reader.at + 2;
  const size = reader.binary('the protocol name');
  const found = protocolNames.find(
    (name) => size === name.length && reader.bytes.compare(name, 0, size, start, start + size) === 0,
  );
  if (reader.fault === undefined && found !== undefined) return found.toString();
  reader.fault = {
    reasonCode: reasons.unsupportedVersion,
    text: 'the protocol name is not MQTT',
    isSilent: true,
  };
  reader.at = reader.end;
  return undefined;
}

/** A version with its highest bit set is that of a bridge of mosquitto, which tries again without when it is refused. */
function readVersion(reader: PacketReader, name: string): number {
  const version = reader.byte('the protocol version');
  if (!(versionsOf[name] ?? []).includes(version))
    reader.fail(reasons.unsupportedVersion, `there is no ${name} version ${version}`, 1);
  return version;
}

function checkFlags(reader: PacketReader, flags: number, version: number): void {
  if ((flags & flag.reserved) !== 0) reader.fail(reasons.malformed, 'the reserved CONNECT flag is set');
  if ((flags & flag.will) === 0 && (flags & flag.willRest) !== 0)
    reader.fail(reasons.malformed, 'will QoS or will retain without a will');
  if (((flags >> 3) & 3) === 3) reader.fail(reasons.malformed, 'will QoS 3');
  if (version < 5 && (flags & flag.password) !== 0 && (flags & flag.userName) === 0)
    reader.fail(reasons.malformed, 'a password without a user name');
}

function checkClientId(reader: PacketReader, version: number): void {
  const id = reader.text('the client id');
  if (!isName(id)) reader.fail(reasons.badClientId, 'the client id is too long or not printable', 2);
  // MQTT 3.1 knows no empty client id; for the others aedes answers.
  if (version === 3 && id === '') reader.fail(reasons.badClientId, 'the client id is empty', 2);
}

function checkWill(reader: PacketReader, properties: PropertyCheck, version: number): void {
  if (version === 5) properties.run('will');
  const start = reader.at + 2;
  const size = checkTopic(reader, "the will's topic");
  if (size === 0) reader.fail(reasons.badTopic, "the will's topic is empty");
  else if (unprintable.test(reader.bytes.toString('utf8', start, start + size)))
    reader.fail(reasons.badTopic, "the will's topic is not printable");
  reader.binary("the will's payload");
}

function checkUserName(reader: PacketReader): void {
  if (!isName(reader.text('the user name')))
    reader.fail(reasons.badUserNameOrPassword, 'the user name is too long or not printable', 4);
}

function checkPassword(reader: PacketReader): void {
  if (reader.binary('the password') > maxPasswordBytes)
    reader.fail(reasons.badUserNameOrPassword, 'the password is too long', 4);
}

/** Notes version, will QoS, keep-alive and session expiry in `facts`. */
export function checkConnect(reader: PacketReader, properties: PropertyCheck, facts: SessionFacts): void {
  const name = readProtocolName(reader);
  if (name === undefined) return;
  const version = readVersion(reader, name);
  facts.version = version;
  const flags = reader.byte('the CONNECT flags');
  checkFlags(reader, flags, version);
  facts.willQos = (flags >> 3) & 3;
  facts.keepalive = reader.uint16('the keep-alive');
  if (version === 5) {
    properties.run('connect', (id, value) => {
      if (id === sessionExpiryId) facts.sessionExpiry = value;
    });
  }
  checkClientId(reader, version);
  if ((flags & flag.will) !== 0) checkWill(reader, properties, version);
  if ((flags & flag.userName) !== 0) checkUserName(reader);
  if ((flags & flag.password) !== 0) checkPassword(reader);
  reader.expectEnd();
}
