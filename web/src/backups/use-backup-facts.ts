// What a backup holds and how big it is, in one line.
import type { BackupView } from '../api/types.ts';
import { formatBytes } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';

export function useBackupFacts(): (backup: BackupView) => string {
  const { say, language } = useWords();
  return ({ reason, bytes, hasHistory, hasKey }) =>
    [
      say(`backups.reason.${reason}`),
      formatBytes(language, bytes),
      hasHistory ? say('backups.holds.history') : undefined,
      hasKey ? say('backups.holds.key') : undefined,
    ]
      .filter((fact) => fact !== undefined)
      .join(' · ');
}
