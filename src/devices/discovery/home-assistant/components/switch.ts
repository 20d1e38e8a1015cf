// Switches, sirens and locks: something that is on or off, whatever its words are.
import type { PropertyDescription } from '../../../model/description.ts';
import { wellKnownProperties } from '../../../model/well-known.ts';
import type { Entity } from '../entity.ts';
import { meaningOf, wordFor } from '../words.ts';

/** One of several of its kind in one device, rather than something with a name of its own. */
const endpoint =
  /^(?:[a-z]{1,7}_?)?\d{1,2}$|^(?:left|right|center|middle|top|bottom|upper|lower|main|white|usb)(?:_\d)?$/;

export function switchOf(entity: Entity): PropertyDescription[] {
  const [on, off] = [entity.word('payload_on', 'ON'), entity.word('payload_off', 'OFF')];
  const states = meaningOf([
    [entity.word('state_on', on), true],
    [entity.word('state_off', off), false],
  ]);
  const word = wordFor([
    [on, true],
    [off, false],
  ]);
  const id = entity.own === '' || endpoint.test(entity.own) ? entity.idOf('on') : entity.own;
  const role = entity.role;
  return entity.property(id, entity.name ?? (entity.own || 'on'), {
    more: { kind: 'boolean', ...(role !== undefined && { role }) },
    reports: entity.report('state_topic', 'value_template', states),
    command: entity.command('command_topic', 'command_template', word),
  });
}

/** Without a template a siren is told with an object. */
export function sirenOf(entity: Entity): PropertyDescription[] {
  const [on, off] = [entity.word('payload_on', 'ON'), entity.word('payload_off', 'OFF')];
  const meanings = [
    [on, true],
    [off, false],
  ] as const;
  const states = meaningOf([
    [entity.word('state_on', on), true],
    [entity.word('state_off', off), false],
  ]);
  const word = wordFor(meanings);
  const topic = entity.topic('command_topic');
  const writing = entity.made('command_template', (template) =>
    template === undefined
      ? ({ value }: { readonly value: unknown }) => ({ state: word(value) })
      : entity.templates.writingOf(template, word),
  );
  const template = entity.text('state_value_template');
  const stateTopic = entity.topic('state_topic');
  const reading =
    template === undefined
      ? { made: ({ payload }: { readonly payload: unknown }) => states(stateWord(payload)) }
      : entity.made('state_value_template', (given) => entity.templates.readingOf(given, states));
  return entity.part(
    'on',
    { kind: 'boolean', role: 'siren' },
    {
      reports:
        stateTopic === undefined || reading === undefined
          ? undefined
          : [entity.reportOf(stateTopic, reading.made)],
      command:
        topic === undefined || writing === undefined ? undefined : entity.commandOf(topic, writing.made),
    },
  );
}

function stateWord(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null && 'state' in payload ? payload.state : payload;
}

export function lockOf(entity: Entity): PropertyDescription[] {
  const states = meaningOf([
    [entity.word('state_locked', 'LOCKED'), true],
    [entity.word('state_unlocked', 'UNLOCKED'), false],
  ]);
  const word = wordFor([
    [entity.word('payload_lock', 'LOCK'), true],
    [entity.word('payload_unlock', 'UNLOCK'), false],
  ]);
  return entity.part('locked', wellKnownProperties.locked, {
    reports: entity.report('state_topic', 'value_template', states),
    command: entity.command('command_topic', 'command_template', word),
  });
}
