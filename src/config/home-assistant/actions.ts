// Actions of Home Assistant as actions of a rule: one entry of the table for each kind, found by its key.

import { Untranslatable } from '../../expression/index.ts';
import { singleCondition } from './conditions.ts';
import { type Context, type Entry, isEntry, listOf, type Path } from './context.ts';
import { serviceActions } from './services.ts';
import { triggersOf } from './triggers.ts';

interface Kind {
  readonly keys: readonly string[];
  readonly translate: (entry: Entry, context: Context, path: Path) => readonly Entry[];
}

const service: Kind = {
  keys: ['action', 'service', 'target', 'data', 'data_template', 'entity_id', 'metadata'],
  translate: (entry, context) => serviceActions(String(entry['action'] ?? entry['service']), entry, context),
};

/** An object that is written with `then` looks like a promise to those who await it. */
const then = (actions: readonly Entry[]): Entry => Object.fromEntries([['then', actions]]);
const stopping = (entry: Entry): Entry =>
  entry['continue_on_timeout'] === false ? { onTimeout: 'stop' } : {};
const limited = (entry: Entry, context: Context): Entry =>
  entry['timeout'] === undefined ? {} : { timeout: context.duration(entry['timeout']) };

/** In the middle of actions a condition that fails ends the run. */
function checked(entry: Entry, context: Context, path: Path): Entry[] {
  const not = singleCondition(entry, context, path);
  return [{ if: { not }, ...then([{ stop: 'condition' }]) }];
}

function chosen(entry: Entry, context: Context, path: Path): Entry[] {
  const choices = listOf(entry['choose']).flatMap((each, index) => {
    const at = [...path, 'choose', index];
    const made = context.at(at, () => {
      if (!isEntry(each)) throw new Untranslatable('this is no choice');
      const key = each['conditions'] === undefined ? 'condition' : 'conditions';
      const when = singleCondition(each[key], context, [...at, key]);
      return { when, ...then(actionsOf(each['sequence'], context, [...at, 'sequence'])) };
    });
    return made === undefined ? [] : [made];
  });
  const otherwise = actionsOf(entry['default'], context, [...path, 'default']);
  return [{ choose: choices, ...(otherwise.length > 0 && { else: otherwise }) }];
}

function branched(entry: Entry, context: Context, path: Path): Entry[] {
  const otherwise = actionsOf(entry['else'], context, [...path, 'else']);
  return [
    {
      if: singleCondition(entry['if'], context, [...path, 'if']),
      ...then(actionsOf(entry['then'], context, [...path, 'then'])),
      ...(otherwise.length > 0 && { else: otherwise }),
    },
  ];
}

function repeated({ repeat }: Entry, context: Context, path: Path): Entry[] {
  if (!isEntry(repeat)) throw new Untranslatable('this is no loop');
  const at = [...path, 'repeat'];
  const how = loopOf(repeat, context, at);
  return [{ repeat: how, do: actionsOf(repeat['sequence'], context, [...at, 'sequence']) }];
}

function loopOf(repeat: Entry, context: Context, at: Path): Entry {
  if (repeat['count'] !== undefined) return { times: context.value(repeat['count']) };
  if (repeat['for_each'] !== undefined) return { each: context.value(repeat['for_each']) };
  for (const key of ['while', 'until'])
    if (repeat[key] !== undefined) return { [key]: singleCondition(repeat[key], context, [...at, key]) };
  throw new Untranslatable('a loop is one of count, for_each, while, until');
}

function forked({ parallel }: Entry, context: Context, path: Path): Entry[] {
  const branches = listOf(parallel).map((each, index) => {
    const at = [...path, 'parallel', index];
    const isSequence = isEntry(each) && Array.isArray(each['sequence']);
    return isSequence
      ? actionsOf(each['sequence'], context, [...at, 'sequence'])
      : actionsOf([each], context, at, true);
  });
  return [{ parallel: branches }];
}

function assigned({ variables }: Entry, context: Context): Entry[] {
  if (!isEntry(variables)) throw new Untranslatable('variables are names with values');
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(variables)) {
    made[name] = context.value(value);
    context.variables.add(name);
  }
  return [{ let: made }];
}

