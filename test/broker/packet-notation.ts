// The notation in which test cases write packets down, made into bytes. Knows nothing of what is right or wrong.
//
//   30 0A        bytes in hexadecimal
//   "a/b"        a text with its length in two bytes; JSON escapes work
//   <x>          the characters alone
//   [ ... ]      what is inside, with its length in two bytes
//   ( ... )      what is inside, with its length as a variable byte integer: a packet body, a property list
//   1000{ ... }  what is inside, so many times
//   name         protocol name and version of the version under test
//   p            an empty property list in MQTT 5, nothing in older versions
import { Buffer } from 'node:buffer';

export type Version = 3 | 4 | 5;

const token = /"(?:[^"\\]|\\.)*"|<[^>]*>|\d+\{|[()[\]}]|[a-z]+\b|(?:[0-9A-F]{2})+/g;
const names: Readonly<Record<Version, string>> = { 3: 'MQIsdp', 4: 'MQTT', 5: 'MQTT' };

export function sized(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  do {
    const rest = left >> 7;
    bytes.push((left & 0x7f) | (rest > 0 ? 0x80 : 0));
    left = rest;
  } while (left > 0);
  return Buffer.from(bytes);
}

export function measured(...parts: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([varint(bytes.length), bytes]);
}

interface Group {
  readonly parts: Buffer[];
  readonly close: string;
  readonly wrap: (bytes: Buffer) => Buffer;
}

function groupOf(open: string): Group | undefined {
  if (open === '(') return { parts: [], close: ')', wrap: measured };
  if (open === '[') return { parts: [], close: ']', wrap: sized };
  if (!open.endsWith('{')) return undefined;
  const times = Number.parseInt(open, 10);
  return { parts: [], close: '}', wrap: (bytes) => Buffer.concat(Array(times).fill(bytes)) };
}

function leaf(text: string, version: Version): Buffer {
  if (text.startsWith('"')) return sized(Buffer.from(String(JSON.parse(text))));
  if (text.startsWith('<')) return Buffer.from(text.slice(1, -1));
  if (text === 'name') return Buffer.concat([sized(Buffer.from(names[version])), Buffer.from([version])]);
  if (text === 'p') return Buffer.from(version === 5 ? [0] : []);
  if (!/^(?:[0-9A-F]{2})+$/.test(text)) throw new Error(`"${text}" is no packet notation`);
  return Buffer.from(text, 'hex');
}

export function bytesFrom(notation: string, version: Version): Buffer {
  const found = notation.match(token) ?? [];
  const isAll = notation.replace(token, '').trim() === '';
  if (!isAll) throw new Error(`cannot read the packet notation ${notation}`);
  const stack: Group[] = [{ parts: [], close: '', wrap: (bytes) => bytes }];
  for (const text of found) {
    const top = stack.at(-1);
    if (top === undefined) throw new Error(`a bracket too many in ${notation}`);
    const group = groupOf(text);
    if (group !== undefined) stack.push(group);
    else if (text === top.close) {
      stack.pop();
      stack.at(-1)?.parts.push(top.wrap(Buffer.concat(top.parts)));
    } else top.parts.push(leaf(text, version));
  }
  const [bottom] = stack;
  if (stack.length !== 1 || bottom === undefined) throw new Error(`a bracket is open in ${notation}`);
  return Buffer.concat(bottom.parts);
}
