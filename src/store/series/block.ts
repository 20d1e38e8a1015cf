// Samples of one series in columns, as they lie on disk: a few bytes for each. Knows neither topics nor SQL.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { storeError } from '../errors.ts';
import { readNumbers, readTimes, writeNumbers, writeTimes } from './columns.ts';

/** A value that is no number: a state out of a few. */
export type Word = string | boolean;

export interface Block {
  readonly times: ArrayLike<number>;
  /** Numbers, or numbers of words; NaN: from here on the value is something else. */
  readonly values: ArrayLike<number>;
  /** Undefined: the values are numbers. */
  readonly words: readonly Word[] | undefined;
}

const kind = { numbers: 0, words: 1 };
const form = { plain: 0, deflated: 1 };
/** No block can be larger, whatever a damaged file says. */
const maxBlockBytes = 16 * 2 ** 20;
const compressionLevel = 6;

export function writeBlock(to: ByteWriter, { times, values, words }: Block): void {
  to.byte(words === undefined ? kind.numbers : kind.words);
  if (words !== undefined) to.text(JSON.stringify(words));
  to.unsigned(times.length);
  writeTimes(to, times);
  writeNumbers(to, values);
}

export function readBlock(from: ByteReader): Block {
  const isWords = from.byte() === kind.words;
  const words = isWords ? wordsOf(from.text()) : undefined;
  const count = from.unsigned();
  return { times: readTimes(from, count), values: readNumbers(from, count), words };
}

function wordsOf(text: string): Word[] {
  const words: unknown = JSON.parse(text);
  const isWord = (one: unknown): one is Word => typeof one === 'string' || typeof one === 'boolean';
  if (!Array.isArray(words) || !words.every(isWord))
    throw storeError('store-bad-chunk', `these are no words: ${text.slice(0, 80)}`);
  return words;
}

/** The smaller of the bytes and the bytes compressed. */
export function pack(bytes: Uint8Array): Uint8Array {
  const deflated = deflateRawSync(bytes, { level: compressionLevel });
  const isSmaller = deflated.length < bytes.length;
  const body = isSmaller ? deflated : bytes;
  const packed = new Uint8Array(body.length + 1);
  packed[0] = isSmaller ? form.deflated : form.plain;
  packed.set(body, 1);
  return packed;
}

export function unpack(packed: Uint8Array): Uint8Array {
  const body = packed.subarray(1);
  return packed[0] === form.deflated ? inflateRawSync(body, { maxOutputLength: maxBlockBytes }) : body;
}

export function packBlock(block: Block): Uint8Array {
  const writer = new ByteWriter();
  writeBlock(writer, block);
  return pack(writer.take());
}

export function unpackBlock(packed: Uint8Array): Block {
  return readBlock(new ByteReader(unpack(packed)));
}

/** Number `n` of a block as it was said; undefined where the value is something else. */
export function sampleOf({ values, words }: Block, n: number): number | Word | undefined {
  const value = values[n];
  if (value === undefined || Number.isNaN(value)) return undefined;
  return words === undefined ? value : words[value];
}
