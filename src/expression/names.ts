// What an expression may name: bindings and functions. Collects the problems.
import { type ErrorParams, nearest } from '../base/index.ts';
import type { CallNode, NameNode, Node, VariableNode } from './ast.ts';
import type { ExpressionProblem } from './contract.ts';
import { findFunction, functionNames } from './functions/table.ts';
import type { Code } from './run.ts';
import { type Secrets, secretFunction } from './secrets.ts';
import type { Spans } from './spans.ts';

/** Fields that payloads of home devices usually have. */
const payloadFields = new Set([
  'action',
  'battery',
  'brightness',
  'celsius',
  'click',
  'co2',
  'contact',
  'current',
  'distance',
  'energy',
  'humidity',
  'illuminance',
  'level',
  'lux',
  'motion',
  'occupancy',
  'on',
  'open',
  'position',
  'power',
  'presence',
  'pressure',
  'smoke',
  'state',
  'status',
  'tamper',
  'temp',
  'temperature',
  'value',
  'voltage',
  'water_leak',
]);

interface Wrong {
  readonly code: string;
  readonly message: string;
  readonly token?: string;
  readonly params?: ErrorParams;
  readonly suggestion?: string | undefined;
  readonly severity?: 'error' | 'warning';
}

function slotCode(slot: number): Code {
  return (run) => run.slot(slot);
}

export class Names {
  readonly problems: ExpressionProblem[] = [];
  readonly #names: readonly string[] | undefined;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #spans: Spans;
  readonly secrets: Secrets;

  constructor(names: readonly string[] | undefined, spans: Spans, secrets: Secrets) {
    this.secrets = secrets;
    this.#names = names;
    this.#slots = new Map((names ?? []).map((name, slot) => [name, slot]));
    this.#spans = spans;
  }

  /** Whether the root is made of known bindings; otherwise it is any value, and unknown names are missing. */
  get areKnown(): boolean {
    return this.#names !== undefined;
  }

  /** Of a bare name at the root, where that is a binding. */
  slotOf(node: Node): number | undefined {
    return node.type === 'name' ? this.#slots.get(node.name) : undefined;
  }

  /** The value of a bare name at the root. */
  read(node: NameNode): Code {
    const slot = this.#slots.get(node.name);
    if (slot !== undefined) return slotCode(slot);
    const suggestion = this.#nameMeantBy(node.name);
    this.report(node, {
      code: 'unknown-name',
      message: `"${node.name}" is not a name that is known here`,
      token: node.name,
      suggestion,
    });
    return () => undefined;
  }

  /** A binding by its name with `$`. */
  find(name: string): Code | undefined {
    const slot = this.#slots.get(name);
    return slot === undefined ? undefined : slotCode(slot);
  }

  /** The root as one value. */
  readAll(): Code {
    const names = this.#names ?? [];
    return (run) => {
      run.allocateItems(names.length);
      const entries = names.map((name, slot) => [name, run.slot(slot)] as const);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    };
  }

  #nameMeantBy(name: string): string | undefined {
    const names = this.#names ?? [];
    if (payloadFields.has(name) && names.includes('payload')) return `payload.${name}`;
    const near = nearest(name, names);
    if (near !== undefined) return near;
    if (findFunction(name)) return `$${name}()`;
    return names.includes('payload') ? `payload.${name}` : undefined;
  }

  /** A `$name` that stands for nothing, as a value or as what is called. */
  unknownVariable(node: VariableNode, visible: readonly string[]): void {
    if (this.#names === undefined) return;
    const near = nearest(node.name, [...visible, ...this.#names, ...functionNames()]);
    this.report(node, {
      code: 'unknown-name',
      message: `$${node.name} is neither a variable nor a function`,
      token: node.name,
      params: { why: 'variable' },
      suggestion: near && `$${near}`,
    });
  }

  unknownFunction(node: VariableNode, visible: readonly string[]): void {
    if (this.#names === undefined) return;
    const near = nearest(node.name, [...functionNames(), ...visible]);
    this.report(node, {
      code: 'unknown-function',
      message: `there is no function $${node.name}`,
      token: node.name,
      suggestion: near && `$${near}`,
    });
  }

  /** `sum(x)`: a call of a bare name. */
  checkProcedure(node: Node): boolean {
    const first = node.type === 'path' && node.steps.length === 1 ? node.steps[0] : undefined;
    if (!this.areKnown || first?.type !== 'name') return true;
    const near = findFunction(first.name)?.name ?? nearest(first.name, functionNames());
    this.report(first, {
      code: 'unknown-function',
      message: `"${first.name}" is not a function; functions begin with $`,
      token: first.name,
      params: { why: 'bare' },
      suggestion: near && `$${near}`,
    });
    return false;
  }

  checkBind(node: { readonly name: string; readonly target: Node }): void {
    if (!this.#slots.has(node.name)) return;
    const message = `$${node.name} would hide the binding "${node.name}"`;
    this.report(node.target, { code: 'hidden-name', message, token: node.name });
  }

  checkFunction(node: VariableNode): boolean {
    if (node.name !== secretFunction) return true;
    const message = '$secret can only be called, as in $secret("name")';
    this.report(node, { code: 'secret-exposed', message, token: node.name });
    return false;
  }

  /** A call of `$secret`: whether it may stand where it does. */
  checkSecret(node: CallNode): void {
    const message = this.secrets.callFault(node);
    if (message !== undefined) this.report(node, { code: 'secret-exposed', message, token: secretFunction });
  }

  refuse(node: Node, construct: string): void {
    this.report(node, {
      code: 'not-supported',
      message: `${construct} is not supported yet`,
      params: { construct },
    });
  }

  report(node: Node, { code, message, token, params, suggestion, severity = 'error' }: Wrong): void {
    const position = this.#positionOf(node);
    this.problems.push({
      code,
      message,
      position,
      ...(token === undefined ? {} : { token }),
      ...(params === undefined ? {} : { params }),
      ...(suggestion === undefined ? {} : { suggestion }),
      severity,
    });
  }

  #positionOf(node: Node): number {
    if (node.type === 'call') return this.#spans.of(node).start;
    return this.#spans.startOf(node.position);
  }
}
