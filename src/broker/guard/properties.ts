// Checks one property list against the table: allowed here, once, whole, in range.
import { reasons } from './fault.ts';
import { maxUserProperties } from './limits.ts';
import {
  type PropertyHolder,
  type PropertyRule,
  type PropertyType,
  propertyRules,
} from './property-table.ts';
import type { PacketReader } from './reader.ts';
import { checkTopic } from './topic-field.ts';

interface KnownProperty {
  readonly rule: PropertyRule;
  /** One bit of a mask, for what was seen already. */
  readonly bit: number;
  readonly holders: ReadonlySet<PropertyHolder>;
}

const known: ReadonlyMap<number, KnownProperty> = new Map(
  propertyRules.map((rule, index) => [rule.id, { rule, bit: 1 << index, holders: new Set(rule.holders) }]),
);

/** Reads one value; its number, or 0 for what is none. */
type ReadValue = (reader: PacketReader, name: string) => number;

function readFlag(reader: PacketReader, name: string): number {
  const value = reader.byte(name);
  if (value > 1) reader.fail(reasons.protocolError, `${name} is ${value}, neither 0 nor 1`);
  return value;
}

function readUserProperty(reader: PacketReader): number {
  reader.checkText('the name of a user property');
  reader.checkText('the value of a user property');
  return 0;
}

function readTopic(reader: PacketReader, name: string): number {
  if (checkTopic(reader, name) === 0) reader.fail(reasons.protocolError, `${name} is empty`);
  return 0;
}

function readText(reader: PacketReader, name: string): number {
  reader.checkText(name);
  return 0;
}

const readers: Readonly<Record<PropertyType, ReadValue>> = {
  flag: readFlag,
  uint16: (reader, name) => reader.uint16(name),
  uint32: (reader, name) => reader.uint32(name),
  varint: (reader, name) => reader.varint(name),
  text: readText,
  topic: readTopic,
  binary: (reader, name) => reader.binary(name),
  userProperty: readUserProperty,
};

/** Told of each value that passed. */
export type OnProperty = (id: number, value: number) => void;

export class PropertyCheck {
  readonly #reader: PacketReader;
  #seen = 0;
  #userProperties = 0;

  constructor(reader: PacketReader) {
    this.#reader = reader;
  }

  /** Reads a whole property list, its length first. */
  run(holder: PropertyHolder, onProperty?: OnProperty): void {
    const reader = this.#reader;
    const size = reader.varint('the property length');
    if (size === 0) return;
    if (size > reader.left) return reader.fail(reasons.malformed, 'the properties are cut short');
    const packetEnd = reader.end;
    reader.end = reader.at + size;
    this.#seen = 0;
    this.#userProperties = 0;
    while (reader.at < reader.end) this.#next(holder, onProperty);
    // After a fault the reader stays at its end, and that is now the end of the packet.
    reader.end = packetEnd;
    if (reader.fault !== undefined) reader.at = packetEnd;
  }

  #next(holder: PropertyHolder, onProperty: OnProperty | undefined): void {
    const reader = this.#reader;
    const id = reader.varint('a property identifier');
    const property = known.get(id);
    if (reader.fault !== undefined) return;
    if (property === undefined) return reader.fail(reasons.malformed, `there is no property ${id}`);
    const { rule } = property;
    if (!this.#admits(property, holder)) return;
    const value = readers[rule.type](reader, rule.name);
    if (reader.fault !== undefined) return;
    if (rule.min !== undefined && value < rule.min)
      return reader.fail(rule.rangeReason ?? reasons.protocolError, `${rule.name} is ${value}`);
    onProperty?.(id, value);
  }

  #admits({ rule, bit, holders }: KnownProperty, holder: PropertyHolder): boolean {
    const reader = this.#reader;
    if (!holders.has(holder)) reader.fail(reasons.protocolError, `${rule.name} does not belong in ${holder}`);
    else if (rule.isRepeatable === true) this.#countUserProperty();
    else if ((this.#seen & bit) !== 0) reader.fail(reasons.protocolError, `${rule.name} came twice`);
    this.#seen |= bit;
    return reader.fault === undefined;
  }

  #countUserProperty(): void {
    this.#userProperties++;
    if (this.#userProperties > maxUserProperties)
      this.#reader.fail(reasons.packetTooLarge, `more than ${maxUserProperties} user properties`);
  }
}
