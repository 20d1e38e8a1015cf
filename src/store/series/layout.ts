// How the payloads of one topic are written: their bytes with places for values. Whatever has the same bytes around its
// values has the same fields, so that its leaves are read without parsing it. What does not fit is parsed.
import { type Leaf, largestPayload, leavesOf } from './leaves.ts';
import { ScalarReader, standsAt } from './scalar.ts';

/** Longer payloads, and those of more values, have no layout. */
const longestLayout = 4096;
const mostPlaces = 128;
/** A layout is made again at once when the last one fitted so often, otherwise after longer and longer pauses. */
const worthwhileHits = 16;
const longestPause = 255;

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

interface Place {
  readonly from: number;
  readonly to: number;
}

/** Where a text ends, behind its quote; -1 when it does not. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === backslash) at++;
    else if (bytes[at] === quote) return at + 1;
  }
  return -1;
}

/** Whether the text that ends there is a name of a field. */
function isName(bytes: Uint8Array, end: number): boolean {
  let at = end;
  while ((bytes[at] ?? colon) <= 0x20) at++;
  return bytes[at] === colon;
}

function beginsScalar(byte: number | undefined): boolean {
  return byte !== undefined && /[-"\dtfn]/.test(String.fromCharCode(byte));
}

/** The places of values; undefined: of some of them only `JSON.parse` knows. */
function placesOf(bytes: Uint8Array): Place[] | undefined {
  const reader = new ScalarReader();
  const places: Place[] = [];
  let from = 0;
  while (from < bytes.length) {
    const name = bytes[from] === quote ? endOfText(bytes, from) : -1;
    const isSkipped = name >= 0 && isName(bytes, name);
    if (!isSkipped && !beginsScalar(bytes[from])) from++;
    else {
      const to = isSkipped ? name : reader.read(bytes, from);
      if (to < 0 || places.length === mostPlaces || (!isSkipped && places.at(-1)?.to === from))
        return undefined;
      if (!isSkipped) places.push({ from, to });
      from = to;
    }
  }
  return places;
}

/** The bytes before each place, and those behind the last. */
function partsOf(bytes: Uint8Array, places: readonly Place[]): Uint8Array[] {
  const starts = [0, ...places.map(({ to }) => to)];
  const ends = [...places.map(({ from }) => from), bytes.length];
  return starts.map((start, n) => bytes.slice(start, ends[n]));
}

/** Which place each leaf stands in, tried with a payload whose values are the numbers of their places. */
function placesOfLeaves(parts: readonly Uint8Array[]): readonly unknown[] {
  const numbered = parts.flatMap((part, n) => (n === 0 ? [part] : [Buffer.from(`${n - 1}`), part]));
  return leavesOf(Buffer.concat(numbered)).map(({ value }) => value);
}

class Layout {
  readonly #parts: readonly Uint8Array[];
  readonly #leaves: { readonly path: string; value: Leaf['value'] }[];
  /** Of each place, the leaf that stands in it; undefined: none does. */
  readonly #leafOf: readonly ({ value: Leaf['value'] } | undefined)[];
  readonly #reader = new ScalarReader();

  private constructor(parts: readonly Uint8Array[], leaves: readonly Leaf[], places: readonly unknown[]) {
    this.#parts = parts;
    this.#leaves = leaves.map((leaf) => ({ ...leaf }));
    this.#leafOf = parts.slice(1).map((_, place) => this.#leaves[places.indexOf(place)]);
  }

  /** Undefined when the payload can only be parsed. */
  static of(payload: Uint8Array, leaves: readonly Leaf[]): Layout | undefined {
    if (payload.length > longestLayout) return undefined;
    const parts = partsOf(payload, placesOf(payload) ?? []);
    const places = placesOfLeaves(parts);
    if (
      parts.length > 1 &&
      places.every((place) => typeof place === 'number') &&
      places.length === leaves.length
    ) {
      const layout = new Layout(parts, leaves, places);
      const read = layout.read(payload);
      if (read?.every(({ path, value }, n) => path === leaves[n]?.path && value === leaves[n]?.value))
        return layout;
    }
    return new Layout([payload.slice()], leaves, []);
  }

  // hot: for every message of the journal, in the worker; test/bench/engine.ts
  /** The leaves of a payload, until the next one is read; undefined: it is written in another way. */
  read(payload: Uint8Array): readonly Leaf[] | undefined {
    if (payload.length === 0 || payload.length > largestPayload) return undefined;
    let at = 0;
    for (let n = 0; n < this.#parts.length; n++) {
      const part = this.#parts[n];
      if (part === undefined || !standsAt(payload, part, at)) return undefined;
      at += part.length;
      if (n === this.#leafOf.length) break;
      at = this.#reader.read(payload, at);
      if (at < 0) return undefined;
      const leaf = this.#leafOf[n];
      if (leaf !== undefined) leaf.value = this.#reader.value;
    }
    return at === payload.length ? this.#leaves : undefined;
  }
}

/** Reads the payloads of one topic. */
export class TopicLayout {
  #layout: Layout | undefined;
  #hits = 0;
  #pause = 0;
  #left = 0;

  /** As `leavesOf` gives them, until the next payload is read. */
  leaves(payload: Uint8Array): readonly Leaf[] {
    const read = this.#layout?.read(payload);
    if (read !== undefined) {
      this.#hits++;
      return read;
    }
    const leaves = leavesOf(payload);
    if (this.#hits >= worthwhileHits) this.#pause = this.#left = 0;
    if (this.#left-- > 0) return leaves;
    this.#hits = 0;
    this.#pause = Math.min(2 * this.#pause + 1, longestPause);
    this.#left = this.#pause;
    this.#layout = Layout.of(payload, leaves);
    return leaves;
  }
}
