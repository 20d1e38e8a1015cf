// Nodes of the palette in a real Node-RED runtime, from source, with what they send. Everything is closed after each test.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { NodeAPI, NodeMessage } from 'node-red';
import helper from 'node-red-node-test-helper';
import { afterEach } from 'vitest';
import { type PaletteOptions, palette } from '../../../flows/nodes/src/palette.ts';

helper.init(createRequire(import.meta.url).resolve('node-red'));

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

export function atEnd(run: () => unknown): void {
  undo.push(run);
}

type Saved = Readonly<Record<string, unknown>> & { readonly type: string };

export interface Bench {
  /** What the outputs sent, as `[output, message]`. */
  next(): Promise<readonly [number, NodeMessage]>;
  readonly waiting: () => number;
  /** The next payload of the fence. */
  fenced(): Promise<unknown>;
  /** Sends a message into the node; resolves with the words of its error, or undefined. */
  input(msg: NodeMessage): Promise<unknown>;
  /** Resolves with what is shown when it is as wanted. */
  shown(isWanted: (shown: Shown) => boolean): Promise<Shown>;
}

export interface PlaceOptions extends Partial<PaletteOptions> {
  /** A second node, beside the one under test; its messages are awaited by `fenced`. */
  readonly fence?: Saved;
}

/** What the node showed below it. */
export interface Shown {
  readonly fill?: string;
  readonly shape?: string;
  readonly text?: string;
}

/** Loads one node whose outputs, errors and endings are listened to; `url`: of the house. */
export async function place(
  saved: Saved,
  url: string,
  { fence, ...options }: PlaceOptions = {},
): Promise<Bench> {
  const listener = (id: string) => ({ id, z: 'tab', type: 'helper', wires: [] });
  const flow = [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'n1', z: 'tab', wires: [['out0'], ['out1']], ...saved },
    ...(fence === undefined ? [] : [{ id: 'n2', z: 'tab', wires: [['fence']], ...fence }]),
    { id: 'c1', z: 'tab', type: 'complete', scope: ['n1'], wires: [['done']] },
    { id: 'c2', z: 'tab', type: 'catch', scope: ['n1'], wires: [['caught']] },
    ...['out0', 'out1', 'fence', 'done', 'caught'].map(listener),
  ];
  helper.settings({ homerule: { url } });
  const backoff = { fromMs: 20, toMs: 100, random: () => 0.5 };
  await helper.load((RED: NodeAPI) => palette(RED, { backoff, ...options }), flow);
  atEnd(() => helper.unload());
  return benchOf();
}

function hear(id: string, listener: (msg: NodeMessage) => void): void {
  helper.getNode(id).on('input', listener);
}

function benchOf(): Bench {
  const node = helper.getNode('n1');
  const heard: (readonly [number, NodeMessage])[] = [];
  const shown: Shown[] = [];
  const ends = new Map<string, (error: unknown) => void>();
  const signal = new EventTarget();
  for (const output of [0, 1])
    hear(`out${output}`, (msg) => {
      heard.push([output, msg]);
      signal.dispatchEvent(new Event('heard'));
    });
  const fences: unknown[] = [];
  hear('fence', ({ payload }) => {
    fences.push(payload);
    signal.dispatchEvent(new Event('fence'));
  });
  hear('done', ({ _msgid = '' }) => ends.get(_msgid)?.(undefined));
  hear('caught', ({ _msgid = '', error }) => ends.get(_msgid)?.((error as { message: string }).message));
  const onStatus = ({ args }: { readonly args: readonly [Shown] }): void => {
    shown.push(args[0]);
    signal.dispatchEvent(new Event('shown'));
  };
  node.on('call:status', onStatus);
  return {
    waiting: () => heard.length,
    fenced: async () => {
      while (fences.length === 0) await once(signal, 'fence');
      return fences.shift();
    },
    shown: async (isWanted) => {
      for (;;) {
        const latest = shown.at(-1);
        if (latest !== undefined && isWanted(latest)) return latest;
        await once(signal, 'shown');
      }
    },
    next: async () => {
      while (heard.length === 0) await once(signal, 'heard');
      return heard.shift() ?? [0, {}];
    },
    input: (msg) => {
      const _msgid = `m${Math.random()}`;
      const ended = new Promise((resolve) => ends.set(_msgid, resolve));
      node.receive({ ...msg, _msgid });
      return ended;
    },
  };
}
