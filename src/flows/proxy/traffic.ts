// What is on its way through the proxy: counted, and bounded.
import { HomeruleError } from '../../base/index.ts';
import { fail } from '../errors.ts';

const mostUnderWay = 256;

export class Traffic {
  #underWay = 0;
  #requests = 0;
  #refused = 0;

  get requests(): number {
    return this.#requests;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Throws `flows-busy`, and what it throws. */
  async request(handle: () => Promise<void>): Promise<void> {
    this.#requests++;
    if (this.#underWay >= mostUnderWay) {
      this.#refused++;
      throw fail('flows-busy', `${mostUnderWay} requests wait for Node-RED already`);
    }
    this.#underWay++;
    try {
      await handle();
    } catch (error) {
      throw this.#counted(error);
    } finally {
      this.#underWay--;
    }
  }

  upgrade(handle: () => void): void {
    this.#requests++;
    try {
      handle();
    } catch (error) {
      throw this.#counted(error);
    }
  }

  #counted(error: unknown): unknown {
    if (error instanceof HomeruleError && error.kind === 'denied') this.#refused++;
    return error;
  }
}
