// Who wants to know when a device changes: by its id, by a label that leads to it, or whatever device it is.
import type { Undo } from '../../base/index.ts';
import type { DeviceNews } from '../../devices/index.ts';
import type { DeviceReads } from '../compile/reads.ts';

export class DevicesIndex<Value> {
  readonly #byId = new Map<string, Set<Value>>();
  readonly #byLabel = new Map<string, Set<Value>>();
  readonly #any = new Set<Value>();

  get isEmpty(): boolean {
    return this.#byId.size + this.#byLabel.size + this.#any.size === 0;
  }

  add({ ids, labels, isAny }: DeviceReads, value: Value): Undo {
    if (isAny) this.#any.add(value);
    for (const id of ids) put(this.#byId, id, value);
    for (const label of labels) put(this.#byLabel, label, value);
    return () => {
      this.#any.delete(value);
      for (const id of ids) take(this.#byId, id, value);
      for (const label of labels) take(this.#byLabel, label, value);
    };
  }

  /** May give one more than once. */
  *match({ ids, labels }: DeviceNews): Iterable<Value> {
    yield* this.#any;
    for (const id of ids) yield* this.#byId.get(id) ?? [];
    for (const label of labels) yield* this.#byLabel.get(label) ?? [];
  }
}

function put<Value>(index: Map<string, Set<Value>>, key: string, value: Value): void {
  index.set(key, (index.get(key) ?? new Set()).add(value));
}

function take<Value>(index: Map<string, Set<Value>>, key: string, value: Value): void {
  const values = index.get(key);
  values?.delete(value);
  if (values?.size === 0) index.delete(key);
}
