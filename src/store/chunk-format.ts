// What writer and reader of journal chunks share. A chunk is a run of entries with its own dictionary of topics and
// names. An entry: kind, seq and time as differences to the entry before, then the fields of that kind.
import type { Input, InputOrigin } from '../rules/index.ts';

type Change = Extract<Input, { kind: 'rule' }>['change'];

/** Positions are on disk: entries are only ever added. */
export const kinds: readonly Input['kind'][] = [
  'message',
  'timer',
  'schedule',
  'startup',
  'shutdown',
  'command',
  'rule',
  'signal',
  'answer',
  'clock',
  'recalled',
  'restored',
];
export const origins: readonly InputOrigin[] = ['client', 'rule', 'bridge', 'flow', 'api'];
export const changes: readonly Change[] = ['saved', 'deleted', 'enabled', 'disabled', 'suspended'];

/** Bits beside the QoS in a message's flags. */
export const flag = { retain: 4, hasStored: 8, stored: 16, cause: 32, userProperties: 64 };

/** What is known of a chunk without reading it. */
export interface ChunkHead {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
}

export interface Chunk extends ChunkHead {
  /** An ArrayBuffer of its own: it may be transferred. */
  readonly data: Uint8Array<ArrayBuffer>;
}
