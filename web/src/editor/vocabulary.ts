// The words of rule documents that the editor offers. The server's check decides; this only saves typing.
export interface Word {
  readonly label: string;
  /** What stands behind the label in the list: a shape, not a sentence. */
  readonly detail?: string;
}

const word = (label: string, detail?: string): Word => (detail === undefined ? { label } : { label, detail });

export const documentKeys: readonly Word[] = [
  word('id', 'slug'),
  word('name'),
  word('description'),
  word('labels', '[a, b]'),
  word('enabled', 'true | false'),
  word('priority', '0'),
  word('mode', 'single | restart | queued | parallel'),
  word('max', '10'),
  word('key', '"{{ … }}"'),
  word('overdue', 'fire | skip | recheck'),
  word('variables'),
  word('triggers'),
  word('conditions'),
  word('actions'),
];

export const triggerVerbs: readonly Word[] = [
  word('message', 'home/{room}/motion'),
  word('change', 'home/+/door'),
  word('every', '5m'),
  word('at', '"07:30"'),
  word('startup', 'true'),
];

export const triggerOptions: readonly Word[] = [
  word('id'),
  word('note'),
  word('enabled', 'true | false'),
  word('when', 'condition'),
  word('origin', 'any | client | rule | api'),
  word('path'),
  word('from'),
  word('to'),
  word('days', '[mon, tue] | weekdays'),
];

export const actionVerbs: readonly Word[] = [
  word('publish', 'topic'),
  word('delay', '2m'),
  word('if', 'condition'),
  word('let', '{ name: value }'),
  word('log', 'text'),
  word('stop', 'reason'),
];

export const actionOptions: readonly Word[] = [
  word('payload'),
  word('qos', '0 | 1 | 2'),
  word('retain', 'true | false'),
  word('then'),
  word('else'),
  word('id'),
  word('note'),
  word('enabled', 'true | false'),
];

export const modes: readonly Word[] = [word('single'), word('restart'), word('queued'), word('parallel')];

export const expressionWords: readonly Word[] = [
  word('$state', "('topic', default)"),
  word('$time', '()'),
  word('$exists', '(value)'),
  word('$not', '(value)'),
  word('$string', '(value)'),
  word('$number', '(value)'),
  word('$round', '(number, digits)'),
  word('$abs', '(number)'),
  word('$count', '(array)'),
  word('$sum', '(array)'),
  word('$max', '(array)'),
  word('$min', '(array)'),
  word('$contains', '(text, part)'),
  word('$lowercase', '(text)'),
  word('$uppercase', '(text)'),
];
