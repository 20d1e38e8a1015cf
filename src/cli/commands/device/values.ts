// Values on the command line, `NAME=VALUE`: what is JSON is taken as JSON, all else as text; `+20` and the like stay text.
import { fail } from '../../errors.ts';

export function valueOfText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `on=true`, or only `on` and `off` for the property `on`. Throws a usage error. */
export function propertiesOf(words: readonly string[]): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at > 0) properties[word.slice(0, at)] = valueOfText(word.slice(at + 1));
    else if (word === 'on' || word === 'off') properties['on'] = word === 'on';
    else throw fail('wrong-usage', `"${word}": expected NAME=VALUE such as brightness=40, or on, or off`);
  }
  return properties;
}

/** A value in a table. */
export function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
