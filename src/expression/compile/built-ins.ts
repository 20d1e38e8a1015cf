// The built-in functions as one expression links them: checked arguments in, and a function value when one is asked for.
import { type CallSite, type FunctionValue, functionValue } from '../function-value.ts';
import type { FunctionDefinition } from '../functions/definition.ts';
import { findFunction } from '../functions/table.ts';
import type { Run } from '../run.ts';
import { Signature } from '../signature.ts';

type Invoke = (run: Run, ...args: readonly unknown[]) => unknown;

export interface BuiltIn {
  readonly definition: FunctionDefinition;
  readonly signature: Signature;
  /** Only with arguments that the signature let pass. */
  readonly invoke: Invoke;
  /** For `$map(x, $uppercase)`. */
  readonly value: FunctionValue;
  readonly site: CallSite;
  /** Takes functions: it may be entered again before it returns. */
  readonly takesFunctions: boolean;
  /** What it does with functions is to look for matches in a text. */
  readonly takesMatchers: boolean;
}

/** A function that calls functions is a call that they lie in. */
function nested(call: Invoke): Invoke {
  return (run, ...args) => {
    run.enter(1);
    const result = call(run, ...args);
    run.leave(1);
    return result;
  };
}

function link(definition: FunctionDefinition, evaluate: Invoke): BuiltIn {
  const signature = new Signature(definition.signature);
  // the signature is the parser of the arguments: behind it the types of the definition hold
  const call = (definition.call ?? evaluate) as Invoke;
  const takesFunctions = definition.signature.includes('f');
  const invoke = takesFunctions ? nested(call) : call;
  const site: CallSite = { position: undefined, token: undefined };
  const arity = definition.arity ?? signature.params.length;
  const checked = (run: Run, args: readonly unknown[], input: unknown): unknown => {
    run.charge(1);
    return invoke(run, ...signature.validate(run, args, input));
  };
  const value = Object.assign(functionValue(arity, site, checked), {
    params: signature.params.length,
    unchecked: (run: Run, args: readonly unknown[]) => checked(run, signature.padded(args), null),
  });
  const takesMatchers = takesFunctions && signature.params[0]?.letters === 'sm';
  return { definition, signature, invoke, value, site, takesFunctions, takesMatchers };
}

/** Linked once per expression, when it is first named. */
export class BuiltIns {
  readonly #linked = new Map<string, BuiltIn>();
  /** What `$eval` does where it is a value and nothing is known of what surrounds it. */
  readonly #evaluate: Invoke;

  constructor(evaluate: Invoke) {
    this.#evaluate = evaluate;
  }

  find(name: string): BuiltIn | undefined {
    const known = this.#linked.get(name);
    if (known !== undefined) return known;
    const definition = findFunction(name);
    if (definition === undefined) return undefined;
    const made = link(definition, this.#evaluate);
    this.#linked.set(name, made);
    return made;
  }
}
