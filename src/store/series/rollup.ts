// Five-minute figures of one day of a series as they lie on disk.
import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { pack, unpack, type Word } from './block.ts';
import type { Bucket } from './buckets.ts';
import { readNumbers, readTimes, writeNumbers, writeTimes } from './columns.ts';

export const rollupMs = 300_000;

/** Sums of decimals are no decimals any more; beyond this place they are noise. */
const noise = 1e6;

function rounded(sum: number): number {
  const scaled = sum * noise;
  return Number.isSafeInteger(Math.round(scaled)) ? Math.round(scaled) / noise : sum;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

export function packRollup(buckets: readonly Bucket[]): Uint8Array {
  const words = [...new Set(buckets.map(({ last }) => last).filter((last) => typeof last !== 'number'))];
  const writer = new ByteWriter();
  const column = (pick: (bucket: Bucket) => number): void => writeNumbers(writer, buckets.map(pick));
  writer.text(JSON.stringify(words.map((word) => word ?? null)));
  writer.unsigned(buckets.length);
  writeTimes(
    writer,
    buckets.map(({ at }) => at),
  );
  column(({ count }) => count);
  column(({ numbers }) => numbers);
  column(({ min }) => finite(min));
  column(({ max }) => finite(max));
  column(({ sum }) => rounded(sum));
  column(({ changes }) => changes);
  column(({ last }) => (typeof last === 'number' ? last : Number.NaN));
  if (words.length > 0) column(({ last }) => (typeof last === 'number' ? Number.NaN : words.indexOf(last)));
  return pack(writer.take());
}

export function unpackRollup(packed: Uint8Array): Bucket[] {
  const reader = new ByteReader(unpack(packed));
  const words: (Word | null)[] = JSON.parse(reader.text());
  const size = reader.unsigned();
  const times = readTimes(reader, size);
  const columns = Array.from({ length: words.length > 0 ? 8 : 7 }, () => readNumbers(reader, size));
  const at = (column: number, n: number): number => columns[column]?.[n] ?? Number.NaN;
  return Array.from(times, (time, n) => ({
    at: time,
    count: at(0, n),
    numbers: at(1, n),
    min: orElse(at(2, n), Number.POSITIVE_INFINITY),
    max: orElse(at(3, n), Number.NEGATIVE_INFINITY),
    sum: at(4, n),
    changes: at(5, n),
    last: Number.isNaN(at(6, n)) ? (words[at(7, n)] ?? undefined) : at(6, n),
  }));
}

function orElse(value: number, otherwise: number): number {
  return Number.isNaN(value) ? otherwise : value;
}
