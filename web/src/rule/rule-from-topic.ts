// A first text for a rule that listens to a topic, with a condition that fits what was last said there.
import type { TopicView } from '../api/types.ts';
import { fieldsOf, isContainer, parsePayload } from '../base/json.ts';
import { jsonataOf, leavesOf } from '../base/leaves.ts';

const plainName = /^[A-Za-z_]\w*$/;

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function comparison(path: string, value: unknown): string | undefined {
  if (typeof value === 'number') return `${path} > ${value}`;
  if (typeof value === 'boolean') return `${path} = ${value}`;
  return typeof value === 'string' && value !== '' && value.length < 40
    ? `${path} = ${quote(value)}`
    : undefined;
}

/** About the value that was chosen, where it still is. */
function conditionAt(payload: unknown, path: string): string | undefined {
  const leaf = leavesOf(payload).find(({ parts }) => jsonataOf(parts) === path);
  return leaf && comparison(path, leaf.value);
}

function conditionFor(payload: unknown): string | undefined {
  if (!isContainer(payload)) return comparison('payload', payload);
  for (const [name, value] of Array.isArray(payload) ? [] : fieldsOf(payload)) {
    const path = plainName.test(name) ? `payload.${name}` : `payload.\`${name}\``;
    const condition = comparison(path, value);
    if (condition !== undefined) return condition;
  }
  return undefined;
}

/** As a plain YAML scalar where that is safe, else in quotes. */
function scalar(text: string): string {
  return /^[\p{L}\p{N}_./$-]+$/u.test(text) && !/^[-.\d]/.test(text) ? text : JSON.stringify(text);
}

/** `at`: the path of the value that it is about; without it the first that can be compared. */
export function ruleFromTopic(view: Pick<TopicView, 'topic' | 'payload' | 'binary'>, at?: string): string {
  const payload = view.binary ? undefined : parsePayload(view.payload);
  const condition = at === undefined ? conditionFor(payload) : conditionAt(payload, at);
  const safe = condition?.startsWith('payload') && !/ [:#]|[:#] /.test(condition) ? condition : undefined;
  return [
    `name: ${JSON.stringify(`${view.topic} → `)}`,
    'triggers:',
    `  - message: ${scalar(view.topic)}`,
    ...(safe === undefined ? [] : ['conditions:', `  - ${safe}`]),
    'actions:',
    '  - publish: ',
    '    payload: ',
    '',
  ].join('\n');
}
