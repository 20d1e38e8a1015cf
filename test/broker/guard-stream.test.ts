// The guard alone, fed with bytes: however they are cut, the same packets get through and the same fault is found.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PacketCheck } from '../../src/broker/guard/packet-check.ts';
import { WireGuard } from '../../src/broker/guard/wire-guard.ts';
import { caseFiles, casesOf } from './packet-cases.ts';
import { bytesFrom, type Version } from './packet-notation.ts';
import { greeting } from './wire-probe.ts';

const seed = Number(process.env['HOMERULE_FUZZ_SEED'] ?? 20_261_122);
const check = new PacketCheck();

interface Judged {
  readonly through: Buffer;
  readonly fault: string | undefined;
  readonly isStranger: boolean;
}

interface JudgeOptions {
  readonly packetBytes?: number;
  readonly maxFilters?: number;
  readonly onDeliver?: (bytes: Buffer) => void;
}

/** The CONNECT is answered as soon as it is there. */
function judge(chunks: readonly Buffer[], options: JudgeOptions = {}): Judged {
  const through: Buffer[] = [];
  let fault: string | undefined;
  let isStranger = false;
  const guard = new WireGuard({
    check,
    packetBytes: options.packetBytes ?? 1_048_576,
    maxFilters: options.maxFilters ?? 1000,
    heldFilters: () => [],
    deliver: (bytes) => {
      through.push(Buffer.from(bytes));
      options.onDeliver?.(bytes);
    },
    onConnect: () => undefined,
    onPacket: () => undefined,
    refuse: (found, stranger) => {
      fault = `${found.reasonCode} ${found.text}`;
      isStranger = stranger;
    },
  });
  for (const chunk of chunks) {
    guard.feed(chunk);
    guard.resume();
  }
  return { through: Buffer.concat(through), fault, isStranger };
}

/** Cuts at these places, in any order and with repetitions. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  return sorted.map((to) => {
    const part = bytes.subarray(from, to);
    from = to;
    return part;
  });
}

const smallCases = caseFiles.flatMap((file) =>
  casesOf(file).flatMap((each) =>
    each.versions.map((version) => {
      const send = bytesFrom(each.send, version);
      return {
        name: `${each.name}, version ${version}`,
        bytes: file === 'connect' ? send : Buffer.concat([greeting(version), send]),
      };
    }),
  ),
);

describe('B52: however a stream is cut', () => {
  test(`at random places (seed ${seed})`, () => {
    const streams = smallCases.filter(({ bytes }) => bytes.length < 5000);
    expect(streams.length).toBeGreaterThan(400);
    const property = fc.property(
      fc.constantFrom(...streams),
      fc.array(fc.nat({ max: 6000 }), { maxLength: 8 }),
      ({ bytes }, places) => {
        expect(judge(cut(bytes, places))).toEqual(judge([bytes]));
      },
    );
    fc.assert(property, { seed, numRuns: 3000 });
  });

  test.each(smallCases.filter(({ bytes }) => bytes.length < 70_000))('byte by byte: $name', ({ bytes }) => {
    expect(judge([...bytes].map((byte) => Buffer.from([byte])))).toEqual(judge([bytes]));
  });
});

const goodPackets: Readonly<Record<string, string>> = {
  connect: '10 (name EE 003C p "c" p "gone/c" "away" "user" "secret")',
  publish: '32 ("a/b" 0001 p <x>)',
  puback: '40 (0001)',
  pubrel: '62 (0001)',
  subscribe: '82 (0001 p "a/+" 01 "b/#" 00)',
  unsubscribe: 'A2 (0001 p "a/+" "b/#")',
};
const fullPackets: Readonly<Record<string, string>> = {
  publish: '32 ("a/b" 0001 (01 01 02 0000003C 03 "t" 08 "r" 09 [00FF] 26 "k" "v") <x>)',
  puback: '40 (0001 10 (1F "why" 26 "k" "v"))',
  disconnect: 'E0 (04 (11 00000000 1F "why" 26 "k" "v"))',
  connect: '10 (name EE 003C (11 0000003C 21 0014 26 "k" "v") "c" (18 00000001 03 "t") "w" "x" "u" "p")',
};

/** The same packet with its body cut to `size` bytes and a remaining length that says so. */
function shortened(packet: Buffer, size: number): Buffer {
  return Buffer.concat([packet.subarray(0, 1), Buffer.from([size]), packet.subarray(2, 2 + size)]);
}

