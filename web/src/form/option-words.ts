// Options and choices in words; what has no words here is shown by its name, so that a new kind needs no change.
import type { FieldKind, KindOption } from '../api/types.ts';
import type { TextKey } from '../i18n/texts.ts';
import type { Say } from '../i18n/use-words.ts';

type NameIn<Prefix extends string> = TextKey extends infer Key
  ? Key extends `${Prefix}.${infer Name}`
    ? Name
    : never
  : never;

const options: Readonly<Record<NameIn<'field'>, true>> = {
  id: true,
  note: true,
  when: true,
  onError: true,
  topic: true,
  payload: true,
  qos: true,
  retain: true,
  expiry: true,
  properties: true,
  confirm: true,
  origin: true,
  stored: true,
  path: true,
  from: true,
  to: true,
  notFrom: true,
  notTo: true,
  for: true,
  gap: true,
  days: true,
  zone: true,
  catchUp: true,
  within: true,
  offset: true,
  notBefore: true,
  notAfter: true,
  hysteresis: true,
  condition: true,
  timeout: true,
  onTimeout: true,
  overdue: true,
  transition: true,
  devices: true,
  device: true,
  replace: true,
  method: true,
  headers: true,
  body: true,
  retries: true,
  idempotent: true,
  title: true,
  message: true,
  data: true,
  input: true,
  wait: true,
  result: true,
  outcome: true,
  secret: true,
  methods: true,
  with: true,
  state: true,
  equals: true,
  fresh: true,
  time: true,
  duration: true,
  text: true,
  value: true,
  names: true,
  rule: true,
  event: true,
};

const choices: Readonly<Record<NameIn<'choice'>, true>> = {
  any: true,
  client: true,
  rule: true,
  bridge: true,
  flow: true,
  api: true,
  none: true,
  latest: true,
  all: true,
  trust: true,
  reset: true,
  online: true,
  offline: true,
  connected: true,
  disconnected: true,
  continue: true,
  stop: true,
  fire: true,
  skip: true,
  recheck: true,
};

function isOption(name: string): name is NameIn<'field'> {
  return Object.hasOwn(options, name);
}

function isChoice(name: string): name is NameIn<'choice'> {
  return Object.hasOwn(choices, name);
}

const byField: Readonly<Partial<Record<FieldKind, NameIn<'field'>>>> = {
  filter: 'topic',
  topic: 'topic',
  clock: 'time',
  duration: 'duration',
  device: 'device',
  condition: 'condition',
  watches: 'condition',
  rule: 'rule',
  event: 'event',
  text: 'text',
  names: 'names',
};

export function optionLabel(say: Say, name: string): string {
  return isOption(name) ? say(`field.${name}`) : name;
}

/** What a verb stands before is named by what it is about: that of `message` is a topic. */
export function verbLabel(say: Say, { name, field }: KindOption): string {
  const known = byField[field];
  return known === undefined ? optionLabel(say, name) : say(`field.${known}`);
}

export function choiceWords(say: Say, choice: string): string {
  return isChoice(choice) ? say(`choice.${choice}`) : choice;
}

const blocks: readonly NameIn<'block'>[] = ['then', 'else', 'do'];

/** Of the steps inside a step. */
export function blockLabel(say: Say, name: string): string {
  const known = blocks.find((block) => block === name);
  return known === undefined ? name : say(`block.${known}`);
}
