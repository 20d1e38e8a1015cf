// Triggers in words, one line for each verb. A verb that is not known here is shown as it is written.
import { isTree, type Path, type Tree } from '../document/edit.ts';
import type { TextKey } from '../i18n/texts.ts';
import { conditionSentence } from './condition.ts';
import { deviceNames } from './devices.ts';
import { at, code, filled, type Sentence, type Speaker, withClauses } from './part.ts';
import { days, duration, names, value, valueText } from './values.ts';

export interface Entry {
  readonly speaker: Speaker;
  readonly entry: Tree;
  readonly path: Path;
}

const origins = ['client', 'rule', 'bridge', 'flow', 'api'] as const;
const sunEvents = ['sunrise', 'sunset', 'dawn', 'dusk', 'noon', 'midnight'] as const;

/** What stands under `key`, said with a text that has the place `x`; undefined when nothing does. */
export function clause(
  { speaker, entry, path }: Entry,
  key: string,
  text: TextKey,
  say: (speaker: Speaker, value: unknown, path: Path) => Sentence = value,
): Sentence | undefined {
  if (entry[key] === undefined) return undefined;
  return filled(speaker, text, { x: say(speaker, entry[key], [...path, key]) });
}

function originClause({ speaker, entry, path }: Entry): Sentence | undefined {
  const origin = origins.find((each) => each === entry['origin']);
  const x = origin && at(speaker.say(`origin.${origin}`), [...path, 'origin']);
  return x && filled(speaker, 'trigger.origin', { x });
}

function holdClause(entry: Entry): Sentence | undefined {
  return clause(entry, 'for', 'trigger.for', duration);
}

function message(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const topic = names(speaker, entry['message'], [...path, 'message']);
  const stored = entry['stored'] === true ? filled(speaker, 'trigger.stored') : undefined;
  return withClauses(speaker, filled(speaker, 'trigger.message', { topic }), [originClause(given), stored]);
}

function change(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const topic = names(speaker, entry['change'], [...path, 'change']);
  const field = entry['path'];
  const sentence =
    field === undefined
      ? filled(speaker, 'trigger.change', { topic })
      : filled(speaker, 'trigger.change.path', { topic, field: code(valueText(field), [...path, 'path']) });
  return withClauses(speaker, sentence, [
    clause(given, 'from', 'trigger.from'),
    clause(given, 'to', 'trigger.to'),
    clause(given, 'notFrom', 'trigger.notFrom'),
    clause(given, 'notTo', 'trigger.notTo'),
    holdClause(given),
    originClause(given),
  ]);
}

function becomes(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const condition = conditionSentence(speaker, entry['becomes'], [...path, 'becomes']);
  const slack = clause(given, 'hysteresis', 'trigger.hysteresis');
  return withClauses(speaker, filled(speaker, 'trigger.becomes', { condition }), [slack, holdClause(given)]);
}

function atTime(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const time = names(speaker, entry['at'], [...path, 'at'], 'sentence.both');
  return withClauses(speaker, filled(speaker, 'trigger.at', { time }), [
    clause(given, 'days', 'trigger.days', days),
    clause(given, 'zone', 'trigger.zone', (_, zone, place) => code(valueText(zone), place)),
  ]);
}

function sun(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const name = sunEvents.find((each) => each === entry['sun']);
  const place = [...path, 'sun'];
  const event = name ? at(speaker.say(`sun.${name}`), place) : code(valueText(entry['sun']), place);
  const offset = entry['offset'];
  const isEarlier = typeof offset === 'number' ? offset < 0 : String(offset).startsWith('-');
  const span = duration(speaker, typeof offset === 'string' ? offset.replace(/^[-+]/, '') : offset, [
    ...path,
    'offset',
  ]);
  const sentence =
    offset === undefined
      ? filled(speaker, 'trigger.sun', { event })
      : filled(speaker, isEarlier ? 'trigger.sun.before' : 'trigger.sun.after', { event, span });
  return withClauses(speaker, sentence, [
    clause(given, 'notBefore', 'trigger.notBefore'),
    clause(given, 'notAfter', 'trigger.notAfter'),
    clause(given, 'days', 'trigger.days', days),
  ]);
}

function every(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const span = duration(speaker, entry['every'], [...path, 'every']);
  return withClauses(speaker, filled(speaker, 'trigger.every', { span }), [
    clause(given, 'days', 'trigger.days', days),
  ]);
}

function silence({ speaker, entry, path }: Entry): Sentence {
  return filled(speaker, 'trigger.silence', {
    topic: names(speaker, entry['silence'], [...path, 'silence']),
    span: duration(speaker, entry['for'], [...path, 'for']),
  });
}

function device(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const { to } = entry;
  const key =
    to === 'online'
      ? 'trigger.device.online'
      : to === 'offline'
        ? 'trigger.device.offline'
        : 'trigger.device';
  const who = deviceNames(speaker, entry['device'], [...path, 'device']);
  return withClauses(speaker, filled(speaker, key, { device: who }), [holdClause(given)]);
}

function client({ speaker, entry, path }: Entry): Sentence {
  const { to } = entry;
  const key =
    to === 'connected'
      ? 'trigger.client.connected'
      : to === 'disconnected'
        ? 'trigger.client.disconnected'
        : 'trigger.client';
  return filled(speaker, key, { client: names(speaker, entry['client'], [...path, 'client']) });
}

function rule(given: Entry): Sentence {
  const { speaker, entry, path } = given;
  const id = entry['rule'];
  const known = typeof id === 'string' ? speaker.ruleName?.(id) : undefined;
  const place = [...path, 'rule'];
  const name = known === undefined ? names(speaker, id, place) : at(known, place);
  const outcome = clause(given, 'outcome', 'trigger.outcome', (who, given, at) => names(who, given, at));
  return withClauses(speaker, filled(speaker, 'trigger.rule', { rule: name }), [outcome]);
}

function named(verb: string, key: TextKey) {
  return ({ speaker, entry, path }: Entry): Sentence =>
    filled(speaker, key, { x: names(speaker, entry[verb], [...path, verb]) });
}

function alone(verb: string, key: TextKey) {
  return ({ speaker, path }: Entry): Sentence => at(speaker.say(key), [...path, verb]);
}

const verbs: Readonly<Record<string, (given: Entry) => Sentence>> = {
  message,
  change,
  becomes,
  at: atTime,
  cron: (given) =>
    withClauses(given.speaker, named('cron', 'trigger.cron')(given), [
      clause(given, 'days', 'trigger.days', days),
    ]),
  every,
  sun,
  silence,
  client,
  device,
  rule,
  event: named('event', 'trigger.event'),
  webhook: named('webhook', 'trigger.webhook'),
  button: alone('button', 'trigger.button'),
  startup: alone('startup', 'trigger.startup'),
  shutdown: alone('shutdown', 'trigger.shutdown'),
};

export function triggerSentence(speaker: Speaker, value: unknown, path: Path): Sentence {
  if (!isTree(value)) return code(valueText(value), path);
  const verb = Object.keys(verbs).find((each) => Object.hasOwn(value, each));
  const words = verb === undefined ? undefined : verbs[verb]?.({ speaker, entry: value, path });
  if (words === undefined) return code(valueText(value), path);
  const when = value['when'];
  if (when === undefined) return words;
  const condition = conditionSentence(speaker, when, [...path, 'when']);
  return withClauses(speaker, words, [filled(speaker, 'trigger.when', { condition })]);
}
