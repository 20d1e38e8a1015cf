// `a.b[c].d`: a short code for names of plain objects, and the exact walk for everything that has arrays in it.
import { isBare, type NameNode, type Node, type PathNode, tupleStart } from '../ast.ts';
import type { Code, Frame, Run } from '../run.ts';
import { collapse, isObject, Sequence } from '../values.ts';
import { groupCode } from './objects.ts';
import { type Compiler, type Part, type Place, settled, unsettled } from './part.ts';
import { compileStep, fieldOf, flatten, isOwnOnly, kept, nameCode, type Step } from './steps.ts';
import { compileTuplePath } from './tuple-streams.ts';

/** A bare name on its own: a field of the item, or a binding. */
export function compileName(compiler: Compiler, node: NameNode, place: Place): Part {
  return settled(place.isItem || !compiler.names.areKnown ? nameCode(node.name) : compiler.names.read(node));
}

interface Route {
  readonly steps: readonly Node[];
  readonly place: Place;
}

/** `$.payload.x` and `$$.payload.x` mean `payload.x` where the root is made of bindings. */
function routeOf(compiler: Compiler, { steps }: PathNode, place: Place): Route {
  const [first, second] = steps;
  if (!compiler.names.areKnown || first?.type !== 'variable' || second?.type !== 'name')
    return { steps, place };
  const isRoot = first.name === '$' || (first.name === '' && !place.isItem);
  if (!isRoot || !isBare(first)) return { steps, place };
  return { steps: steps.slice(1), place: { ...place, isItem: false } };
}

/** From the value that one step has for a single item on to the end of the path. */
type Resume = (run: Run, value: unknown, frame: Frame) => unknown;

function resumeAfter(steps: readonly Step[], index: number): Resume {
  const rest = steps.slice(index + 1);
  return (run, value, frame) => {
    let items: readonly unknown[] | undefined = flatten(run, [value], rest.length === 0);
    for (const { walk } of rest) {
      if (items === undefined || items.length === 0) break;
      items = walk(run, items, frame);
    }
    return collapse(items);
  };
}

// hot: test/bench/expression.ts
function oneField(first: Code, key: string, [resume, finish]: readonly [Resume, Resume]): Code {
  return (run, input, frame) => {
    const value = first(run, input, frame);
    if (!isObject(value)) return Array.isArray(value) ? resume(run, value, frame) : undefined;
    const field = value[key];
    return field instanceof Sequence ? finish(run, field, frame) : field;
  };
}

/** The same of a binding, which most paths of conditions are. */
// hot: test/bench/expression.ts
function bindingField(slot: number, key: string, [resume, finish]: readonly [Resume, Resume]): Code {
  return (run, _input, frame) => {
    const value = run.slot(slot);
    if (!isObject(value)) return Array.isArray(value) ? resume(run, value, frame) : undefined;
    const field = value[key];
    return field instanceof Sequence ? finish(run, field, frame) : field;
  };
}

// hot: test/bench/expression.ts
function twoFields(
  first: Code,
  keys: readonly [string, string],
  resumes: readonly [Resume, Resume, Resume],
): Code {
  const [outer, inner] = keys;
  return (run, input, frame) => {
    const value = first(run, input, frame);
    if (!isObject(value)) return Array.isArray(value) ? resumes[0](run, value, frame) : undefined;
    const middle = value[outer];
    if (!isObject(middle)) return Array.isArray(middle) ? resumes[1](run, middle, frame) : undefined;
    const field = middle[inner];
    return field instanceof Sequence ? resumes[2](run, field, frame) : field;
  };
}

function manyFields(first: Code, keys: readonly string[], resumes: readonly Resume[]): Code {
  return (run, input, frame) => {
    let value = first(run, input, frame);
    for (let i = 0; i < keys.length; i++) {
      if (!isObject(value)) return Array.isArray(value) ? resumes[i]?.(run, value, frame) : undefined;
      value = fieldOf(value, keys[i] ?? '');
    }
    return value instanceof Sequence ? resumes[keys.length]?.(run, value, frame) : value;
  };
}

interface Start {
  readonly code: Code;
  /** Of a binding. */
  readonly slot: number | undefined;
}

/** For a single item: follows names through plain objects, and walks on from the first array. */
function shortCode({ code: first, slot }: Start, keys: readonly string[], steps: readonly Step[]): Code {
  const resumes = steps.map((_, index) => resumeAfter(steps, index));
  const [key, next] = keys;
  const [resume, resumeNext, finish] = resumes;
  if (key === undefined || resume === undefined || resumeNext === undefined || !keys.every(isOwnOnly))
    return manyFields(first, keys, resumes);
  if (next === undefined)
    return slot === undefined
      ? oneField(first, key, [resume, resumeNext])
      : bindingField(slot, key, [resume, resumeNext]);
  if (keys.length === 2 && finish) return twoFields(first, [key, next], [resume, resumeNext, finish]);
  return manyFields(first, keys, resumes);
}

/** The exact walk, from the first step on. The result may still be a sequence. */
function fullCode(node: PathNode, steps: readonly Step[], isAbsolute: boolean): Code {
  return (run, input, frame) => {
    let items: readonly unknown[] | undefined =
      Array.isArray(input) && !isAbsolute ? input : Sequence.of1(input);
    for (const { walk } of steps) {
      items = walk(run, items, frame);
      if (items === undefined || items.length === 0) break;
    }
    return node.keepSingleton ? kept(items) : items;
  };
}

/** The names after the first step, if there is nothing but names. */
function keysAfter(steps: readonly Node[]): string[] | undefined {
  const keys = steps.slice(1).flatMap((step) => (step.type === 'name' && isBare(step) ? [step.name] : []));
  return keys.length === steps.length - 1 ? keys : undefined;
}

function isShort(node: PathNode, first: Node | undefined): boolean {
  return (
    !node.keepSingleton &&
    !node.keepArray &&
    node.group === undefined &&
    first !== undefined &&
    first.stages.length === 0 &&
    !first.isWhole
  );
}

export function compilePath(compiler: Compiler, node: PathNode, outer: Place): Part {
  if (tupleStart(node) < node.steps.length) return compileTuplePath(compiler, node, outer);
  const { steps: nodes, place } = routeOf(compiler, node, outer);
  const last = nodes.length - 1;
  const steps = nodes.map((step, index) => {
    const [isFirst, isLast] = [index === 0, index === last];
    return compileStep(
      compiler,
      step,
      isFirst
        ? { ...place, isFirst, isLast }
        : { ...place, isItem: true, isObserved: false, isFirst, isLast },
    );
  });
  const [first] = nodes;
  const full = fullCode(node, steps, first?.type === 'variable');
  if (node.group !== undefined) return unsettled(groupCode(compiler, node.group, { place, value: full }));
  const keys = keysAfter(nodes);
  const code = steps[0]?.code;
  if (keys === undefined || code === undefined || !isShort(node, first)) return unsettled(full);
  const slot = first && isBare(first) && !place.isItem ? compiler.names.slotOf(first) : undefined;
  const short = keys.length === 0 && first?.type === 'name' ? code : shortCode({ code, slot }, keys, steps);
  const isSingle = first?.type === 'variable' || (compiler.names.areKnown && !place.isItem);
  if (isSingle) return settled(short);
  return settled((run, input, frame) =>
    Array.isArray(input) ? collapse(full(run, input, frame)) : short(run, input, frame),
  );
}
