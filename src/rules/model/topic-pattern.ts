// Topic filters as rules write them: `{room}` is a named +, a trailing /* is /#.
import { filterFault, topicFault } from '../../base/index.ts';
import { paramFault } from './names.ts';

/** A filter ready for the index, with the names of its levels. */
export interface TopicPattern {
  /** As written, `/*` normalised. */
  readonly text: string;
  /** Plain MQTT filter. */
  readonly filter: string;
  readonly names: readonly { readonly name: string; readonly level: number }[];
}

export type PatternResult = { readonly pattern: TopicPattern } | TopicFault;

function namedLevel(level: string): string | undefined {
  return level.length > 2 && level.startsWith('{') && level.endsWith('}') ? level.slice(1, -1) : undefined;
}

export function parsePattern(written: string): PatternResult {
  const text = written.endsWith('/*') ? `${written.slice(0, -1)}#` : written;
  if (text.includes('{{'))
    return {
      fault: 'a trigger’s topic holds no template; name a level as {room} and read params.room',
      why: 'template',
      suggestion: '{room}',
    };
  const names: { name: string; level: number }[] = [];
  const levels: string[] = [];
  for (const [level, part] of text.split('/').entries()) {
    const name = namedLevel(part);
    if (name === undefined) {
      if (/[{}]/.test(part))
        return {
          fault: `"${part}": a name in braces takes a whole level`,
          why: 'braces',
          suggestion: '{room}',
        };
      if (part.includes('*'))
        return { fault: 'MQTT has no *', why: 'star', suggestion: text.replaceAll('*', '+') };
      levels.push(part);
      continue;
    }
    const fault =
      paramFault(name) ?? (names.some((other) => other.name === name) ? `{${name}} stands twice` : undefined);
    if (fault !== undefined) return { fault, why: 'name' };
    names.push({ name, level });
    levels.push('+');
  }
  const filter = levels.join('/');
  const fault = filterFault(filter);
  return fault === undefined ? { pattern: { text, filter, names } } : { fault, why: 'filter' };
}

export interface TopicFault {
  readonly fault: string;
  /** Which of them, for who says it in another language. */
  readonly why: 'template' | 'braces' | 'star' | 'name' | 'filter' | 'level' | 'topic' | 'house';
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** Why a text without templates is no topic. */
export function topicTextFault(topic: string): TopicFault | undefined {
  const named = /(^|\/)\{([^{}]+)\}(?=\/|$)/.exec(topic);
  if (named) {
    return {
      fault: `"{${named[2]}}" names a level in triggers only`,
      why: 'level',
      suggestion: topic.replace(/(^|\/)\{([^{}]+)\}(?=\/|$)/g, '$1{{ params.$2 }}'),
    };
  }
  const fault = topicFault(topic);
  return fault === undefined ? undefined : { fault, why: 'topic' };
}

/** Why a text without templates is no topic to publish to. */
export function publishTopicFault(topic: string): TopicFault | undefined {
  const fault = houseTopicFault(topic);
  return topicTextFault(topic) ?? (fault === undefined ? undefined : { fault, why: 'house' });
}

/** Rules may not publish where the house itself speaks. */
export function houseTopicFault(topic: string): string | undefined {
  if (topic.startsWith('$SYS/') || topic === '$SYS') return 'rules may not publish under $SYS/';
  return topic.startsWith('homerule/') || topic === 'homerule'
    ? 'rules may not publish under homerule/'
    : undefined;
}
