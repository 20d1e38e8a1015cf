// A service of the house that rules call, answered by the test when it wants to.
import { HomeruleError } from '../../base/index.ts';
import type { Service } from '../live/calls.ts';
import { TestFault } from './test-fault.ts';

export class StandInService {
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

  /** The oldest call gets its answer. */
  answer(value: unknown): void {
    this.#oldest().resolve(value);
  }

  fail(code: string): void {
    this.#oldest().reject(new HomeruleError(code, 'unavailable', `failed with ${code}`));
  }

  #oldest(): PromiseWithResolvers<unknown> {
    const oldest = this.#open.shift();
    if (oldest === undefined) throw new TestFault(`no call of ${this.name} waits for an answer`);
    return oldest;
  }
}
