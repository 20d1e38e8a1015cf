// How a discovery message says that one can tell whether the device is there.
import type { Availability, AvailabilityReport } from '../../model/description.ts';
import { type Entry, isEntry } from './abbreviations.ts';
import type { Entity } from './entity.ts';
import { meaningOf } from './words.ts';

function wordOf(entry: Entry, key: string, otherwise: string): unknown {
  return entry[key] === undefined ? otherwise : entry[key];
}

function reportOf(
  entity: Entity,
  how: { topic: string; template: string | undefined; entry: Entry; key: string },
): AvailabilityReport[] {
  const { topic, template, entry, key } = how;
  const states = meaningOf([
    [wordOf(entry, 'payload_available', 'online'), true],
    [wordOf(entry, 'payload_not_available', 'offline'), false],
  ]);
  const reading = entity.made(key, () => entity.templates.readingOf(template, states));
  return reading?.made === undefined ? [] : [{ topic, read: reading.made }];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function availabilityOf(entity: Entity): Availability | undefined {
  const { options } = entity;
  const single = entity.topic('availability_topic');
  const list = Array.isArray(options['availability']) ? options['availability'] : [];
  const reports = list.flatMap((entry: unknown, index) => {
    const topic = isEntry(entry) ? textOf(entry['topic']) : undefined;
    if (!isEntry(entry) || topic === undefined) return [];
    const template = textOf(entry['value_template']);
    return reportOf(entity, { topic, template, entry, key: `availability/${index}` });
  });
  const template = textOf(options['availability_template']);
  if (single !== undefined)
    reports.push(
      ...reportOf(entity, { topic: single, template, entry: options, key: 'availability_template' }),
    );
  if (reports.length === 0) return undefined;
  const mode = options['availability_mode'];
  return { reports, mode: mode === 'all' || mode === 'any' ? mode : 'latest' };
}
