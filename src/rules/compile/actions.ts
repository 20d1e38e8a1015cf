// Lists of actions into the flat plan: verbs, options that all actions have, error policies.
import type { ActionKind } from '../actions/kind.ts';
import { actionKinds } from '../actions/table.ts';
import { pathOf } from '../model/problem.ts';
import type { CompileContext } from './context.ts';
import { entriesOf, entryAt } from './entry.ts';
import { type ErrorPolicy, type Plan, PlanBuilder } from './plan.ts';

const maxInstructions = 2000;

function optionOf(entry: object, key: string): unknown {
  return Object.hasOwn(entry, key) ? Reflect.get(entry, key) : undefined;
}

/** `onError` of one action: a handler goes out of line and comes back behind the action. */
function compileErrorPolicy(
  value: unknown,
  path: string,
  builder: PlanBuilder,
): { readonly policy: ErrorPolicy; markBehind(): void } {
  const outer = { policy: builder.defaults.onError, markBehind: () => undefined };
  if (value === undefined) return outer;
  if (value === 'stop' || value === 'continue') return { ...outer, policy: value };
  if (typeof value !== 'object' || value === null) {
    builder.context.report({
      path,
      code: 'bad-value',
      message: 'onError is stop, continue or a list of actions',
    });
    return outer;
  }
  const handler = builder.label();
  const behind = builder.label();
  builder.later(() => {
    builder.mark(handler);
    builder.block(value, path);
    builder.jump(behind);
  });
  return { policy: handler, markBehind: () => builder.mark(behind) };
}

function compileEntry(value: unknown, path: string, builder: PlanBuilder): void {
  const found = entryAt<ActionKind>(value, { path, what: 'action', kinds: actionKinds }, builder.context);
  if (found === undefined) return;
  const { kind, entry } = found;
  if (optionOf(entry, 'enabled') === false) return;
  const id = optionOf(entry, 'id');
  const { policy, markBehind } = compileErrorPolicy(optionOf(entry, 'onError'), `${path}.onError`, builder);
  const defaults = { path, verb: kind.verb, id: typeof id === 'string' ? id : undefined, onError: policy };
  builder.entry(defaults, () => kind.compile(entry, path, builder));
  markBehind();
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

/** Main actions, `end`, handlers, then `finally`. */
export function compilePlan(document: PlanDocument, context: CompileContext): Plan {
  const builder = new PlanBuilder(context, compileActions);
  const policy = ruleErrorPolicy(document.onError, builder);
  const end = builder.label();
  builder.entry({ path: 'actions', verb: 'end', id: undefined, onError: policy }, () => {
    builder.block(document.actions, 'actions');
    builder.jump(end);
  });
  builder.finish();
  builder.mark(end);
  const finallyAt = builder.instructions.length;
  builder.entry({ path: 'finally', verb: 'end', id: undefined, onError: 'continue' }, () => {
    if (document.finally !== undefined) builder.block(document.finally, 'finally');
  });
  builder.finish();
  if (builder.instructions.length > maxInstructions) {
    context.report({
      path: 'actions',
      code: 'too-long',
      message: `the rule has more than ${maxInstructions} steps`,
    });
  }
  return { instructions: builder.instructions, finallyAt };
}

/** `onError` of the rule: its handler runs, then the run ends as failed with the error it had. */
function ruleErrorPolicy(value: unknown, builder: PlanBuilder): ErrorPolicy {
  if (value === undefined || value === 'stop') return 'stop';
  if (value === 'continue') return 'continue';
  if (typeof value !== 'object' || value === null) {
    builder.context.report({
      path: 'onError',
      code: 'bad-value',
      message: 'onError is stop, continue or a list of actions',
    });
    return 'stop';
  }
  const handler = builder.label();
  builder.later(() => {
    builder.mark(handler);
    builder.entry({ path: 'onError', verb: 'fail', id: undefined, onError: 'stop' }, () => {
      builder.block(value, 'onError');
      builder.emit(() => ({ do: 'end', outcome: 'failed', reason: 'error' }));
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
