// The keys of `backups`: when the house makes one by itself, and how many stay.
import { z } from 'zod';
import { count, keyDocs } from './key-docs.ts';

export const backupKeys = z
  .strictObject({
    at: z
      .string()
      .regex(/^(?:off|(?:[01]\d|2[0-3]):[0-5]\d)$/)
      .default('03:30')
      .register(keyDocs, {
        about: 'From when on the backup of the day is made, also later if the house did not run then.',
        expected: 'a time such as "03:30", or off',
      }),
    keep: count(7, 'Daily backups that stay; those that somebody asked for stay until they are deleted.'),
  })
  .prefault({});
