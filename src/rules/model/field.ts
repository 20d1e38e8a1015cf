// What an option of a trigger or an action is about, said beside its shape, for forms. Checking stays with the shape.
import { z } from 'zod';

export const fieldKinds = [
  'text',
  'value',
  'names',
  'condition',
  'duration',
  'flag',
  'number',
  'choice',
  'filter',
  'topic',
  'device',
  'properties',
  'clock',
  'days',
  'zone',
  'path',
  'rule',
  'event',
  'client',
  'channel',
  'call',
  'flow',
  'webhook',
  'capture',
  'actions',
  'branches',
  'lists',
  'loop',
  'watches',
  'confirm',
  'overdue',
  'onError',
] as const;

export type FieldKind = (typeof fieldKinds)[number];

/** The same shape; `kind` is more than its type says. */
export function field<Shape extends z.ZodType>(kind: FieldKind, shape: Shape): Shape {
  return shape.meta({ field: kind });
}

export const durationShape = field('duration', z.union([z.string(), z.number()]));
