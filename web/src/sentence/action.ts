// Actions in words, without what stands in their blocks. A verb that is not known here is shown as it is written.
import { isTree, listOf, type Path, valueAt } from '../document/edit.ts';
import type { TextKey } from '../i18n/texts.ts';
import { conditionSentence } from './condition.ts';
import { deviceNames } from './devices.ts';
import { at, code, filled, joined, type Sentence, type Speaker, withClauses } from './part.ts';
import { clause, type Entry, triggerSentence } from './trigger.ts';
import { duration, names, pairs, value, valueText } from './values.ts';

function confirmClause({ speaker, entry, path }: Entry): Sentence | undefined {
  const state = valueAt(entry, ['confirm', 'state']);
  if (state === undefined) return undefined;
  return filled(speaker, 'action.confirm', { x: code(valueText(state), [...path, 'confirm', 'state']) });
}

function publish(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const sentence = filled(speaker, 'action.publish', {
    topic: code(valueText(entry['publish']), [...path, 'publish']),
    payload: value(speaker, entry['payload'], [...path, 'payload']),
  });
  const kept = entry['retain'] === true ? at(speaker.say('action.retained'), [...path, 'retain']) : undefined;
  return withClauses(speaker, sentence, [kept, confirmClause(given)]);
}

function set(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const { properties } = entry;
  const device = deviceNames(speaker, entry['set'], [...path, 'set']);
  const place = [...path, 'properties'];
  const on = valueAt(properties, ['on']);
  const isSwitch = isTree(properties) && typeof on === 'boolean';
  const rest = isSwitch ? Object.keys(properties).filter((name) => name !== 'on') : [];
  const others = rest.length === 0 ? undefined : pairs(speaker, withoutOn(properties), place);
  const sentence = isSwitch
    ? filled(speaker, on ? 'action.on' : 'action.off', { device })
    : filled(speaker, 'action.set', { device, properties: pairs(speaker, properties, place) });
  const over = clause(given, 'transition', 'action.transition', duration);
  return withClauses(speaker, sentence, [others, over, confirmClause(given)]);
}

function withoutOn(properties: unknown): unknown {
  const entries = isTree(properties) ? Object.entries(properties) : [];
  return Object.fromEntries(entries.filter(([name]) => name !== 'on'));
}

function wait(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const written = entry['wait'];
  const watches = listOf(written).map((watch, index) => {
    const place = Array.isArray(written) ? [...path, 'wait', index] : [...path, 'wait'];
    const isTrigger = isTree(watch) && !['all', 'any', 'not'].some((key) => Object.hasOwn(watch, key));
    return isTrigger ? triggerSentence(speaker, watch, place) : conditionSentence(speaker, watch, place);
  });
  const what = watches.length === 0 ? code('…', path) : joined(speaker, 'sentence.or', watches);
  return withClauses(speaker, filled(speaker, 'action.wait', { what }), [
    clause(given, 'for', 'trigger.for', duration),
    clause(given, 'timeout', 'action.timeout', duration),
  ]);
}

const loops = [
  ['times', 'action.repeat.times'],
  ['while', 'action.repeat.while'],
  ['until', 'action.repeat.until'],
  ['each', 'action.repeat.each'],
] as const;

function repeat({ speaker, entry, path }: Entry): Sentence {
  const loop = entry['repeat'];
  const found = loops.find(([form]) => isTree(loop) && Object.hasOwn(loop, form));
  if (!found) return code(valueText(loop), [...path, 'repeat']);
  const [form, key] = found;
  const place = [...path, 'repeat', form];
  const given = valueAt(loop, [form]);
  const isCondition = form === 'while' || form === 'until';
  const x = isCondition ? conditionSentence(speaker, given, place) : value(speaker, given, place);
  return filled(speaker, key, { x });
}

function if_({ speaker, entry, path }: Entry): Sentence {
  const condition = conditionSentence(speaker, entry['if'], [...path, 'if']);
  return filled(speaker, 'action.if', { condition });
}

function http({ speaker, entry, path }: Entry): Sentence {
  const method = entry['method'] ?? ('body' in entry ? 'POST' : 'GET');
  return filled(speaker, 'action.http', {
    method: code(valueText(method), [...path, 'method']),
    url: code(valueText(entry['http']), [...path, 'http']),
  });
}

function notify({ speaker, entry, path }: Entry): Sentence {
  return filled(speaker, 'action.notify', {
    channel: names(speaker, entry['notify'], [...path, 'notify'], 'sentence.both'),
    message: value(speaker, entry['message'], [...path, 'message']),
  });
}

function capture({ speaker, entry, path }: Entry): Sentence {
  return filled(speaker, 'action.capture', {
    devices: deviceNames(speaker, entry['devices'], [...path, 'devices']),
    name: code(valueText(entry['capture']), [...path, 'capture']),
  });
}

function rules(verb: string, key: TextKey) {
  return ({ speaker, entry, path }: Entry): Sentence => {
    const id = entry[verb];
    const known = typeof id === 'string' ? speaker.ruleName?.(id) : undefined;
    const place = [...path, verb];
    const x = known === undefined ? names(speaker, id, place, 'sentence.both') : at(known, place);
    return filled(speaker, key, { x });
  };
}

function one(verb: string, key: TextKey, say = value) {
  return ({ speaker, entry, path }: Entry): Sentence =>
    filled(speaker, key, { x: say(speaker, entry[verb], [...path, verb]) });
}

function named(verb: string, key: TextKey) {
  return one(verb, key, (_, name, path) => code(valueText(name), path));
}

function alone(verb: string, key: TextKey) {
  return ({ speaker, path }: Entry): Sentence => at(speaker.say(key), [...path, verb]);
}

const verbs: Readonly<Record<string, (given: Entry) => Sentence>> = {
  publish,
  set,
  capture,
  restore: named('restore', 'action.restore'),
  delay: one('delay', 'action.delay', duration),
  wait,
  if: if_,
  choose: alone('choose', 'action.choose'),
  repeat,
  parallel: alone('parallel', 'action.parallel'),
  let: one('let', 'action.let', pairs),
  var: one('var', 'action.var', pairs),
  http,
  notify,
  call: named('call', 'action.call'),
  flow: named('flow', 'action.flow'),
  emit: named('emit', 'action.emit'),
  enable: rules('enable', 'action.enable'),
  disable: rules('disable', 'action.disable'),
  run: rules('run', 'action.run'),
  log: one('log', 'action.log'),
  stop: one('stop', 'action.stop'),
  fail: one('fail', 'action.fail'),
};

/** `wait` is an option of `run` and `flow`, too: what has another verb is that. */
const weak: ReadonlySet<string> = new Set(['wait']);

export function actionSentence(speaker: Speaker, value: unknown, path: Path): Sentence {
  if (!isTree(value)) return code(valueText(value), path);
  const found = Object.keys(verbs).filter((each) => Object.hasOwn(value, each));
  const verb = found.find((each) => !weak.has(each)) ?? found[0];
  return (verb && verbs[verb]?.({ speaker, entry: value, path })) || code(valueText(value), path);
}
