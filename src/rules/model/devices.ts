// Which devices an entry means: an id, a list of them, or a label.
import { z } from 'zod';

const id = z.string().min(1);

export const deviceSchema = z.union([id, z.array(id).min(1), z.strictObject({ label: id })], {
  error: 'expected the id of a device, a list of them, or { label: LABEL }',
});

export type DeviceSelection = z.output<typeof deviceSchema>;
