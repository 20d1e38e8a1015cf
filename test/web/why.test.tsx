// Why a rule ran or not, and who did a thing: codes of the server as sentences, in both languages.
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { CausesView, ExplanationEntry, ExplanationView, RunSummary } from '../../web/src/api/types.ts';
import { WhoDidThis } from '../../web/src/causes/who-did-this.tsx';
import { Explanation } from '../../web/src/why/explanation.tsx';
import { WhyPanel } from '../../web/src/why/why-panel.tsx';
import { makeTestHouse, show } from './support.tsx';

const at = 1_800_000_000_000;
const woken = {
  at,
  status: 'refused',
  version: 2,
  path: 'triggers[0]',
  topic: 'hall/motion',
  payload: 'ON',
} as const;
const clause = {
  source: 'celsius > 26',
  start: 0,
  end: 12,
  wanted: true,
  operator: '>',
  left: 25.8,
  right: 26,
  distance: 0.2,
} as const;

function viewOf(...entries: readonly ExplanationEntry[]): ExplanationView {
  return { rule: 'fan', at, from: at - 1, to: at + 1, entries, runs: [], incomplete: [] };
}

type Case = readonly [entry: ExplanationEntry, en: string, zh: string];

const cases: readonly Case[] = [
  [
    { ...woken, code: 'condition', status: 'conditions-failed', clauses: [clause] },
    'hall/motion "ON" woke it. A condition did not hold.',
    'hall/motion "ON" 唤醒了它。有条件不成立。',
  ],
  [
    { ...woken, code: 'refused', reason: 'breaker' },
    'hall/motion "ON" woke it. It was not let in. The rule ran too often in a short time and was paused for a minute.',
    'hall/motion "ON" 唤醒了它。没有获准运行。规则在短时间内运行太多次，已暂停一分钟。',
  ],
  [
    {
      code: 'missed',
      why: 'value',
      at,
      path: 'triggers[0]',
      topic: 'a',
      value: '1',
      wanted: 1,
      hint: 'type',
    },
    'a was "1"; the trigger wants 1. Only the type differs: a text is not a number.',
    'a 是 "1"，而触发器要的是 1。只差类型：文字不是数字。',
  ],
  [
    {
      code: 'hold-reset',
      at,
      about: 'door',
      since: at - 190_000,
      due: at + 110_000,
      topic: 'door',
      value: 'shut',
    },
    'door had held for 3 min 10 sec of 5 min when door became "shut".',
    'door 已持续 3分钟10秒 / 5分钟，这时 door 变成了 "shut"。',
  ],
  [
    { code: 'not-true', at, path: 'triggers[0]', clauses: [clause] },
    'What it waits for was not true then.',
    '它等待的条件当时不成立。',
  ],
  [
    { code: 'unheard', path: 'triggers[0]', topic: 'Hall/x', nearest: 'hall/x' },
    'Nothing was ever heard on Hall/x. Is hall/x meant?',
    '从来没有收到过 Hall/x 的消息。是不是想写 hall/x？',
  ],
  [
    { code: 'not-due', at, path: 'triggers[0]', due: at + 60_000 },
    'It was not time yet: the next time is ',
    '当时还没到时间，下一次在 ',
  ],
  [
    { code: 'not-due', at, path: 'triggers[0]' },
    'It was not time, and no time is set for it.',
    '当时没到时间，也没有排定下一次。',
  ],
  [{ code: 'disabled', version: 2 }, 'The rule was switched off then.', '规则当时停用。'],
  [{ code: 'not-yet' }, 'The rule was not there yet.', '那时还没有这条规则。'],
  [
    { code: 'other-version', version: 2, present: 3, now: 'ran' },
    'Version 2 was in force then; now it is 3. The present one would have run.',
    '当时生效的是版本 2，现在是 3。现在的版本当时会运行。',
  ],
  [
    { code: 'denied', at, client: 'cam', topic: 'a', reason: 'acl', count: 2 },
    'cam was not allowed to publish on a (2×): acl',
    'cam 不被允许向 a 发布（2 次）：acl',
  ],
];

describe.each(cases)('%o', (entry, en, zh) => {
  test.each([
    ['en', en],
    ['zh-CN', zh],
  ] as const)('in %s', async (language, words) => {
    await show(<Explanation view={viewOf(entry)} />, { language });
    expect(await screen.findByText((text) => text.startsWith(words))).toBeTruthy();
  });
});

test('a clause says its value and how far it was from passing', async () => {
  await show(<Explanation view={viewOf({ ...woken, code: 'condition', clauses: [clause] })} />);
  expect(await screen.findByText('is 25.8 · 0.2 short')).toBeTruthy();
});

test('what failed behind the condition that decided is told below it', async () => {
  const others = [
    { where: 'conditions[1]', clauses: [{ ...clause, source: 'lux < 10', left: 12, distance: 2 }] },
  ];
  const entry = { ...woken, code: 'condition', clauses: [clause], others } as const;
  await show(<Explanation view={viewOf(entry)} />);
  await screen.findByText('These would have failed as well:');
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    expect.any(String),
    'celsius > 26is 25.8 · 0.2 short',
    'lux < 10is 12 · 2 short',
  ]);
});

test('a moment is asked for by time or by a tick, and stands in the address', async () => {
  const asked: string[] = [];
  const run = { id: 'r', rule: 'fan', version: 1, at, status: 'refused', verb: 'message' } as RunSummary;
  const { house } = makeTestHouse();
  await show(<WhyPanel rule="fan" runs={[run]} asked={undefined} onAsk={(time) => asked.push(time)} />, {
    house,
  });
  await userEvent.type(await screen.findByRole('textbox', { name: 'Time to ask about' }), '21:04{Enter}');
  screen.getByRole('slider', { name: 'Runs of the last 24 hours' }).focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(asked).toEqual(['21:04', String(at)]);
});

const chain: CausesView = {
  at,
  value: 'ON',
  links: [
    { kind: 'message', at, topic: 'lamp/set', value: 'ON', origin: 'rule', by: 'fan' },
    { kind: 'run', at, rule: 'fan', run: 'r1' },
    { kind: 'message', at, topic: 'button', value: 'press', origin: 'client', by: 'switch7' },
  ],
  end: { kind: 'client', by: 'switch7' },
  gaps: [],
};

test('who did a thing is a chain of links down to the outside', async () => {
  const { house, calls } = makeTestHouse(({ path }) => ({
    body: path.startsWith('/causes') ? chain : { items: [{ id: 'fan', name: 'Hall fan' }] },
  }));
  await show(<WhoDidThis effect={{ topic: 'lamp/set', at }} name="lamp/set" />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Who did this? lamp/set' }));
  await screen.findByText('It came from switch7, a device or program.');
  expect((await screen.findByRole('link', { name: 'Hall fan' })).getAttribute('href')).toContain('run=r1');
  expect(calls.map(({ path }) => path)).toContain(`/causes?topic=lamp%2Fset&at=${at}`);
});
