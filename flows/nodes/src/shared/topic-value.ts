// What a topic says: its payload as JSON where it is JSON, else as text, and a place within it.
import type { TopicView } from '../../../../src/api/contract.ts';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** For `msg.homerule`; what led to the message goes on with what it leads to. */
export function topicFactsOf({ topic, at, origin, by, cause, depth }: TopicView): object {
  return {
    ...{ topic, at, by: { origin, id: by } },
    ...(cause !== undefined && { cause }),
    ...(depth !== undefined && { depth }),
  };
}

/** `path`: `a.b.0`; empty: all of it. Undefined where there is nothing. */
export function valueAt({ payload, binary }: TopicView, path: string): unknown {
  let value: unknown = binary ? payload : parse(payload);
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}
