// Covers and valves: where they are, from 0 (closed) to 100 (open), and what they are told to do.
import type { Command, PropertyDescription, Report } from '../../../model/description.ts';
import { wellKnownProperties } from '../../../model/well-known.ts';
import { isEntry } from '../abbreviations.ts';
import type { Entity } from '../entity.ts';
import { meaningOf, numberOf, orUnknown, wordFor } from '../words.ts';

interface Range {
  readonly closed: number;
  readonly open: number;
}

const percentIn =
  ({ closed, open }: Range) =>
  (value: unknown): unknown => {
    const number = numberOf(value);
    if (number === undefined) return undefined;
    const percent = Math.round(((number - closed) / (open - closed)) * 100);
    return Math.min(100, Math.max(0, percent));
  };
const placeIn =
  ({ closed, open }: Range) =>
  (percent: unknown): number =>
    Math.round(closed + (Number(percent) / 100) * (open - closed));

function rangeOf(entity: Entity, [closedKey, openKey]: readonly [string, string]): Range {
  const [closed, open] = [entity.number(closedKey) ?? 0, entity.number(openKey) ?? 100];
  return closed === open ? { closed: 0, open: 100 } : { closed, open };
}

const words = ['open', 'opening', 'closed', 'closing', 'stopped'];

function statesOf(entity: Entity): (value: unknown) => string | undefined {
  return meaningOf(words.map((word) => [entity.word(`state_${word}`, word), word] as const));
}

/** Commands whose payload is null are not there. */
function movementOf(entity: Entity): PropertyDescription[] {
  const actions = ['open', 'close', 'stop'].map(
    (action) => [entity.word(`payload_${action}`, action.toUpperCase()), action] as const,
  );
  const known = actions.filter(([payload]) => payload !== null);
  const command = entity.command('command_topic', 'command_template', wordFor(known));
  return entity.part('movement', { kind: 'choice', options: known.map(([, action]) => action) }, { command });
}

function stateOf(entity: Entity): PropertyDescription[] {
  const reports = entity.report('state_topic', 'value_template', statesOf(entity));
  return entity.part('state', { kind: 'choice', options: words }, { reports });
}

/** Open is 100 and closed 0 for those that tell no more. */
function coarsePosition(entity: Entity): readonly Report[] | undefined {
  const states = statesOf(entity);
  const ends = new Map([
    ['open', 100],
    ['closed', 0],
  ]);
  return entity.report('state_topic', 'value_template', (value) => ends.get(states(value) ?? ''));
}

function setPosition(entity: Entity, range: Range): Command | undefined {
  const topic = entity.topic('set_position_topic');
  if (topic === undefined) return undefined;
  const place = placeIn(range);
  const names = ['value', 'position', 'position_open', 'position_closed'];
  const writing = entity.made('set_position_template', (template) =>
    template === undefined
      ? ({ value }: { readonly value: unknown }) => place(value)
      : entity.templates.writingWith(template, names, ({ value }) => ({
          value: place(value),
          position: Number(value),
          position_open: range.open,
          position_closed: range.closed,
        })),
  );
  return writing && entity.commandOf(topic, writing.made);
}

function tiltOf(entity: Entity): PropertyDescription[] {
  const range = rangeOf(entity, ['tilt_min', 'tilt_max']);
  return entity.part('tilt', wellKnownProperties.tilt, {
    reports: entity.report('tilt_status_topic', 'tilt_status_template', orUnknown(percentIn(range))),
    command: entity.command('tilt_command_topic', 'tilt_command_template', placeIn(range)),
  });
}

export function coverOf(entity: Entity): PropertyDescription[] {
  const range = rangeOf(entity, ['position_closed', 'position_open']);
  const fine = entity.report('position_topic', 'position_template', orUnknown(percentIn(range)));
  const position = {
    reports: fine ?? coarsePosition(entity),
    command: setPosition(entity, range),
  };
  return [
    ...movementOf(entity),
    ...entity.part('position', wellKnownProperties.position, position),
    ...stateOf(entity),
    ...tiltOf(entity),
  ];
}

/** A valve that reports its position is told one too, on the topic that else takes OPEN and CLOSE. */
export function valveOf(entity: Entity): PropertyDescription[] {
  const topic = entity.topic('state_topic');
  if (!entity.isSet('reports_position')) {
    return [
      ...movementOf(entity),
      ...entity.part('position', wellKnownProperties.position, { reports: coarsePosition(entity) }),
      ...stateOf(entity),
    ];
  }
  const range = rangeOf(entity, ['position_closed', 'position_open']);
  const percent = percentIn(range);
  const reading = entity.made('value_template', (template) =>
    entity.templates.readingOf(template, (value) => percent(positionWithin(value))),
  );
  return entity.part('position', wellKnownProperties.position, {
    reports:
      topic === undefined || reading === undefined ? undefined : [entity.reportOf(topic, reading.made)],
    command: entity.command('command_topic', 'command_template', placeIn(range)),
  });
}

function positionWithin(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    const whole: unknown = JSON.parse(value);
    return isEntry(whole) ? whole['position'] : undefined;
  } catch {
    return undefined;
  }
}