function isPayloadOnly(name: string, packet: Buffer, size: number): boolean {
  return name === 'publish' && size >= packet.length - 3;
}

for (const [version, packets] of [
  [3, goodPackets],
  [4, goodPackets],
  [5, goodPackets],
  [5, fullPackets],
] as const) {
  test.each(Object.keys(packets))(`B39: version ${version}: %s ends too early at no byte`, (name) => {
    const packet = bytesFrom(packets[name] ?? '', version);
    const start: Version = version;
    const before = name === 'connect' ? Buffer.alloc(0) : greeting(start);
    expect(judge([before, packet])).toMatchObject({ fault: undefined });
    const passed: number[] = [];
    for (let size = 0; size < packet.length - 2; size++) {
      const { fault } = judge([Buffer.concat([before, shortened(packet, size)])]);
      if (fault === undefined && !isPayloadOnly(name, packet, size)) passed.push(size);
    }
    // Shorter forms that are packets in their own right.
    const whole: Readonly<Record<string, number[]>> = { puback: [2, 3], disconnect: [0, 1] };
    const filters = name === 'subscribe' || name === 'unsubscribe';
    if (filters) expect(passed).toHaveLength(1);
    else expect(passed).toEqual(packets === fullPackets ? (whole[name] ?? []) : []);
  });
}

test('what came in one buffer leaves as the same buffer', () => {
  const bytes = Buffer.concat([bytesFrom('30 ("a" <x>)', 4), bytesFrom('30 ("b" 5000{ 79 })', 4)]);
  const seen: Buffer[] = [];
  judge([greeting(4), bytes], { onDeliver: (delivered) => seen.push(delivered) });
  expect(seen[1]).toBe(bytes);
  const parts: Buffer[] = [];
  judge([greeting(4), bytes.subarray(0, 100), bytes.subarray(100)], {
    onDeliver: (delivered) => parts.push(delivered),
  });
  expect(parts[1]?.buffer).toBe(bytes.buffer);
});

test('a good packet before a bad one gets through', () => {
  const good = bytesFrom('30 ("a" <x>)', 4);
  const { through, fault } = judge([Buffer.concat([greeting(4), good, bytesFrom('30 ("" <x>)', 4), good])]);
  expect(through).toEqual(Buffer.concat([greeting(4), good]));
  expect(fault).toBe(`${0x82} the topic is empty`);
});

test('what comes after DISCONNECT is dropped', () => {
  const bytes = Buffer.concat([greeting(5), bytesFrom('E0 00 30 ("a" 00 <x>)', 5)]);
  expect(judge([bytes])).toMatchObject({ through: bytes.subarray(0, bytes.length - 7), fault: undefined });
});

test('subscriptions are counted over packets, once each', () => {
  const many = [1, 2, 3].map((id) => bytesFrom(`82 (000${id} "a${id}" 00 "b" 00)`, 4));
  expect(judge([greeting(4), ...many], { maxFilters: 4 }).fault).toBeUndefined();
  expect(judge([greeting(4), ...many], { maxFilters: 3 }).fault).toBe(`${0x97} more than 3 subscriptions`);
  const freed = [...many.slice(0, 2), bytesFrom('A2 (0009 "a1")', 4), ...many.slice(2)];
  expect(judge([greeting(4), ...freed], { maxFilters: 3 }).fault).toBeUndefined();
});

test('bytes behind a CONNECT that is not answered yet are bounded', () => {
  const faults: string[] = [];
  const guard = new WireGuard({
    check,
    packetBytes: 1000,
    maxFilters: 10,
    heldFilters: () => [],
    deliver: () => undefined,
    onConnect: () => undefined,
    onPacket: () => undefined,
    refuse: (fault) => faults.push(fault.text),
  });
  guard.feed(greeting(4));
  for (let i = 0; i < 3; i++) guard.feed(Buffer.alloc(400));
  expect(faults).toEqual(['too much before the CONNACK']);
});