function stopped(entry: Entry, context: Context): Entry[] {
  const reason = context.value(entry['stop'] ?? '') || 'stop';
  return [entry['error'] === true ? { fail: reason } : { stop: reason }];
}

/** By the key that tells them apart, in this order. */
const kinds: Readonly<Record<string, Kind>> = {
  action: service,
  service,
  choose: { keys: ['choose', 'default'], translate: chosen },
  if: { keys: ['if', 'then', 'else'], translate: branched },
  repeat: { keys: ['repeat'], translate: repeated },
  parallel: { keys: ['parallel'], translate: forked },
  sequence: {
    keys: ['sequence'],
    translate: (entry, context, path) => actionsOf(entry['sequence'], context, [...path, 'sequence']),
  },
  delay: { keys: ['delay'], translate: (entry, context) => [{ delay: context.duration(entry['delay']) }] },
  wait_template: {
    keys: ['wait_template', 'timeout', 'continue_on_timeout'],
    translate: (entry, context) => [
      { wait: context.condition(entry['wait_template']), ...limited(entry, context), ...stopping(entry) },
    ],
  },
  wait_for_trigger: {
    keys: ['wait_for_trigger', 'timeout', 'continue_on_timeout'],
    translate: (entry, context, path) => {
      const wait = triggersOf(entry['wait_for_trigger'], context, [...path, 'wait_for_trigger']);
      if (wait.length === 0) throw new Untranslatable('none of its triggers has a counterpart');
      return [{ wait, ...limited(entry, context), ...stopping(entry) }];
    },
  },
  variables: { keys: ['variables'], translate: assigned },
  event: {
    keys: ['event', 'event_data', 'event_data_template'],
    translate: (entry, context) => {
      const data = entry['event_data'] ?? entry['event_data_template'];
      return [{ emit: entry['event'], ...(data !== undefined && { data: context.value(data) }) }];
    },
  },
  stop: { keys: ['stop', 'error'], translate: stopped },
  scene: {
    keys: ['scene'],
    translate: (entry, context) => serviceActions('scene.turn_on', { entity_id: entry['scene'] }, context),
  },
  condition: { keys: [], translate: checked },
  and: { keys: [], translate: checked },
  or: { keys: [], translate: checked },
  not: { keys: [], translate: checked },
};

const common = ['alias', 'enabled', 'continue_on_error'];
const without: Readonly<Record<string, string>> = {
  device_id: 'actions of devices of Home Assistant name no command: use a service with an entity',
  set_conversation_response: 'there is no voice assistant',
};

function one(value: unknown, context: Context, path: Path): Entry[] {
  if (typeof value === 'string')
    return [{ if: { not: context.condition(value) }, ...then([{ stop: 'condition' }]) }];
  if (!isEntry(value)) throw new Untranslatable('this is no action');
  const name = Object.keys(kinds).find((key) => key in value);
  const kind = name === undefined ? undefined : kinds[name];
  if (kind === undefined) {
    const known = Object.keys(without).find((key) => key in value);
    throw new Untranslatable(
      known === undefined
        ? `no action with the keys ${Object.keys(value).join(', ')} is known`
        : (without[known] ?? ''),
    );
  }
  if (kind.keys.length > 0) context.leftOver(value, [...kind.keys, ...common]);
  const { alias, enabled, continue_on_error: goesOn } = value;
  return kind.translate(value, context, path).map((action) => ({
    ...action,
    ...(alias !== undefined && { note: alias }),
    ...(typeof enabled === 'boolean' && { enabled }),
    ...(goesOn === true && { onError: 'continue' }),
  }));
}

/** What cannot be translated is left out with a remark. `isOne`: the path is that of the only action. */
export function actionsOf(value: unknown, context: Context, path: Path, isOne = false): Entry[] {
  return listOf(value).flatMap((each, index) => {
    const at = Array.isArray(value) && !isOne ? [...path, index] : path;
    return context.at(at, () => one(each, context, at)) ?? [];
  });
}
