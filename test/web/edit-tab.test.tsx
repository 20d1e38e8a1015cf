// Apply is explicit, drafts are kept, and a conflict is a question.
import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { RuleSummary, RuleView } from '../../web/src/api/types.ts';
import { EditTab } from '../../web/src/rule/edit-tab.tsx';
import { MissingRule } from '../../web/src/rule/missing-rule.tsx';
import { RuleHead } from '../../web/src/rule/rule-head.tsx';
import { useDraft } from '../../web/src/rule/use-draft.ts';
import { RuleRow } from '../../web/src/rules/rule-row.tsx';
import { type Answer, type Call, makeTestHouse, show } from './support.tsx';

const source = 'name: Fan\ntriggers:\n  - message: a/b\nactions: []\n';
const mine = `${source}# mine\n`;

const rule = {
  id: 'fan',
  name: 'Fan',
  version: 3,
  savedAt: 1_799_999_000_000,
  source,
  enabled: true,
  problems: [],
} as unknown as RuleView;

const theirs = { ...rule, version: 4, source: `${source}# theirs\n` };

const editor = { needsSetup: false, user: { name: 'e', role: 'editor', may: ['read', 'operate', 'edit'] } };
const viewer = { needsSetup: false, user: { name: 'v', role: 'viewer', may: ['read'] } };

function Bench() {
  const state = useDraft('fan', rule);
  return <EditTab rule={rule} state={state} onApplied={() => undefined} />;
}

function makeBench(save: (call: Call) => Answer) {
  const test = makeTestHouse((call) => {
    if (call.path === '/rules/check') return { body: { problems: [] } };
    if (call.path === '/session') return { body: editor };
    if (call.path === '/expressions/present') return { body: { at: 0, entries: [], filters: [] } };
    if (call.path === '/rules/kinds') return { body: { triggers: [], actions: [] } };
    if (/^\/(?:devices|rules)(?:\?|$)/.test(call.path)) return { body: { items: [] } };
    return call.method === 'PUT' ? save(call) : { body: theirs };
  });
  test.house.drafts.keep('fan', { source: mine, version: 3, savedAt: 1_799_999_999_000 });
  return { ...test, saves: () => test.calls.filter(({ method }) => method === 'PUT') };
}

async function applyInDialog(): Promise<void> {
  const dialog = within(await screen.findByRole('dialog', { name: 'What changes' }));
  expect(dialog.getByText('# mine')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Apply' }));
}

test('a draft from an earlier visit is there, and Apply sends it with the version it began from', async () => {
  const { house, saves } = makeBench(() => ({ body: { ...rule, version: 4, source: mine } }));
  await show(<Bench />, { house });
  expect(await screen.findByText('Draft kept just now')).toBeTruthy();
  expect(saves()).toHaveLength(0);
  await userEvent.click(await screen.findByRole('button', { name: 'Apply' }));
  await applyInDialog();
  await screen.findByText('Applied as version 4');
  expect(saves().map(({ path, body, headers }) => [path, body, headers['if-match']])).toEqual([
    ['/rules/fan', mine, '"3"'],
  ]);
  await waitFor(() => expect(house.drafts.find('fan')).toBeUndefined());
});

test('when somebody else was faster both texts are offered; mine goes over theirs only when asked', async () => {
  const conflict = { status: 412, body: { status: 412, code: 'version-conflict', title: 'x', detail: 'x' } };
  const { house, saves } = makeBench(({ headers }) =>
    headers['if-match'] === '"4"' ? { body: { ...rule, version: 5, source: mine } } : conflict,
  );
  await show(<Bench />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Apply' }));
  await applyInDialog();
  expect(await screen.findByText('Somebody else saved version 4')).toBeTruthy();
  expect(screen.getByText(/# theirs/)).toBeTruthy();
  expect(house.drafts.find('fan')?.source).toBe(mine);
  await userEvent.click(screen.getByRole('button', { name: 'Overwrite with mine' }));
  await screen.findByText('Applied as version 5');
  expect(saves().map(({ headers }) => headers['if-match'])).toEqual(['"3"', '"4"']);
});

test('when the tests of the rule fail it is said, and applied only when asked once more', async () => {
  const problem = { path: 'tests[0]', code: 'test-failed', message: 'expected ON', severity: 'error' };
  const refusal = { status: 422, code: 'tests-failed', title: 'x', detail: 'x', problems: [problem] };
  const { house, saves } = makeBench(({ path }) =>
    path.endsWith('?force=true')
      ? { body: { ...rule, version: 6, source: mine } }
      : { status: 422, body: refusal },
  );
  await show(<Bench />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Apply' }));
  await applyInDialog();
  expect(await screen.findByText('expected ON')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Apply all the same' }));
  await screen.findByText('Applied as version 6');
  expect(saves().map(({ path }) => path)).toEqual(['/rules/fan', '/rules/fan?force=true']);
});

test('their text is taken with a way back: one undo brings mine again', async () => {
  const conflict = { status: 412, body: { status: 412, code: 'version-conflict', title: 'x', detail: 'x' } };
  const { house } = makeBench(() => conflict);
  await show(<Bench />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Apply' }));
  await applyInDialog();
  await userEvent.click(await screen.findByRole('button', { name: 'Take theirs' }));
  await waitFor(() => expect(house.drafts.find('fan')?.source).not.toBe(mine));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo (Ctrl+Z)' }));
  expect(house.drafts.find('fan')?.source).toBe(mine);
});

test('what another tab of this browser writes is shown here, so that none writes over the other', async () => {
  const { house } = makeBench(() => ({}));
  await show(<Bench />, { house });
  await screen.findByText('Draft kept just now');
  const say = (newValue: string | null) =>
    act(() => globalThis.dispatchEvent(new StorageEvent('storage', { key: 'homerule.draft.fan', newValue })));
  const there = { source: `${source}# there\n`, version: 3, savedAt: 1_800_000_000_000 };
  say(JSON.stringify(there));
  await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
  expect(await screen.findByText('# there')).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  say(null);
  expect(await screen.findByText(/^As applied/)).toBeTruthy();
});

test('what was written for a rule that somebody deleted becomes a new rule', async () => {
  const { house } = makeBench(() => ({}));
  await show(<MissingRule id="fan" />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a new rule of my draft' }));
  await waitFor(() => expect(house.drafts.find('new')).toMatchObject({ source: mine, version: 0 }));
  expect(house.drafts.find('fan')).toBeUndefined();
});

test('who may not edit sees nothing that would change the rule', async () => {
  const { house } = makeTestHouse(({ path }) => {
    if (path === '/session') return { body: viewer };
    return path === '/rules/check'
      ? { body: { problems: [] } }
      : { body: { items: [], triggers: [], actions: [] } };
  });
  await show(
    <>
      <RuleHead rule={rule} hasDraft={false} onRan={() => undefined} />
      <Bench />
      <ul>
        <RuleRow rule={rule as unknown as RuleSummary} speaker={{} as never} onSwitch={() => undefined} />
      </ul>
    </>,
    { house },
  );
  expect(await screen.findByText(/^As applied/)).toBeTruthy();
  for (const name of ['Apply', 'Run now', 'More']) expect(screen.queryByRole('button', { name })).toBeNull();
  for (const one of screen.getAllByRole('switch')) expect(one).toHaveProperty('disabled', true);
});
