// Backups: one is made, looked into and restored only after a question.
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { BackupList } from '../../web/src/backups/backup-list.tsx';
import { type Answer, makeTestHouse, show } from './support.tsx';

const backup = {
  id: '2026-01-15T12-00-00.000Z',
  createdAt: 1,
  version: '1',
  reason: 'daily',
  bytes: 5_000_000,
  files: 2,
  hasHistory: false,
  hasKey: false,
};
const rules = {
  ...{ subject: 'rules', count: 2, added: 1, removed: 0, changed: 1 },
  items: [
    { id: 'porch', change: 'added', to: 1 },
    { id: 'fan', change: 'changed', from: 5, to: 4 },
  ],
};

test('a backup is made, says what it would change, and is restored when that is wanted', async () => {
  const asked: string[] = [];
  const { house } = makeTestHouse(({ path, method }): Answer => {
    if (method === 'POST') asked.push(path);
    if (path.endsWith('/restore')) return { body: { id: backup.id, kept: 'replaced-1' } };
    if (path === '/backups') return { body: method === 'POST' ? backup : { items: [backup] } };
    return { body: { ...backup, comparisons: [rules], canReadSecrets: false } };
  });
  const user = userEvent.setup();
  await show(<BackupList />, { house });
  await user.click(await screen.findByRole('button', { name: 'Back up now' }));
  await waitFor(() => expect(asked).toEqual(['/backups']));
  await user.click(await screen.findByRole('button', { name: 'What would change' }));
  await screen.findByText('1 come back, 0 go, 1 change');
  await screen.findByText(/fan 5 → 4/);
  await screen.findByText(/must be given anew/);
  await user.click(screen.getByRole('button', { name: 'Restore …' }));
  expect(asked).toHaveLength(1);
  await user.click(await screen.findByRole('button', { name: 'Restore' }));
  await waitFor(() => expect(asked.at(-1)).toBe(`/backups/${backup.id}/restore`));
});
