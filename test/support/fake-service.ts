// A service of the house that rules call, answered by the case when it wants to.
import { HomeruleError } from '../../src/base/index.ts';
import type { Service } from '../../src/rules/index.ts';

/** All promises that are settled now have been heard of. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export class FakeService {
  readonly name: string;
  #requests: unknown[] = [];
  #open: PromiseWithResolvers<unknown>[] = [];

  constructor(name: string) {
    this.name = name;
  }

  readonly call: Service = (request) => {
    const answer = Promise.withResolvers<unknown>();
    this.#requests.push(request);
    this.#open.push(answer);
    return answer.promise;
  };

  takeCalls(): string[] {
    return this.#requests.splice(0).map((request) => `${this.name} ${JSON.stringify(request)}`);
  }

  /** The process that asked is gone. */
  forget(): void {
    this.#open = [];
  }

  async answer(value: unknown): Promise<void> {
    this.#open.shift()?.resolve(value);
    await turn();
  }

  async fail(code: string): Promise<void> {
    this.#open.shift()?.reject(new HomeruleError(code, 'unavailable', `failed with ${code}`));
    await turn();
  }
}
