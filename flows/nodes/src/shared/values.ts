// Works out typed values for a message. JSONata is read once, when the node starts; a bad expression is an error there.
import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { messageOf, PaletteError } from './errors.ts';
import type { Typed } from './settings.ts';

export type Value = (msg: NodeMessage) => Promise<unknown>;

export class Values {
  readonly #RED: Pick<NodeAPI, 'util'>;
  readonly #node: Node;

  constructor(RED: Pick<NodeAPI, 'util'>, node: Node) {
    this.#RED = RED;
    this.#node = node;
  }

  /** Throws `bad-expression`. */
  prepare({ value, type }: Typed): Value {
    if (type === 'jsonata') return this.#expression(value);
    if (type === 'str') return async () => value;
    return (msg) => this.#property(value, type, msg);
  }

  #property(value: string, type: string, msg: NodeMessage): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#RED.util.evaluateNodeProperty(value, type, this.#node, msg, (error, result) =>
        error === null || error === undefined ? resolve(result) : reject(error),
      );
    });
  }

  #expression(source: string): Value {
    const { util } = this.#RED;
    let prepared: ReturnType<typeof util.prepareJSONataExpression>;
    try {
      prepared = util.prepareJSONataExpression(source, this.#node);
    } catch (cause) {
      throw new PaletteError('bad-expression', `"${source}" cannot be read: ${messageOf(cause)}`, { cause });
    }
    return (msg) =>
      new Promise((resolve, reject) => {
        util.evaluateJSONataExpression(prepared, msg, (error, result) =>
          error === null || error === undefined
            ? resolve(result)
            : reject(new PaletteError('bad-expression', messageOf(error), { cause: error })),
        );
      });
  }
}

/** Texts of a value that names several: a list, or text separated by commas. */
export function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : String(value ?? '').split(/[,，、]/);
  return list.map((one) => String(one).trim()).filter((one) => one !== '');
}

/** Throws `bad-value` when it is empty. */
export function textOf(value: unknown, what: string): string {
  const isText = typeof value === 'string' || typeof value === 'number';
  const text = isText ? String(value).trim() : '';
  if (text === '')
    throw new PaletteError('bad-value', `${what}: expected text, got ${JSON.stringify(value) ?? 'nothing'}`);
  return text;
}
