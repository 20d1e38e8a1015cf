// Every trigger and condition of the form says how it stands now, in both languages; messages that matter bring it up to date.
import { act, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { listKinds } from '../../src/rules/index.ts';
import type { PresentEntryView } from '../../web/src/api/types.ts';
import { presentWords } from '../../web/src/form/present-words.ts';
import { TextForm } from '../../web/src/form/text-form.tsx';
import { type Language, startLanguage } from '../../web/src/i18n/language.ts';
import type { Say } from '../../web/src/i18n/use-words.ts';
import { makeTestHouse, show } from './support.tsx';

async function wordsOf(language: Language) {
  const words = await startLanguage(language, ['shell', 'editor', 'faults']);
  return { language, say: ((key, values) => words.t(key, values ?? {})) satisfies Say };
}

const words = { en: await wordsOf('en'), zh: await wordsOf('zh-CN') };
const clause = { source: 'payload > 26', start: 0, end: 12, wanted: true } as const;
const hot = { ...clause, operator: '>', left: 26.4, right: 26, distance: 0.4 } as const;
const now = 1_800_000_000_000;

test.each<[entry: Omit<PresentEntryView, 'path'>, en: string, zh: string]>([
  [{ verdict: 'pass', clauses: [hot] }, '26.4 > 26', '26.4 > 26'],
  [
    { verdict: 'fail', clauses: [{ ...hot, left: 25.8, distance: 0.2 }] },
    '25.8 > 26 · 0.2 short',
    '25.8 > 26 · 差 0.2',
  ],
  [
    { verdict: 'unknown', clauses: [hot, { ...clause, missing: ['payload.b'] }] },
    'payload.b is missing · +1',
    '缺少 payload.b · +1',
  ],
  [
    { verdict: 'fail', clauses: [{ ...clause, operator: '=', left: 'off', right: 'on' }] },
    'off = on',
    'off = on',
  ],
  [
    { verdict: 'fail', clauses: [{ ...clause, source: '$sun().up', value: false }] },
    '$sun().up = false',
    '$sun().up = false',
  ],
  [{ verdict: 'pass', value: 12, heardAt: now - 1_000 }, '12 · just now', '12 · 刚刚'],
  [{ verdict: 'fail', value: 'OPEN', wanted: 'open' }, 'OPEN ≠ open', 'OPEN ≠ open'],
  [{ verdict: 'unknown' }, 'nothing heard yet', '还没有消息'],
])('%j', (entry, en, zh) => {
  expect(presentWords(words.en, { path: 'triggers[0]', ...entry }, now)).toBe(en);
  expect(presentWords(words.zh, { path: 'triggers[0]', ...entry }, now)).toBe(zh);
});

const text = `triggers:
  - message: home/temp
  - button: true
conditions:
  - payload > 26
actions:
  - if: payload > 30
    then: []
`;

function makeForm() {
  let left = 25.8;
  const made = makeTestHouse(({ path }) => {
    if (path === '/rules/kinds') return { body: listKinds() };
    if (path !== '/expressions/present') return { body: { items: [] } };
    const verdict = left > 26 ? 'pass' : 'fail';
    const clauses = [{ ...hot, left, distance: Math.abs(left - 26) }];
    const entries = [
      { path: 'triggers[0]', verdict: 'pass', value: left, heardAt: now },
      { path: 'conditions[0]', verdict, clauses },
      { path: 'actions[0].if', verdict: 'unknown', clauses: [{ ...clause, missing: ['limit'] }] },
    ];
    return { body: { at: now, entries, filters: ['home/temp'], readsDevices: false } };
  });
  const asked = () => made.calls.filter(({ path }) => path === '/expressions/present');
  const hear = (value: number): void => {
    left = value;
    const wanted = made.socket.sent.find((each) => Reflect.get(Object(each), 'filter') === 'home/temp');
    const id: unknown = Reflect.get(Object(wanted), 'id');
    made.socket.say({ op: 'items', id, items: [{ topic: 'home/temp' }] });
  };
  const form = (mayEdit = true) => (
    <TextForm text={text} problems={[]} mayEdit={mayEdit} onChange={() => undefined} />
  );
  return { ...made, asked, hear, form };
}

const markOf = (path: string) =>
  document.querySelector(`[data-row="${path}"] > .entry-head > .present`)?.getAttribute('data-verdict');

test('each row that can be told has a mark, and says in words what it means', async () => {
  const { house, form } = makeForm();
  await show(form(), { house });
  await screen.findByText('25.8 > 26 · 0.2 short');
  expect(markOf('conditions[0]')).toBe('fail');
  expect(markOf('triggers[0]')).toBe('pass');
  expect(markOf('actions[0]')).toBe('unknown');
  expect(document.querySelector('[data-row="triggers[1]"] .present')).toBeNull();
  const row = screen.getByRole('button', { name: /payload is above 26|above 26/i });
  const described = document.getElementById(row.getAttribute('aria-describedby') ?? '');
  expect(described?.textContent).toContain('Would not pass now:');
});

test('many messages at once are one question more, and its answer is shown', async () => {
  const { house, form, hear, asked, socket } = makeForm();
  house.live.start();
  await show(form(), { house });
  socket.open();
  await screen.findByText('25.8 > 26 · 0.2 short');
  await waitFor(() => expect(socket.sent).toContainEqual(expect.objectContaining({ filter: 'home/temp' })));
  const before = asked().length;
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await act(async () => {
    for (let count = 0; count < 50; count += 1) hear(26.4);
    await vi.advanceTimersByTimeAsync(50);
  });
  await screen.findByText('26.4 > 26');
  expect(asked().length - before).toBeLessThanOrEqual(2);
  vi.useRealTimers();
});

test('who may not write rules asks nothing', async () => {
  const { house, form, asked } = makeForm();
  await show(form(false), { house });
  await screen.findAllByText(/home\/temp/);
  expect(asked()).toHaveLength(0);
});
