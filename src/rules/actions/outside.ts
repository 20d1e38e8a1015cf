// What actions that call a service outside have in common: parts that may hold secrets, the call, and its answer.

import { concealed, hasSecret } from '../compile/concealed.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Event, Next, PlanBuilder, Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { evaluateValue, RunError } from '../run/evaluate.ts';

/** The named values of a request, as they are written in the entry at `path`; those left out stay out. */
export function compileParts<Name extends string>(
  written: Readonly<Partial<Record<Name, unknown>>>,
  path: string,
  context: CompileContext,
): ValueNode | undefined {
  const given = Object.entries(written).filter(([, value]) => value !== undefined);
  const entries = given.flatMap(([name, value]) => {
    const node = context.outgoing(value, `${path}.${name}`);
    return node === undefined ? [] : [[name, node] as const];
  });
  const [target] = entries;
  if (target !== undefined)
    context.touch({ does: 'call', path, service: target[0], to: concealed(target[1]) });
  return entries.length < given.length ? undefined : { kind: 'map', entries };
}

/** Why the action cannot stand here becomes a finding. */
export function mayCall(path: string, builder: PlanBuilder): boolean {
  if (!builder.maySuspend)
    builder.context.report({ path, code: 'may-not-wait', message: 'finally may not wait' });
  return builder.maySuspend;
}

export interface Request {
  readonly service: string;
  readonly parts: ValueNode;
  readonly isIdempotent: boolean;
  /** What the service is given, of the parts as they are now. */
  of(parts: Readonly<Record<string, unknown>>): unknown;
}

/** The suspension for a call; a secret in it is shown to nobody. */
export function callOf({ service, parts, isIdempotent, of }: Request, step: Step): Next & { do: 'suspend' } {
  const requestOf = (node: ValueNode, frame: Step['frame']): unknown =>
    of(evaluateValue(node, frame) as Readonly<Record<string, unknown>>);
  const call = { service, request: requestOf(parts, step.frame), isIdempotent };
  if (!hasSecret(parts)) return { do: 'suspend', call };
  const seen = requestOf(concealed(parts), { ...step.frame, record: undefined });
  return { do: 'suspend', call: { ...call, shown: seen } };
}

/** The answer, undefined when none came in time; a call that failed is the error of the action. */
export function answerOf(event: Event, path: string): unknown {
  if (event.by === 'error') throw new RunError(event.code, event.message, { path });
  return event.by === 'answer' ? event.value : undefined;
}
