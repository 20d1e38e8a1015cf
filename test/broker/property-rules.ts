// The properties of MQTT 5 as the specification lists them (2.2.2.2), with a good value each, and packets to put them in.
// Written for the tests alone: what the broker believes stands in its own table.
import type { Version } from './packet-notation.ts';
import { bytesFrom } from './packet-notation.ts';

export interface SpecifiedProperty {
  readonly id: string;
  readonly name: string;
  /** A good value, in hexadecimal. */
  readonly value: string;
  /** Client packets that may hold it. */
  readonly in: string;
}

const list = `
01 00                 publish will                                          Payload Format Indicator
02 0000003C           publish will                                          Message Expiry Interval
03 000474657874       publish will                                          Content Type
08 0003722F31         publish will                                          Response Topic
09 00020001           publish will                                          Correlation Data
0B 8101               subscribe                                             Subscription Identifier
11 00000000           connect disconnect                                    Session Expiry Interval
12 000161             -                                                     Assigned Client Identifier
13 003C               -                                                     Server Keep Alive
15 000161             connect                                               Authentication Method
16 000161             connect                                               Authentication Data
17 01                 connect                                               Request Problem Information
18 0000003C           will                                                  Will Delay Interval
19 01                 connect                                               Request Response Information
1A 000161             -                                                     Response Information
1C 000161             -                                                     Server Reference
1F 000161             puback pubrec pubrel pubcomp disconnect               Reason String
21 0014               connect                                               Receive Maximum
22 000A               connect                                               Topic Alias Maximum
23 0001               publish                                               Topic Alias
24 01                 -                                                     Maximum QoS
25 01                 -                                                     Retain Available
26 00016B000176       connect publish will puback pubrec pubrel pubcomp subscribe unsubscribe disconnect  User Property
27 00010000           connect                                               Maximum Packet Size
28 01                 -                                                     Wildcard Subscription Available
29 01                 -                                                     Subscription Identifier Available
2A 01                 -                                                     Shared Subscription Available`;

export const specified: readonly SpecifiedProperty[] = list
  .trim()
  .split('\n')
  .map((line) => {
    const [, id = '', value = '', packets = '', name = ''] =
      /^(\w\w) (\w+) +(-|[a-z ]*[a-z]) {2,}(.+)$/.exec(line) ?? [];
    return { id, value, in: packets, name };
  });

/** Each packet around a property list; in those of strangers it is part of the CONNECT. */
const packets: Readonly<Record<string, string>> = {
  connect: '10 (name 02 003C (?) "c")',
  will: '10 (name 06 003C 00 "c" (?) "w" "x")',
  publish: '30 ("a" (?) <x>)',
  puback: '40 (0001 00 (?))',
  pubrec: '50 (0001 00 (?))',
  pubrel: '62 (0001 00 (?))',
  pubcomp: '70 (0001 00 (?))',
  subscribe: '82 (0001 (?) "a" 00)',
  unsubscribe: 'A2 (0001 (?) "a")',
  disconnect: 'E0 (00 (?))',
};

export const holders = Object.keys(packets);
const version: Version = 5;

export function isStranger(holder: string): boolean {
  return holder === 'connect' || holder === 'will';
}

export function packetWith(holder: string, properties: string): Buffer {
  return bytesFrom((packets[holder] ?? '').replace('?', properties), version);
}

export interface PropertyCase {
  readonly name: string;
  readonly holder: string;
  readonly bytes: Buffer;
  /** `accepted`, or the reason code. */
  readonly expect: string;
}

/** A value that is right and yet not accepted: we offer no enhanced authentication. */
const refusals: Readonly<Record<string, string>> = { '15': '0x8c', '16': '0x82' };

function casesOf(property: SpecifiedProperty, holder: string): PropertyCase[] {
  const { id, value, name } = property;
  const of = (what: string, properties: string, expect: string): PropertyCase => ({
    name: `${name} ${what} in ${holder}`,
    holder,
    bytes: packetWith(holder, properties),
    expect,
  });
  if (!property.in.split(' ').includes(holder)) return [of('that is not allowed', id + value, '0x82')];
  const cases = [
    of('once', id + value, refusals[id] ?? 'accepted'),
    of('twice', id + value + id + value, id === '26' ? 'accepted' : '0x82'),
  ];
  for (let size = 0; size < value.length; size += 2)
    cases.push(of(`cut after ${size / 2} bytes`, id + value.slice(0, size), '0x81'));
  return cases;
}

export const propertyCases: readonly PropertyCase[] = holders.flatMap((holder) =>
  specified.flatMap((property) => casesOf(property, holder)),
);
