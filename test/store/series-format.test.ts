// The form of series on disk: what is written is read again, in few bytes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../src/store/byte-reader.ts';
import { ByteWriter } from '../../src/store/byte-writer.ts';
import { packBlock, unpackBlock } from '../../src/store/series/block.ts';
import { type Bucket, Buckets } from '../../src/store/series/buckets.ts';
import { readNumbers, readTimes, writeNumbers, writeTimes } from '../../src/store/series/columns.ts';
import { TopicLayout } from '../../src/store/series/layout.ts';
import { leavesOf } from '../../src/store/series/leaves.ts';
import { packRollup, unpackRollup } from '../../src/store/series/rollup.ts';

const decimal = fc
  .tuple(fc.integer({ min: -1e7, max: 1e7 }), fc.nat({ max: 6 }))
  .map(([n, d]) => n / 10 ** d);
const number = fc.oneof(
  decimal,
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value || 0),
  fc.constant(Number.NaN),
);

describe('a column', () => {
  it('of numbers gives back exactly what was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 20, arbitrary: decimal }, number), { maxLength: 60 }),
        (values) => {
          const writer = new ByteWriter(16);
          writeNumbers(writer, values);
          expect([...readNumbers(new ByteReader(writer.take()), values.length)]).toEqual(values);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of times gives back exactly what was written, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4e12 }), { maxLength: 60 }), (times) => {
        const writer = new ByteWriter(16);
        writeTimes(writer, times);
        expect([...readTimes(new ByteReader(writer.take()), times.length)]).toEqual(times);
      }),
      { numRuns: 500 },
    );
  });

  it('that is cut short is refused', () => {
    const writer = new ByteWriter();
    writeNumbers(writer, [1.5, 2.25, 3]);
    const bytes = writer.take();
    for (let length = 0; length < bytes.length; length++)
      expect(() => readNumbers(new ByteReader(bytes.subarray(0, length)), 3)).toThrowError(
        expect.objectContaining({ code: 'store-bad-chunk' }),
      );
  });
});

describe('a block', () => {
  const sensor = Array.from({ length: 512 }, (_, n) => ({
    at: 1_760_000_000_000 + n * 10_000 + ((n * 7919) % 23),
    value: Math.round(2150 + 60 * Math.sin(n / 40) + ((n * 104_729) % 7)) / 100,
  }));

  it('of a thermometer takes less than four bytes for a sample', () => {
    const times = sensor.map(({ at }) => at);
    const values = sensor.map(({ value }) => value);
    const packed = packBlock({ times, values, words: undefined });
    expect(packed.length / sensor.length).toBeLessThan(4);
    const read = unpackBlock(packed);
    expect([...Array.from(read.times)]).toEqual(times);
    expect([...Array.from(read.values)]).toEqual(values);
  });

  it('of words keeps them', () => {
    const block = { times: [1, 2, 3], values: [0, 1, Number.NaN], words: ['heat', true] };
    const { times, values, words } = unpackBlock(packBlock(block));
    expect({ times: Array.from(times), values: Array.from(values), words }).toEqual(block);
  });
});

describe('figures of a day', () => {
  it('are read as they were written', () => {
    const value = fc.oneof(decimal, fc.constantFrom('heat', 'off', true));
    const samples = fc.array(fc.tuple(fc.nat({ max: 86_399_999 }), value), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(samples, (list) => {
        const buckets = new Buckets({ from: 0, to: 86_399_999, widthMs: 300_000 });
        for (const [at, one] of list.toSorted(([a], [b]) => a - b)) {
          const isNumber = typeof one === 'number';
          const block = { times: [at], values: [isNumber ? one : 0], words: isNumber ? undefined : [one] };
          buckets.addBlock(block, { from: 0, to: 86_399_999 });
        }
        const figures = [...buckets];
        const round = (bucket: Bucket) => ({ ...bucket, sum: Math.round(bucket.sum * 1e6) / 1e6 });
        expect(unpackRollup(packRollup(figures)).map(round)).toEqual(figures.map(round));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a payload', () => {
  const cases: [payload: string, leaves: [path: string, value: unknown][]][] = [
    ['21.5', [['', 21.5]]],
    ['-0', [['', 0]]],
    ['ON', [['', 'ON']]],
    ['true', [['', true]]],
    ['null', [['', undefined]]],
    ['1e999', [['', undefined]]],
    ['0417', [['', '0417']]],
    ['on#80#16711680', [['', 'on#80#16711680']]],
    ['', []],
    ['a text that is much longer than any state would be', [['', undefined]]],
    [
      '{"t":21.5,"on":true,"mode":"heat"}',
      [
        ['t', 21.5],
        ['on', true],
        ['mode', 'heat'],
      ],
    ],
    [
      '{"a":{"b":[1,{"c":2}]}}',
      [
        ['a.b.0', 1],
        ['a.b.1.c', 2],
      ],
    ],
    ['{"a.b":1,"c":2}', [['c', 2]]],
    ['{"a":', [['', '{"a":']]],
  ];

  it.each(cases)('%s has the leaves %j', (payload, leaves) => {
    expect(leavesOf(Buffer.from(payload)).map(({ path, value }) => [path, value])).toEqual(leaves);
    expect(new TopicLayout().leaves(Buffer.from(payload))).toEqual(leavesOf(Buffer.from(payload)));
  });

  /** Payloads as a topic says them one after another: most of one shape, and what is nearly of it. */
  const names = fc.constantFrom('t', 'a.b', '', '1', 'π', 'on"', '__proto__');
  const scalars = fc.oneof(
    fc.constantFrom(
      '0',
      '-0',
      '7',
      '-3.25',
      '21.299999237060547',
      '0.1',
      '12345678901234567890',
      '1e3',
      '01',
      '1.',
    ),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
    fc.constantFrom(
      'true',
      'false',
      'null',
      'tru',
      '"ON"',
      '""',
      '"a\\"b"',
      '"é"',
      '"\t"',
      '"x',
      '1"x"',
      '5 6',
    ),
    fc.string({ maxLength: 40 }).map((text) => JSON.stringify(text)),
  );
  const shapes = fc.oneof(
    fc.constant(['', ''] as const),
    fc.tuple(names, names).map(([a, b]) => [`{"${a}":[1,{"${b}": `, ` , "c":{}}],"${b}":2}`] as const),
    fc.tuple(names, names).map(([a, b]) => [`{"${a}":`, `,"${b}" :`, '}'] as const),
    fc.constant([' [', ',', ']\n'] as const),
  );
  const topic = shapes.chain((parts) =>
    fc.array(
      fc
        .array(scalars, { minLength: parts.length - 1, maxLength: parts.length - 1 })
        .map((values) => parts.map((part, n) => `${part}${values[n] ?? ''}`).join('')),
      { minLength: 1, maxLength: 12 },
    ),
  );

  it('is read by its layout as it is parsed', () => {
    fc.assert(
      fc.property(fc.array(topic, { minLength: 1, maxLength: 3 }), (topics) => {
        const layout = new TopicLayout();
        for (const payload of topics.flat().map((text) => Buffer.from(text)))
          expect(layout.leaves(payload), payload.toString()).toEqual(leavesOf(payload));
      }),
      { numRuns: 1000 },
    );
  });

  it('with thousands of fields has a few', () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`f${n}`, n]));
    expect(leavesOf(Buffer.from(JSON.stringify(wide)))).toHaveLength(64);
    const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`;
    expect(leavesOf(Buffer.from(deep))).toEqual([]);
  });
});
