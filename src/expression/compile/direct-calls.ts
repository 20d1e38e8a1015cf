// Calls of a built-in function that is known when compiling; the number of arguments decides the shape of the code.
import { Failure } from '../errors.ts';
import { type CallSite, isFunctionValue, wrapped } from '../function-value.ts';
import type { Code, Run } from '../run.ts';
import type { BuiltIn } from './built-ins.ts';

/** A failure takes the place of the call; its name only when it has none yet. */
export function failedIn(thrown: unknown, site: Readonly<CallSite>): unknown {
  if (thrown instanceof Failure) {
    thrown.token ??= site.token;
    thrown.position = site.position ?? thrown.position;
  }
  return thrown;
}

export interface DirectCall {
  readonly builtIn: BuiltIn;
  readonly args: readonly Code[];
  /** What stands in for an argument that is left out. */
  readonly context: Code;
  readonly site: Readonly<CallSite>;
}

/**
 * A function that takes functions may be entered again before it returns: the place of its latest call counts, as in the
 * jsonata package, and it is set after the arguments were evaluated.
 */
function entered({ builtIn, site }: DirectCall): Readonly<CallSite> {
  if (!builtIn.takesFunctions) return site;
  builtIn.site.position = site.position;
  builtIn.site.token = site.token;
  return builtIn.site;
}

/** For any arguments: fills in the context and makes lists where the signature wants it. */
function anyCall(call: DirectCall): Code {
  const { builtIn, args, context } = call;
  const { signature, invoke, takesFunctions } = builtIn;
  return (run, input, frame) => {
    const values = args.map((arg) => {
      const value = arg(run, input, frame);
      return takesFunctions && isFunctionValue(value) ? wrapped(value) : value;
    });
    const site = entered(call);
    try {
      run.charge(1);
      if (signature.fits(run, values)) return invoke(run, ...values);
      return invoke(run, ...signature.validate(run, values, context(run, input, frame)));
    } catch (thrown) {
      throw failedIn(thrown, site);
    }
  };
}

function invoked(run: Run, { builtIn, site }: DirectCall): unknown {
  try {
    run.charge(1);
    return builtIn.invoke(run);
  } catch (thrown) {
    throw failedIn(thrown, site);
  }
}

/** The rare arguments that do not fit as they are go the long way, already evaluated. */
function withValues(call: DirectCall, values: readonly unknown[]): Code {
  return anyCall({ ...call, args: values.map((value) => () => value) });
}

// hot: test/bench/expression.ts
function oneArgument(call: DirectCall, arg: Code, fits: (value: unknown) => boolean): Code {
  const { invoke } = call.builtIn;
  return (run, input, frame) => {
    const value = arg(run, input, frame);
    if (!fits(value)) return withValues(call, [value])(run, input, frame);
    const site = entered(call);
    try {
      run.charge(1);
      return invoke(run, value);
    } catch (thrown) {
      throw failedIn(thrown, site);
    }
  };
}

// hot: test/bench/expression.ts
function twoArguments(
  call: DirectCall,
  codes: readonly [Code, Code],
  fits: readonly ((value: unknown) => boolean)[],
): Code {
  const { invoke } = call.builtIn;
  const [first, second] = codes;
  const [fitsFirst, fitsSecond] = fits;
  return (run, input, frame) => {
    const a = first(run, input, frame);
    const b = second(run, input, frame);
    if (!fitsFirst?.(a) || !fitsSecond?.(b)) return withValues(call, [a, b])(run, input, frame);
    const site = entered(call);
    try {
      run.charge(1);
      return invoke(run, a, b);
    } catch (thrown) {
      throw failedIn(thrown, site);
    }
  };
}

export function directCall(call: DirectCall): Code {
  const { builtIn, args } = call;
  const tests = builtIn.signature.testsFor(args.length);
  const [first, second] = args;
  if (tests === undefined || args.length > 2) return anyCall(call);
  if (first === undefined) return (run) => invoked(run, call);
  const [test] = tests;
  if (second !== undefined) return twoArguments(call, [first, second], tests);
  return test === undefined ? anyCall(call) : oneArgument(call, first, test);
}
