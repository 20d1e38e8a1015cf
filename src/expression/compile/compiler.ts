// From a syntax tree to code: one function per kind of node, and what all kinds have in common.
import type { CallNode, Node, PartialNode, VariableNode } from '../ast.ts';
import type { CompileOptions } from '../contract.ts';
import { Names } from '../names.ts';
import { type Code, Frame } from '../run.ts';
import { Secrets, secretFunction } from '../secrets.ts';
import type { Spans } from '../spans.ts';
import { collapse, Sequence, WrappedInput } from '../values.ts';
import { compileArray } from './arrays.ts';
import { compileBind, compileParent, compileVariable, framed, sequenceOf } from './bindings.ts';
import { BuiltIns } from './built-ins.ts';
import { compileApply, compileCall } from './calls.ts';
import { evaluatorAt } from './evaluating.ts';
import { compileFilters } from './filters.ts';
import { compileLambda, compileTailCall } from './lambdas.ts';
import { compileCondition, compileDefault } from './logic.ts';
import { compileObject, groupCode } from './objects.ts';
import { compileBinary, compileNegate } from './operators.ts';
import { type Compiler, type Part, type Place, settled } from './part.ts';
import { compilePartial } from './partials.ts';
import { compileName, compilePath } from './paths.ts';
import { compileRegex } from './regexes.ts';
import { compileTransform } from './transforms.ts';
import { isStream, itemsOfStream } from './tuple-streams.ts';
import { boundIn, Variables } from './variables.ts';
import { compileDescendants, compileWildcard } from './wildcards.ts';

export interface CompilerOptions {
  readonly names: readonly string[] | undefined;
  readonly spans: Spans;
  /** Told of each part whose values shall be recorded; its number is what the recorder gets. */
  readonly observe?: (node: Node) => number;
  readonly secrets?: CompileOptions['secrets'];
}

const hidden: ReadonlySet<Node['type']> = new Set([
  'literal',
  'regex',
  'lambda',
  'name',
  'parent',
  'partial',
  'transform',
]);

/** Constants explain nothing; a range is no expression outside its brackets. */
function isShown(node: Node): boolean {
  if (node.type === 'binary') return node.operator !== '..';
  return !hidden.has(node.type);
}

export class NodeCompiler implements Compiler {
  readonly names: Names;
  readonly builtIns: BuiltIns;
  readonly #knownNames: readonly string[] | undefined;
  readonly #observe: ((node: Node) => number) | undefined;

  constructor({ names, spans, observe, secrets }: CompilerOptions) {
    this.names = new Names(names, spans, new Secrets(secrets));
    this.#knownNames = names;
    this.#observe = observe;
    const place = { variables: new Variables([]), isItem: false, isObserved: false };
    const evaluate = evaluatorAt(this, place);
    this.builtIns = new BuiltIns((run, ...args) =>
      evaluate(run, args, { input: null, frame: new Frame(0, undefined) }),
    );
  }

