// What an entry of the function table is. The signature is what makes the types of `call` true.
import type { Run } from '../run.ts';

export interface FunctionExample {
  readonly source: string;
  readonly result: unknown;
}

export interface FunctionDefinition {
  readonly name: string;
  /** As in JSONata: `<s-nn?:s>`. */
  readonly signature: string;
  /** One sentence. */
  readonly en: string;
  readonly zh: string;
  readonly example: FunctionExample;
  /** How many arguments it takes when it is handed to $map and the like; the parameters of the signature when absent. */
  readonly arity?: number;
  /** Whether its value may differ with the clock alone. */
  readonly readsClock?: boolean;
  /** Arguments from this one on (1-based) are not supported. */
  readonly unsupportedFrom?: number;
  /** What it is called with has passed the signature, which is what makes these types true. */
  readonly call: (run: Run, ...args: never[]) => unknown;
}
