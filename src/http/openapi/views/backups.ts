// Backups, and what restoring one would change.
import { z } from 'zod';
import type { BackupPreview, BackupRestoreView, BackupView } from '../../../api/index.ts';
import { count, list, millis, text } from './shapes.ts';

const facts = {
  id: text,
  createdAt: millis,
  version: text,
  reason: z.enum(['daily', 'asked']),
  bytes: count,
  files: count,
  hasHistory: z.boolean(),
  hasKey: z.boolean(),
};

const backupView = z.object(facts) satisfies z.ZodType<BackupView>;

const difference = z.object({
  id: text,
  change: z.enum(['added', 'removed', 'changed']),
  from: count.exactOptional(),
  to: count.exactOptional(),
});

const comparison = z.object({
  subject: z.enum([
    'rules',
    'devices',
    'variables',
    'users',
    'access',
    'bridges',
    'plugins',
    'secrets',
    'files',
  ]),
  count,
  added: count,
  removed: count,
  changed: count,
  items: z.array(difference),
});

const backupPreview = z.object({
  ...facts,
  comparisons: z.array(comparison),
  canReadSecrets: z.boolean(),
  journal: z.object({ from: millis, to: millis }).exactOptional(),
}) satisfies z.ZodType<BackupPreview>;

const backupRestoreView = z.object({ id: text, kept: text }) satisfies z.ZodType<BackupRestoreView>;

export const backupsViews = {
  BackupList: list(backupView),
  BackupView: backupView,
  BackupPreview: backupPreview,
  BackupRestoreView: backupRestoreView,
} as const;
