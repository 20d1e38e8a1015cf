// The way between a plugin and the house: calls with one answer each, in order, both ways. Both ends of a plugin in the
// process of the house are called directly; to one of its own frames go through the channel of the child process.
import { HomeruleError, messageOf } from '../base/index.ts';
import { fail } from './errors.ts';

export type Answerer = (name: string, args: unknown) => unknown;

export interface Link {
  /** Rejects with what the other side throws, and with `plugin-unavailable` when it is gone. */
  call(name: string, args: unknown): Promise<unknown>;
  /** Who answers the calls of the other side. */
  answerWith(answerer: Answerer): void;
  /** Every call that waits is rejected. */
  close(): void;
}

const gone = () => fail('plugin-unavailable', 'the plugin is switched off or its process ended');
const nobody: Answerer = () => {
  throw gone();
};

class DirectEnd implements Link {
  answerer: Answerer = nobody;
  peer: DirectEnd | undefined;

  call(name: string, args: unknown): Promise<unknown> {
    const { peer } = this;
    return new Promise((resolve, reject) => {
      if (peer === undefined) reject(gone());
      else resolve(peer.answerer(name, args));
    });
  }

  answerWith(answerer: Answerer): void {
    this.answerer = answerer;
  }

  close(): void {
    for (const end of [this.peer, this]) {
      if (end === undefined) continue;
      end.peer = undefined;
      end.answerer = nobody;
    }
  }
}

/** Two ends in one process. */
export function directLinks(): readonly [Link, Link] {
  const [house, plugin] = [new DirectEnd(), new DirectEnd()];
  house.peer = plugin;
  plugin.peer = house;
  return [house, plugin];
}

interface Asked {
  readonly ask: number;
  readonly name: string;
  readonly args: unknown;
}

/** What goes through the channel of a child process (serialization `advanced`: bytes stay bytes). */
export type Frame =
  | Asked
  | { readonly told: number; readonly value: unknown }
  | { readonly failed: number; readonly code: string; readonly message: string };

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export function isFrame(value: unknown): value is Frame {
  if (typeof value !== 'object' || value === null) return false;
  return ['ask', 'told', 'failed'].some((key) => typeof Reflect.get(value, key) === 'number');
}

export class FrameLink implements Link {
  readonly #send: (frame: Frame) => void;
  readonly #pending = new Map<number, Pending>();
  readonly #mostPending: number;
  #answerer: Answerer = nobody;
  #last = 0;
  #isClosed = false;

  constructor(send: (frame: Frame) => void, mostPending: number) {
    this.#send = send;
    this.#mostPending = mostPending;
  }

  call(name: string, args: unknown): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(gone());
    if (this.#pending.size >= this.#mostPending)
      return Promise.reject(fail('plugin-limit', `${this.#mostPending} calls wait for an answer already`));
    const ask = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#pending.set(ask, { resolve, reject });
      this.#send({ ask, name, args });
    });
  }

  answerWith(answerer: Answerer): void {
    this.#answerer = answerer;
  }

  /** A frame came. */
  hear(frame: Frame): void {
    if ('ask' in frame) return void this.#answer(frame);
    const id = 'told' in frame ? frame.told : frame.failed;
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if ('told' in frame) pending?.resolve(frame.value);
    else pending?.reject(new HomeruleError(frame.code, 'invalid', frame.message));
  }

  close(): void {
    this.#isClosed = true;
    this.#answerer = nobody;
    for (const { reject } of this.#pending.values()) reject(gone());
    this.#pending.clear();
  }

  async #answer({ ask, name, args }: Asked): Promise<void> {
    let frame: Frame;
    try {
      frame = { told: ask, value: await this.#answerer(name, args) };
    } catch (error) {
      const code = error instanceof HomeruleError ? error.code : 'plugin-error';
      frame = { failed: ask, code, message: messageOf(error) };
    }
    if (!this.#isClosed) this.#send(frame);
  }
}
