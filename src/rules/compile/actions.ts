// Lists of actions into the flat plan: verbs, options that all actions have, error policies.
import type { ActionKind } from '../actions/kind.ts';
import { actionKinds } from '../actions/table.ts';
import { pathOf } from '../model/problem.ts';
import type { CompileContext } from './context.ts';
import { entriesOf, entryAt } from './entry.ts';
import { type ErrorPolicy, type Label, type Plan, PlanBuilder } from './plan.ts';

const maxInstructions = 2000;

function optionOf(entry: object, key: string): unknown {
  return Object.hasOwn(entry, key) ? Reflect.get(entry, key) : undefined;
}

/** `stop`, `continue` or the list of a handler; undefined when it is left out, or wrong (with a finding). */
function policyOf(
  value: unknown,
  path: string,
  context: CompileContext,
): 'stop' | 'continue' | object | undefined {
  if (value === undefined || value === 'stop' || value === 'continue') return value;
  if (typeof value === 'object' && value !== null) return value;
  return context.report({
    path,
    code: 'bad-value',
    message: 'onError is stop, continue or a list of actions',
    params: { why: 'onError' },
  });
}

/** `onError` of one action: a handler goes out of line and comes back behind it; its own errors are its outer's. */
function compileErrorPolicy(
  value: unknown,
  entry: { readonly path: string; readonly behind: Label },
  builder: PlanBuilder,
): ErrorPolicy {
  const { outer } = builder;
  const path = `${entry.path}.onError`;
  const policy = policyOf(value, path, builder.context);
  if (policy === undefined) return outer.onError;
  if (typeof policy === 'string') return policy;
  const handler = builder.label();
  builder.later(() => {
    builder.mark(handler);
    builder.entry({ ...outer, path, behind: builder.label() }, () => {
      builder.block(policy, path);
      builder.jump(entry.behind);
    });
  });
  return handler;
}

function compileEntry(value: unknown, path: string, builder: PlanBuilder): void {
  const found = entryAt<ActionKind>(value, { path, what: 'action', kinds: actionKinds }, builder.context);
  if (found === undefined) return;
  const { kind, entry } = found;
  if (optionOf(entry, 'enabled') === false) return;
  const id = optionOf(entry, 'id');
  const behind = builder.label();
  const onError = compileErrorPolicy(optionOf(entry, 'onError'), { path, behind }, builder);
  const head = { path, verb: kind.verb, id: typeof id === 'string' ? id : undefined, onError, behind };
  builder.entry(head, () => kind.compile(entry, path, builder));
}

function compileActions(list: unknown, path: string, builder: PlanBuilder): void {
  const isList = Array.isArray(list);
  for (const [index, value] of entriesOf(list, path, builder.context).entries()) {
    compileEntry(value, isList ? pathOf(path, index) : path, builder);
  }
}

export interface PlanDocument {
  readonly actions: unknown;
  readonly finally: unknown;
  readonly onError: unknown;
}

/** One list of the document and its handlers, which the run jumps over when it comes to the end of the list. */
function compileWhole(
  list: unknown,
  entry: { readonly path: string; readonly onError: ErrorPolicy },
  builder: PlanBuilder,
): void {
  const end = builder.label();
  builder.entry({ ...entry, verb: 'end', id: undefined, behind: builder.label() }, () => {
    builder.block(list, entry.path);
    builder.jump(end);
  });
  builder.finish();
  builder.mark(end);
}

/** Main actions, their handlers, then `finally` and its handlers. */
export function compilePlan(document: PlanDocument, context: CompileContext): Plan {
  const builder = new PlanBuilder(context, compileActions);
  const onError = ruleErrorPolicy(document.onError, builder);
  compileWhole(document.actions, { path: 'actions', onError }, builder);
  const finallyAt = builder.instructions.length;
  builder.forbidSuspending();
  if (document.finally !== undefined)
    compileWhole(document.finally, { path: 'finally', onError: 'continue' }, builder);
  if (builder.instructions.length > maxInstructions) {
    context.report({
      path: 'actions',
      code: 'too-long',
      message: `the rule has more than ${maxInstructions} steps`,
      params: { why: 'steps', limit: String(maxInstructions) },
    });
  }
  return { instructions: builder.instructions, finallyAt };
}

/** `onError` of the rule: its handler runs, then the run ends as failed with the error it had. */
function ruleErrorPolicy(value: unknown, builder: PlanBuilder): ErrorPolicy {
  const policy = policyOf(value, 'onError', builder.context) ?? 'stop';
  if (typeof policy === 'string') return policy;
  const handler = builder.label();
  const head = { path: 'onError', verb: 'fail', id: undefined, onError: 'stop' } as const;
  builder.later(() => {
    builder.mark(handler);
    builder.entry({ ...head, behind: builder.label() }, () => {
      builder.block(policy, 'onError');
      builder.emit(() => ({ do: 'end', outcome: 'failed', reason: 'error', keepsError: true }));
    });
  });
  return handler;
}

/** Names that `let` and its like make anywhere in the actions. */
export function variablesIn(list: unknown): string[] {
  if (Array.isArray(list)) return list.flatMap((item) => variablesIn(item));
  if (typeof list !== 'object' || list === null) return [];
  const names = Object.values(list).flatMap((item: unknown) =>
    typeof item === 'object' ? variablesIn(item) : [],
  );
  const kind = actionKinds.find((each) => Object.hasOwn(list, each.verb));
  return kind === undefined ? names : [...kind.variables(list), ...names];
}
