// The past of a rule: what differs between two versions, and the way back to one.
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import type { RuleVersionView, RuleView } from '../../web/src/api/types.ts';
import { around, lineDiff } from '../../web/src/document/line-diff.ts';
import { UndoApply } from '../../web/src/rule/undo-apply.tsx';
import { linePairs } from '../../web/src/versions/line-pairs.ts';
import { type VersionChoice, VersionsTab } from '../../web/src/versions/versions-tab.tsx';
import { type Answer, type Call, makeTestHouse, show } from './support.tsx';

const now = 1_800_000_000_000;
const sources = ['', '26', '28', '30'].map((limit) => `id: fan\nname: Fan\ndescription: above ${limit}\n`);

function versionOf(version: number): RuleVersionView {
  const head = { rule: 'fan', version, author: 'anna', note: '', savedAt: now - 60_000 * (10 - version) };
  if (version === 1) return head;
  return { ...head, diff: { from: version - 1, text: '@@ -1 +1 @@\n-a\n+b\n+c\n', paths: [] } };
}

function ruleAt(version: number): RuleView {
  const head = { id: 'fan', name: 'Fan', enabled: true, problems: [] };
  return { ...head, version, source: sources[version], savedAt: now } as unknown as RuleView;
}

function answerOf(call: Call): Answer {
  const [, asked] = /^\/rules\/fan\/versions\/(\d)$/.exec(call.path) ?? [];
  if (asked !== undefined) return { body: { ...versionOf(Number(asked)), source: sources[Number(asked)] } };
  if (call.path === '/rules/fan/versions') return { body: { items: [3, 2, 1].map(versionOf) } };
  if (call.path === '/rules/kinds') return { body: { triggers: [], actions: [] } };
  if (call.path === '/session')
    return { body: { needsSetup: false, user: { name: 'anna', role: 'editor', may: ['read', 'edit'] } } };
  return { body: { items: [] } };
}

function Page() {
  const [choice, setChoice] = useState<VersionChoice>({ version: 'v1' });
  return <VersionsTab rule={ruleAt(3)} hasDraft={false} choice={choice} onChoose={setChoice} />;
}

describe('lines side by side', () => {
  test('what came stands beside what went, and what was left out is one gap', () => {
    const lines = around(lineDiff(['a', 'b', 'c', 'd', 'x'], ['a', 'b', 'c', 'e', 'f', 'x']), 0);
    expect(linePairs(lines).map(({ before, after }) => [before?.text, after?.text])).toEqual([
      [undefined, undefined],
      ['d', 'e'],
      [undefined, 'f'],
      [undefined, undefined],
    ]);
  });

  test('what stayed stands on both sides', () => {
    expect(
      linePairs(lineDiff(['a'], ['a', 'b'])).map(({ before, after }) => [before?.text, after?.text]),
    ).toEqual([
      ['a', 'a'],
      [undefined, 'b'],
    ]);
  });
});

describe('the page of versions', () => {
  test('marks the one in force, says who made each and how much it changed', async () => {
    const { house } = makeTestHouse(answerOf);
    await show(<Page />, { house });
    const rows = within(await screen.findByRole('list', { name: 'Versions of this rule' })).getAllByRole(
      'listitem',
    );
    expect(rows.map((row) => row.textContent?.includes('in force'))).toEqual([true, false, false]);
    expect(rows[0]?.textContent).toContain('anna');
    expect(within(rows[0] ?? document.body).getByText('2 lines new, 1 gone')).toBeTruthy();
    expect(rows[2]?.textContent).toContain('the oldest that is kept');
  });

  test('compares any two', async () => {
    const { house } = makeTestHouse(answerOf);
    await show(<Page />, { house });
    await userEvent.selectOptions(await screen.findByLabelText('Compared with'), '2');
    const text = await screen.findAllByText('description: above 26');
    expect(text.length).toBeGreaterThan(0);
    expect(screen.getAllByText('description: above 28').length).toBeGreaterThan(0);
    expect(screen.queryByText('description: above 30')).toBeNull();
  });

  test('compares the oldest with the one in force', async () => {
    const { house } = makeTestHouse(answerOf);
    await show(<Page />, { house });
    const select = await screen.findByLabelText('Compared with');
    expect((select as HTMLSelectElement).value).toBe('3');
    expect((await screen.findAllByText('description: above 30')).length).toBeGreaterThan(0);
  });

  test('restores one with a note, only over the version that was seen', async () => {
    const { house, calls } = makeTestHouse((call) =>
      call.path.endsWith('/rollback') ? { body: { ...ruleAt(1), version: 4 } } : answerOf(call),
    );
    await show(<Page />, { house });
    await userEvent.click(await screen.findByRole('button', { name: 'Restore…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Restore version 1?' }));
    await dialog.findAllByText('description: above 26');
    await userEvent.type(dialog.getByLabelText('Note'), 'too cold');
    await userEvent.click(dialog.getByRole('button', { name: 'Restore' }));
    await screen.findByText('Version 1 is back, as version 4');
    const sent = calls.filter(({ method }) => method === 'POST');
    expect(sent.map(({ path, body, headers }) => [path, JSON.parse(body), headers['if-match']])).toEqual([
      ['/rules/fan/rollback', { version: 1, note: 'too cold' }, '"3"'],
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('says when somebody else was faster, and keeps the question open', async () => {
    const refusal = { status: 412, body: { status: 412, code: 'version-conflict', title: 'x', detail: 'x' } };
    const { house } = makeTestHouse((call) => (call.path.endsWith('/rollback') ? refusal : answerOf(call)));
    await show(<Page />, { house });
    await userEvent.click(await screen.findByRole('button', { name: 'Restore…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Restore' }));
    await screen.findByText('Somebody else changed the rule meanwhile');
    expect(screen.getByRole('dialog', { name: 'Restore version 1?' })).toBeTruthy();
  });
});

test('after Apply the way back is offered for ten minutes', async () => {
  const test = makeTestHouse(answerOf);
  await show(<UndoApply rule={ruleAt(3)} />, { house: test.house });
  await userEvent.click(await screen.findByRole('button', { name: 'Back to version 2' }));
  const sent = test.calls.find(({ path }) => path.endsWith('/rollback'));
  expect(JSON.parse(sent?.body ?? '')).toEqual({ version: 2, note: 'back to version 2' });
  test.now += 600_001;
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Back to version 2' })).toBeNull(), {
    timeout: 3_000,
  });
});
