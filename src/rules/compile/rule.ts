// A document into what the engine runs. All problems at once, each with its path; never an exception.
import type { Timestamp } from '../../base/index.ts';
import type { HomeView, Watched } from '../../expression/index.ts';
import {
  documentKeys,
  idFromName,
  type Mode,
  type RuleDocument,
  ruleDocument,
  ruleIdFault,
} from '../model/document.ts';
import { NameTable, variableFault } from '../model/names.ts';
import type { Overdue } from '../model/overdue.ts';
import { compileOverdue, durationAt } from '../model/overdue.ts';
import { Findings } from '../model/problem.ts';
import type { Trigger } from '../triggers/kind.ts';
import { compilePlan, variablesIn } from './actions.ts';
import type { Condition } from './condition.ts';
import { CompileContext, type HomeSettings } from './context.ts';
import type { Plan } from './plan.ts';
import { compileRows, rowsNow } from './rows.ts';
import { seedOf } from './seed.ts';
import type { PlacedExpression, ValueNode } from './text.ts';
import type { Touch } from './touches.ts';
import { compileTriggers } from './triggers.ts';

/** Frozen; one per version of a rule. */
export interface CompiledRule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly version: number;
  /** It decides as any other; what it wants done is told to its ledger and done by nobody. */
  readonly isShadow: boolean;
  readonly mode: Mode;
  readonly max: number;
  readonly priority: number;
  readonly key: ValueNode | undefined;
  readonly limit: { readonly runs: number; readonly inMs: number } | undefined;
  readonly overdue: Overdue;
  readonly names: NameTable;
  /** Of random numbers; differs between rules. */
  readonly seed: number;
  /** Of all rows of `each`; none while the rows are still to be found. */
  readonly triggers: readonly Trigger[];
  /** `each` as an expression: gives the triggers as the house is now. Throws RunError. */
  readonly triggersNow:
    | ((view: { readonly home: HomeView; readonly at: Timestamp }) => readonly Trigger[])
    | undefined;
  readonly variables: readonly { readonly name: string; readonly value: ValueNode }[];
  readonly condition: Condition | undefined;
  readonly plan: Plan;
  /** What the house must keep for its expressions. */
  readonly watched: readonly Watched[];
  /** What its entries do to the house. */
  readonly touches: readonly Touch[];
  /** What it listens to beside what its expressions read. */
  readonly heard: { readonly filters: readonly string[]; readonly readsDevices: boolean };
  /** All that it evaluates, but for triggers of rows that are still to be found. */
  readonly expressions: readonly PlacedExpression[];
}

/** As it would act if it were no shadow: what a trial of it is to show. */
export function acting(rule: CompiledRule): CompiledRule {
  return rule.isShadow ? { ...rule, isShadow: false } : rule;
}

export interface CompileResult {
  /** Present when there is no problem of severity `error`. */
  readonly rule?: CompiledRule;
  readonly findings: Findings;
}

const defaultMax = 10;
/** Every expression of the rule is compiled with all of them. */
const maxVariables = 200;

/** Those that have a fault are left out. */
export function compileVariables(
  document: Pick<RuleDocument, 'variables'>,
  context: CompileContext,
): CompiledRule['variables'] {
  const variables: { name: string; value: ValueNode }[] = [];
  for (const [name, written] of Object.entries(document.variables ?? {})) {
    const path = `variables.${name}`;
    const fault = variableFault(name);
    if (fault !== undefined) context.report({ path, code: 'bad-variable', message: fault, params: { name } });
    const value = context.value(written, path);
    if (value !== undefined) variables.push({ name, value });
  }
  return variables;
}

function checkWhole(document: RuleDocument, context: CompileContext): void {
  if (
    (document.actions ?? null) === null ||
    (Array.isArray(document.actions) && document.actions.length === 0)
  ) {
    context.report({
      path: 'actions',
      code: 'missing-key',
      message: 'a rule needs actions',
      params: { why: 'actions' },
    });
  }
  if (
    document.triggers === undefined ||
    (Array.isArray(document.triggers) && document.triggers.length === 0)
  ) {
    context.report({
      path: 'triggers',
      code: 'no-trigger',
      severity: 'warning',
      message: 'nothing wakes this rule; it runs only by hand',
    });
  }
  if (document.max !== undefined && document.mode !== 'queued' && document.mode !== 'parallel') {
    context.report({
      path: 'max',
      code: 'needless-max',
      severity: 'warning',
      message: 'max counts only with mode queued or parallel',
    });
  }
}

