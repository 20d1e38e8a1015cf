// Which of the messages of the last seconds is the one that somebody just caused: what is rare and what changed comes
// before what sensors say all the time.
import type { TopicView } from '../api/types.ts';
import { fieldsOf, isContainer, parsePayload } from '../base/json.ts';
import type { Tree } from '../document/edit.ts';

export interface Heard {
  readonly view: TopicView;
  /** The payload before, as far as it was seen. */
  readonly before: string | undefined;
  /** Messages heard on the topic since listening began. */
  readonly count: number;
}

const keptMs = 5_000;

/** Higher is more surprising. */
export function novelty({ view, before, count }: Heard): number {
  const isChange = before === undefined || before !== view.payload ? 2 : 0;
  const isRare = 3 / Math.log2(2 + view.messages);
  return isChange + isRare - Math.min(2, (count - 1) * 0.5);
}

export function ranked(heard: readonly Heard[], now: number): readonly Heard[] {
  return heard
    .filter(({ view }) => now - view.at <= keptMs)
    .toSorted((a, b) => novelty(b) - novelty(a) || b.view.at - a.view.at);
}

function quoted(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value === '' || value.length > 40) return undefined;
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** Numbers are passed over: the next press would bring another one. */
function conditionFor(payload: unknown, before: unknown): string | undefined {
  if (!isContainer(payload)) {
    const value = quoted(payload);
    return value && `payload = ${value}`;
  }
  if (Array.isArray(payload)) return undefined;
  const earlier = new Map(fieldsOf(before));
  const fields = fieldsOf(payload).filter(([, value]) => quoted(value) !== undefined);
  const changed = fields.find(([name, value]) => earlier.size > 0 && earlier.get(name) !== value);
  const telling = fields.find(([name]) => /^(?:action|event|click|button|state|key)$/i.test(name));
  const [name, value] = changed ?? telling ?? fields[0] ?? [];
  if (name === undefined) return undefined;
  const place = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``;
  return `payload.${place} = ${quoted(value)}`;
}

/** A trigger that this message would have fired. */
export function triggerFrom({ view, before }: Heard): Tree {
  const when =
    view.binary === true
      ? undefined
      : conditionFor(parsePayload(view.payload), before === undefined ? undefined : parsePayload(before));
  return { message: view.topic, ...(when !== undefined && { when }) };
}
