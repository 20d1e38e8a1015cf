// Problems are shown with place, code and suggestion, and lead to their place.
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { ProblemView } from '../../web/src/api/types.ts';
import { ProblemsList } from '../../web/src/rule/problems-list.tsx';
import { show } from './support.tsx';

const problems: readonly ProblemView[] = [
  {
    path: 'triggers[0].mesage',
    code: 'unknown-verb',
    message: '"mesage" is no verb of a trigger',
    severity: 'error',
    line: 3,
    column: 5,
    suggestion: 'message',
  },
  { path: '', code: 'never-fires', message: 'this rule can never fire', severity: 'warning' },
];

test('shows path, code, line and suggestion of each problem', async () => {
  await show(<ProblemsList problems={problems} onOpen={() => undefined} />);
  const [first, second] = await screen.findAllByRole('button');
  for (const words of [
    'Error',
    '"mesage" is no verb of a trigger',
    'line 3',
    'triggers[0].mesage',
    'unknown-verb',
  ]) {
    expect(first?.textContent).toContain(words);
  }
  expect(within(first ?? document.body).getByText('message', { selector: 'code' })).toBeTruthy();
  expect(second?.textContent).toContain('Warning');
  expect(second?.textContent).toContain('whole rule');
  expect(second?.textContent).not.toContain('line');
});

test('opens the place of the problem that is chosen, by keyboard too', async () => {
  const onOpen = vi.fn<(problem: ProblemView) => void>();
  await show(<ProblemsList problems={problems} onOpen={onOpen} />);
  const [first, second] = await screen.findAllByRole('button');
  await userEvent.click(first ?? document.body);
  second?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onOpen.mock.calls.map(([problem]) => problem.code)).toEqual(['unknown-verb', 'never-fires']);
});

test('speaks Chinese', async () => {
  await show(<ProblemsList problems={problems} onOpen={() => undefined} />, { language: 'zh-CN' });
  const [first] = await screen.findAllByRole('button');
  expect(first?.textContent).toContain('第 3 行');
  expect(first?.textContent).toContain('是不是要写');
});