  within(spans: Spans): Compiler {
    // the text may come from a payload, which must not ask for secrets
    return new NodeCompiler({ names: this.#knownNames, spans, secrets: 'refused' });
  }

  /** The whole expression. */
  program(node: Node): { readonly code: Code; readonly frameSize: number } {
    const variables = new Variables(boundIn([node]));
    const { code } = this.compile(node, { variables, isItem: false, isObserved: true });
    return { code, frameSize: variables.size };
  }

  /** One node with its filters and its grouping; its values hold no sequence that has still to be collapsed. */
  compile(node: Node, place: Place): Part {
    const part = isStream(node)
      ? itemsOfStream(this, node, place)
      : this.#finished(node, this.#kind(node, place), place);
    return place.isObserved ? this.#observed(node, part) : part;
  }

  #finished(node: Node, part: Part, place: Place): Part {
    const filters = compileFilters(this, node.predicates, place);
    if (filters === undefined && !node.keepArray && (node.group === undefined || node.type === 'path')) {
      if (part.isSettled) return part;
      const { code } = part;
      return settled((run, input, frame) => collapse(code(run, input, frame)), part.kind);
    }
    const filtered: Code = filters
      ? (run, input, frame) => filters(run, part.code(run, input, frame), frame)
      : part.code;
    const isGrouped = node.group !== undefined && node.type !== 'path';
    const grouped =
      isGrouped && node.group ? groupCode(this, node.group, { place, value: filtered }) : filtered;
    return settled((run, input, frame) => {
      const value = grouped(run, input, frame);
      if (node.keepArray && value instanceof Sequence) value.keepSingleton = true;
      return collapse(value);
    });
  }

  #observed(node: Node, part: Part): Part {
    if (this.#observe === undefined || !isShown(node)) return part;
    const number = this.#observe(node);
    const { code } = part;
    return settled((run, input, frame) => {
      const value = code(run, input, frame);
      run.record?.(number, value);
      return value;
    }, part.kind);
  }

  #kind(node: Node, place: Place): Part {
    switch (node.type) {
      case 'literal':
        return { ...settled(() => node.value), literal: node.value };
      case 'regex':
        return compileRegex(this, node);
      case 'name':
        return compileName(this, node, place);
      case 'path':
        return compilePath(this, node, place);
      case 'variable':
        return compileVariable(this, node, place);
      case 'wildcard':
        return compileWildcard(this, place);
      case 'descendant':
        return compileDescendants(this, place);
      case 'parent':
        return compileParent(node, place);
      case 'negate':
        return compileNegate(this, node, place);
      case 'array':
        return compileArray(this, node, place);
      case 'object':
        return compileObject(this, node, place);
      case 'binary':
        return compileBinary(this, node, place);
      case 'condition':
        return compileCondition(this, node, place);
      case 'default':
        return compileDefault(this, node, place);
      case 'block':
        return this.#block(node.items, place);
      case 'bind':
        return compileBind(this, node, place);
      case 'call':
        return compileCall(this, node, place);
      case 'lambda':
        return compileLambda(this, node, place);
      case 'partial':
        return compilePartial(this, node, place);
      case 'transform':
        return compileTransform(this, node, place);
      case 'tail-call':
        return compileTailCall(this, node, place);
      case 'apply':
        return compileApply(this, node, place);
      case 'sort':
        return settled(() => undefined);
      case 'unsupported':
        this.names.refuse(node, node.construct);
        return settled(() => undefined);
    }
  }

  #block(items: readonly Node[], outer: Place): Part {
    const variables = new Variables(boundIn(items), outer.variables);
    const isHolding = variables.size > 0;
    const place = isHolding ? { ...outer, variables } : outer;
    const parts = items.map((item) => this.compile(item, place));
    const [only] = parts;
    if (!isHolding && only !== undefined && parts.length === 1) return settled(only.code, only.kind);
    const code = sequenceOf(parts.map((part) => part.code));
    return settled(isHolding ? framed(code, variables.size) : code);
  }

  /** The value of `$`. */
  context(place: Place): Code {
    if (this.names.areKnown && !place.isItem) return this.names.readAll();
    return (_run, input) => (input instanceof WrappedInput ? input[0] : collapse(input));
  }

  /** The value of `$$`. */
  root(): Code {
    return this.names.areKnown ? this.names.readAll() : (run) => run.slot(0);
  }

  /** A variable that no block or function binds: a function or a binding. */
  outsideVariable(name: string): Code {
    const builtIn = name === secretFunction ? undefined : this.builtIns.find(name);
    if (builtIn === undefined) return this.names.find(name) ?? (() => undefined);
    return () => builtIn.value;
  }

  unboundVariable(node: VariableNode, place: Place): Code {
    if (!this.names.checkFunction(node)) return () => undefined;
    const isKnown = this.builtIns.find(node.name) !== undefined || this.names.find(node.name) !== undefined;
    if (!isKnown) this.names.unknownVariable(node, place.variables.names());
    return this.outsideVariable(node.name);
  }

  /** What a call calls, where that is not a built-in. */
  procedure(call: CallNode | PartialNode, place: Place): Code {
    const { procedure } = call;
    if (!this.names.checkProcedure(procedure)) return () => undefined;
    if (procedure.type !== 'variable') return this.compile(procedure, { ...place, isObserved: false }).code;
    const isBound = place.variables.find(procedure.name).length > 0;
    const isKnown = isBound || this.builtIns.find(procedure.name) !== undefined || !this.names.areKnown;
    if (isKnown) return this.compile(procedure, { ...place, isObserved: false }).code;
    this.names.unknownFunction(procedure, place.variables.names());
    return () => undefined;
  }
}
