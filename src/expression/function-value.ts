// Functions as values (a lambda, a built-in handed to $map), and how one is called with a list of arguments.
import { Failure } from './errors.ts';
import type { Pattern } from './regex/pattern.ts';
import type { Code, Frame, Run } from './run.ts';

/** Where a function was last called from: its errors are reported there, as the jsonata package does. */
export interface CallSite {
  position: number | undefined;
  token: string | undefined;
}

/** What only functions of this evaluator carry: no value from outside can be taken for one, not even a function. */
const brand: unique symbol = Symbol('function of an expression');

export interface FunctionValue {
  (run: Run, args: readonly unknown[], input: unknown): unknown;
  /** How many arguments it takes; $map and the like pass no more. */
  readonly arity: number;
  /** How many arguments partial application can fill in. */
  readonly params: number;
  /** The call behind a signature that was written for a lambda. */
  readonly unchecked: (run: Run, args: readonly unknown[], input: unknown) => unknown;
  readonly site: CallSite;
  /** Stands for a function that was handed over as an argument: calls of it leave no place behind. */
  readonly isWrapper: boolean;
  /** A regular expression that was written as the argument of a built-in function. */
  readonly pattern?: Pattern;
  readonly [brand]: true;
}

export function functionValue(
  arity: number,
  site: CallSite,
  call: (run: Run, args: readonly unknown[], input: unknown) => unknown,
): FunctionValue {
  return Object.assign(call, {
    arity,
    params: arity,
    unchecked: call,
    site,
    isWrapper: false,
    [brand]: true,
  } as const);
}

/** A function that no expression wrote: calls of it leave no place behind. */
export function nativeFunction(
  arity: number,
  call: (run: Run, args: readonly unknown[]) => unknown,
): FunctionValue {
  const site: CallSite = { position: undefined, token: undefined };
  return Object.assign(call, {
    arity,
    params: arity,
    unchecked: call,
    site,
    isWrapper: true,
    [brand]: true,
  } as const);
}

/** A function as an argument. */
export function wrapped(target: FunctionValue): FunctionValue {
  if (target.isWrapper) return target;
  const { arity, params } = target;
  const made = nativeFunction(arity, (run, args) => apply(run, target, args, null));
  return Object.assign(made, { params });
}

export function isFunctionValue(value: unknown): value is FunctionValue {
  return typeof value === 'function' && brand in value;
}

/** A call in tail position that its caller still has to make: recursion in constant depth. */
export class TailCall {
  readonly target: TailTarget;
  readonly input: unknown;
  readonly frame: Frame;

  constructor(target: TailTarget, input: unknown, frame: Frame) {
    this.target = target;
    this.input = input;
    this.frame = frame;
  }
}

export interface TailTarget {
  readonly procedure: Code;
  readonly args: readonly Code[];
  readonly position: number;
  /** The name, where it is called by one. */
  readonly token: string | undefined;
}

function applyOnce(run: Run, target: unknown, args: readonly unknown[], input: unknown): unknown {
  if (!isFunctionValue(target)) throw new Failure('T1006');
  try {
    return target(run, args, input);
  } catch (thrown) {
    if (thrown instanceof Failure) {
      thrown.token ??= target.site.token;
      thrown.position = target.site.position ?? thrown.position;
    }
    throw thrown;
  }
}

/** Calls it, and then whatever tail calls it hands back. */
export function apply(run: Run, target: unknown, args: readonly unknown[], input: unknown): unknown {
  let result = applyOnce(run, target, args, input);
  while (result instanceof TailCall) {
    const { target: next, input: context, frame } = result;
    run.charge(1);
    const procedure = next.procedure(run, context, frame);
    if (!isFunctionValue(procedure)) throw new Failure('T1006', {}, next.position, next.token);
    procedure.site.token = next.token ?? procedure.site.token;
    procedure.site.position = next.position;
    const values = next.args.map((arg) => arg(run, context, frame));
    result = applyOnce(run, procedure, values, input);
  }
  return result;
}

/** Calls a function given to $map and the like with as many of (value, position, whole) as it takes. */
export function callBack(run: Run, target: FunctionValue, args: readonly unknown[]): unknown {
  run.charge(1);
  return apply(run, target, args.slice(0, Math.max(1, target.arity)), null);
}
