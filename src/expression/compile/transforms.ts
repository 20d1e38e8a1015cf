// `| pattern | update, deletion |`: a copy of the argument, changed wherever the pattern finds an object of the copy.
// Nothing else is ever changed: what the pattern finds outside the copy stays as it is.
import { stepsOf, type TransformNode, type VariableNode } from '../ast.ts';
import { Failure } from '../errors.ts';
import { apply, functionValue, isFunctionValue } from '../function-value.ts';
import { cloned } from '../functions/objects.ts';
import type { Code, Frame, Run } from '../run.ts';
import { Signature } from '../signature.ts';
import { isObject, setField } from '../values.ts';
import { type Compiler, type Part, type Place, settled } from './part.ts';

type Fields = Record<string, unknown>;

interface Codes {
  readonly builtInClone: unknown;
  readonly clone: Code;
  readonly pattern: Code;
  readonly update: Code;
  readonly deletion: Code | undefined;
}

function isFields(value: unknown): value is Fields {
  return isObject(value);
}

/** Whether an object is somewhere inside a value: putting that value into it would close a circle. */
function holds(run: Run, value: unknown, sought: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  run.charge(1);
  run.descend();
  const isInside = value === sought || Object.values(value).some((item) => holds(run, item, sought));
  run.ascend();
  return isInside;
}

function merge(run: Run, match: unknown, change: { value: unknown; node: TransformNode; isOwn: boolean }) {
  const { value, node, isOwn } = change;
  if (value === undefined) return;
  if (!isFields(value)) throw new Failure('T2011', { value }, node.update.position);
  if (!isOwn || !isFields(match)) return;
  const closes = holds(run, value, match);
  const fields = closes ? cloned(run, value, []) : value;
  for (const [key, item] of Object.entries(isFields(fields) ? fields : {})) {
    run.allocateItems(1);
    setField(match, key, item);
  }
}

function remove(match: unknown, change: { value: unknown; position: number; isOwn: boolean }): void {
  const { value, position, isOwn } = change;
  if (value === undefined) return;
  const keys: unknown[] = Array.isArray(value) ? value : [value];
  for (const key of keys) {
    if (typeof key !== 'string') throw new Failure('T2012', { value }, position);
  }
  if (isOwn && isFields(match)) for (const key of keys) Reflect.deleteProperty(match, String(key));
}

function transformed(
  run: Run,
  of: { codes: Codes; node: TransformNode; frame: Frame; value: unknown; steps: number },
) {
  const { codes, node, frame, value, steps } = of;
  const clone = codes.clone(run, value, frame);
  if (!isFunctionValue(clone)) throw new Failure('T2013', {}, node.position);
  // a $clone of the user's may give anything, its argument as well
  const source = clone === codes.builtInClone ? value : apply(run, clone, [value], null);
  const made: Fields[] = [];
  const result = source === undefined ? undefined : cloned(run, source, made);
  const own = new Set<unknown>(made);
  const found = codes.pattern(run, result, frame);
  if (found === undefined) return result;
  for (const match of Array.isArray(found) ? found : [found]) {
    run.charge(1 + steps);
    const isOwn = own.has(match);
    merge(run, match, { value: codes.update(run, match, frame), node, isOwn });
    const { deletion } = codes;
    const position = node.deletion?.position ?? node.position;
    if (deletion) remove(match, { value: deletion(run, match, frame), position, isOwn });
  }
  return result;
}

const signature = new Signature('<(oa):o>');

export function compileTransform(compiler: Compiler, node: TransformNode, place: Place): Part {
  const inside = { ...place, isItem: true, isObserved: false };
  const base = { position: node.position, keepArray: false, predicates: [], stages: [], isWhole: false };
  const cloneName: VariableNode = { ...base, type: 'variable', name: 'clone' };
  const codes: Codes = {
    builtInClone: compiler.builtIns.find('clone')?.value,
    clone: compiler.compile(cloneName, inside).code,
    pattern: compiler.compile(node.pattern, inside).code,
    update: compiler.compile(node.update, inside).code,
    deletion: node.deletion && compiler.compile(node.deletion, inside).code,
  };
  const steps = stepsOf(node);
  return settled((_run, _input, frame) =>
    functionValue(1, { position: undefined, token: undefined }, (run, args, context) => {
      const [value] = signature.validate(run, args, context);
      if (value === undefined) return undefined;
      run.enter(1);
      const result = transformed(run, { codes, node, frame, value, steps });
      run.leave(1);
      return result;
    }),
  );
}
