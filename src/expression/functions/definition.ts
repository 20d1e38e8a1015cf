// What an entry of the function table is. The signature is what makes the types of `call` true.
import type { Run } from '../run.ts';

export interface FunctionExample {
  readonly source: string;
  readonly result: unknown;
}

/**
 * What the value of a function depends on beside its arguments: the clock, the clock if a picture is given, a window of
 * time that ends now (its second argument), random numbers; the state of the topic, topics under the filter, variable of
 * the house or device that its first argument names; devices whichever there are; or whatever its code does.
 */
export type FunctionReads =
  | 'clock'
  | 'clock-with-picture'
  | 'window'
  | 'random'
  | 'topic'
  | 'filter'
  | 'variable'
  | 'device'
  | 'devices'
  | 'anything';

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
  readonly reads?: readonly FunctionReads[];
  /** What it is called with has passed the signature, which makes these types true. Absent where it is the compiler's: `$eval`. */
  readonly call?: (run: Run, ...args: never[]) => unknown;
}
