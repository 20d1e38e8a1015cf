// Which devices an entry means: an id, a list of them, a label or a room; a room counts as the label `room:NAME`.
import { z } from 'zod';
import { field } from './field.ts';

const id = z.string().min(1);

const room = z.strictObject({ room: id }).transform((given) => ({ label: `room:${given.room}` }));

export const deviceSchema = field(
  'device',
  z.union([id, z.array(id).min(1), z.strictObject({ label: id }), room], {
    error: 'expected the id of a device, a list of them, { label: LABEL } or { room: ROOM }',
  }),
);

export type DeviceSelection = z.output<typeof deviceSchema>;
