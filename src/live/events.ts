// What a subscription to every item has not sent yet: all of it in order, as the JSON that it will be, bounded in number and in
// size, oldest dropped and counted.
import type { Waiting } from './pending.ts';

export interface EventBounds {
  readonly items: number;
  readonly characters: number;
}

export class Events implements Waiting {
  readonly #bounds: EventBounds;
  readonly #texts: string[] = [];
  #characters = 0;
  #lagged = 0;

  constructor(bounds: EventBounds) {
    this.#bounds = bounds;
  }

  get isEmpty(): boolean {
    return this.#texts.length === 0 && this.#lagged === 0;
  }

  push(_key: string, item: unknown): void {
    const text = JSON.stringify(item);
    this.#texts.push(text);
    this.#characters += text.length;
    const { items, characters } = this.#bounds;
    while (this.#texts.length > items || (this.#characters > characters && this.#texts.length > 1)) {
      this.shift();
      this.#lagged++;
    }
  }

  drop(): void {
    this.#lagged += this.#texts.length;
    this.#texts.length = 0;
    this.#characters = 0;
  }

  shift(): string | undefined {
    const text = this.#texts.shift();
    this.#characters -= text?.length ?? 0;
    return text;
  }

  takeLagged(): number {
    const lagged = this.#lagged;
    this.#lagged = 0;
    return lagged;
  }
}
