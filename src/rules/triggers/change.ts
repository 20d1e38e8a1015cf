// `change: FILTER` wakes the rule when the stored value, or a path in it, became different; per concrete topic.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Payload } from '../../devices/index.ts';
import { compileExpression, type Expression } from '../../expression/index.ts';
import type { CompileContext } from '../compile/context.ts';
import { paramsOf } from '../compile/text.ts';
import { valueUnder } from '../compile/value-scope.ts';
import { field } from '../model/field.ts';
import { compileHold, holdShape } from './hold.ts';
import { type TopicEvent, triggerKind, type WakeValues } from './kind.ts';
import { compilePatterns, filterShape, originAccepts, originOf, originShape } from './topics.ts';
import { isTarget, isWanted, type Wanted, wantedOf } from './wanted.ts';

/** The value at `path` in a payload; anything that cannot be read there is missing. */
function valueAt(payload: Payload | undefined, path: Expression | undefined): unknown {
  return payload && valueUnder(payload.value, path);
}

function compilePath(
  text: string | undefined,
  path: string,
  context: CompileContext,
): Expression | undefined | 'bad' {
  if (text === undefined) return undefined;
  const { expression, problems } = compileExpression(text);
  for (const { code, message, position, ...made } of problems)
    context.report({ path, code, message, offset: position, ...paramsOf(made) });
  return expression ?? 'bad';
}

function changeOf(event: TopicEvent, path: Expression | undefined): WakeValues | undefined {
  if (!event.update.isChanged) return undefined;
  const previous = valueAt(event.update.previous?.payload, path);
  const value = valueAt(event.payload, path);
  return isDeepStrictEqual(previous, value) ? undefined : { previous, value };
}

/** Until it is another value; with `to` or `notTo`, until it is none of those wanted. */
function stillHolds(wanted: Wanted, event: TopicEvent, path: Expression | undefined): boolean {
  if (!event.update.isChanged) return true;
  const value = valueAt(event.payload, path);
  if ('to' in wanted || 'notTo' in wanted) return isTarget(wanted, value);
  return isDeepStrictEqual(valueAt(event.update.previous?.payload, path), value);
}

export const change = triggerKind({
  verb: 'change',
  doc: { en: 'the stored value (or a path in it) changed', zh: '存储的值（或其中某一路径）发生变化' },
  example: 'change: home/door\npath: contact\nto: false',
  shape: {
    change: filterShape,
    path: field('path', z.string()).optional(),
    from: z.unknown().optional(),
    to: z.unknown().optional(),
    notFrom: z.unknown().optional(),
    notTo: z.unknown().optional(),
    origin: originShape,
    ...holdShape,
  },
  compile(document, path, context) {
    const patterns = compilePatterns(document.change, `${path}.change`, context);
    const hold = compileHold(document, path, context);
    const at = compilePath(document.path, `${path}.path`, context);
    if (patterns === undefined || at === 'bad') return undefined;
    return {
      on: 'topic',
      patterns,
      demand: { ...wantedOf(document), origin: originOf(document.origin), isChange: true, at },
      accept(event) {
        if (!originAccepts(document.origin, event.input) || event.input.stored === true) return undefined;
        const values = changeOf(event, at);
        return values && isWanted(document, values.previous, values.value) ? values : undefined;
      },
      ...(hold && { hold, stillHolds: (event: TopicEvent) => stillHolds(document, event, at) }),
    };
  },
});