function idOf(document: RuleDocument, findings: Findings): string {
  const id = document.id ?? (document.name === undefined ? undefined : idFromName(document.name));
  if (id === undefined) {
    findings.add({
      path: '',
      code: 'missing-key',
      message: 'a rule needs an id or a name',
      params: { why: 'name' },
    });
    return '';
  }
  const fault = ruleIdFault(id);
  if (fault !== undefined)
    findings.add({ path: 'id', code: 'bad-id', message: fault, params: { text: id.slice(0, 60) } });
  return id;
}

/** Triggers of every row; of rows that an expression gives they are compiled when the rows are known. */
function compileEach(
  { each, triggers }: RuleDocument,
  context: CompileContext,
): Pick<CompiledRule, 'triggers' | 'triggersNow'> {
  const { rows, expression } = compileRows(each, context);
  if (expression === undefined)
    return { triggers: compileTriggers(triggers, rows ?? [undefined], context), triggersNow: undefined };
  const triggersNow: CompiledRule['triggersNow'] = (view) => {
    const found = compileTriggers(triggers, rowsNow(expression, view), context);
    context.takeExpressions();
    return found;
  };
  return { triggers: [], triggersNow };
}

function compileParts(
  document: RuleDocument,
  id: string,
  context: CompileContext,
): Omit<CompiledRule, 'version'> {
  const { limit, overdue } = document;
  const inMs = limit && durationAt(limit.in, 'limit.in', context);
  return {
    id,
    name: document.name ?? id,
    description: document.description ?? '',
    labels: document.labels ?? [],
    isShadow: document.shadow === true,
    mode: document.mode ?? 'single',
    max: document.max ?? defaultMax,
    priority: document.priority ?? 0,
    key: document.key === undefined ? undefined : context.text(document.key, 'key'),
    limit: limit && inMs !== undefined ? { runs: limit.runs, inMs } : undefined,
    overdue: (overdue && compileOverdue(overdue, 'overdue', context)) ?? 'fire',
    names: context.names,
    seed: seedOf(id),
    ...compileEach(document, context),
    variables: compileVariables(document, context),
    condition:
      document.conditions === undefined ? undefined : context.condition(document.conditions, 'conditions'),
    plan: compilePlan(
      { actions: document.actions ?? [], finally: document.finally, onError: document.onError },
      context.withPast(),
    ),
    watched: context.watched,
    touches: context.touches,
    heard: context.heard,
    expressions: context.takeExpressions(),
  };
}

/** Variables of the rule's head, then those that actions make. */
export function namesOf(value: object): NameTable {
  const named: unknown = Reflect.get(value, 'variables');
  return new NameTable([
    ...(typeof named === 'object' && named !== null ? Object.keys(named) : []),
    ...variablesIn(Reflect.get(value, 'actions')),
    ...variablesIn(Reflect.get(value, 'finally')),
    ...variablesIn(Reflect.get(value, 'onError')),
  ]);
}

/** Checks and compiles a plain document. */
export function compileRule(
  value: unknown,
  options: { readonly version: number; readonly home: HomeSettings },
): CompileResult {
  const findings = new Findings();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'expected a rule: keys such as name, triggers, actions';
    findings.add({ path: '', code: 'bad-value', message, params: { why: 'rule' } });
    return { findings };
  }
  const names = namesOf(value);
  if (names.variables.length > maxVariables) {
    const message = `the rule has ${names.variables.length} variables, the most is ${maxVariables}`;
    const params = { why: 'variables', count: String(names.variables.length), limit: String(maxVariables) };
    findings.add({ path: 'variables', code: 'too-long', message, params });
    return { findings };
  }
  const context = new CompileContext({ names, findings, home: options.home, past: 'refused' });
  const document = context.read(ruleDocument, value, { path: '', keys: documentKeys });
  if (document === undefined) {
    // Whatever its head says, the rest is checked too: a person mends everything in one go.
    compileParts(
      {
        triggers: Reflect.get(value, 'triggers'),
        conditions: Reflect.get(value, 'conditions'),
        actions: Reflect.get(value, 'actions'),
        finally: Reflect.get(value, 'finally'),
        onError: Reflect.get(value, 'onError'),
        variables: ruleDocument.shape.variables.safeParse(Reflect.get(value, 'variables')).data,
      },
      '',
      context,
    );
    return { findings };
  }
  const id = idOf(document, findings);
  checkWhole(document, context);
  const rule = Object.freeze({ ...compileParts(document, id, context), version: options.version });
  return findings.hasErrors ? { findings } : { rule, findings };
}
