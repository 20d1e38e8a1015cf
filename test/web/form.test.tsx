// The form draws what the server tells: a kind that it has never heard of, too. What was just said becomes a trigger.
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { listKinds } from '../../src/rules/index.ts';
import type { TopicView } from '../../web/src/api/types.ts';
import { newEntry } from '../../web/src/form/kinds.ts';
import { novelty, ranked, triggerFrom } from '../../web/src/form/news.ts';
import { matches, sampleFilter } from '../../web/src/form/sample.ts';
import { TextForm } from '../../web/src/form/text-form.tsx';
import { makeTestHouse, show } from './support.tsx';

const moon = {
  verb: 'moon',
  doc: { en: 'the moon is so', zh: '月相' },
  example: 'moon: full',
  options: [
    { name: 'moon', field: 'choice', required: true, many: false, choices: ['new', 'full'] },
    { name: 'tide', field: 'duration', required: false, many: false },
  ],
} as const;

interface Seen {
  text: string;
}

function Bench({ seen }: { readonly seen: Seen }) {
  const [text, setText] = useState(seen.text);
  const write = (next: string): void => {
    seen.text = next;
    setText(next);
  };
  return <TextForm text={text} problems={[]} mayEdit onChange={write} />;
}

function makeForm(text: string) {
  const known = listKinds();
  const kinds = { ...known, triggers: [...known.triggers, moon] };
  const present = { at: 0, entries: [], filters: [], readsDevices: false };
  const bodies: Readonly<Record<string, unknown>> = {
    '/rules/kinds': kinds,
    '/expressions/present': present,
  };
  const { house } = makeTestHouse(({ path }) => ({ body: bodies[path] ?? { items: [] } }));
  const seen: Seen = { text };
  return { seen, show: () => show(<Bench seen={seen} />, { house }) };
}

test('a kind that the form does not know has fields, and its text keeps its comments', async () => {
  const text = '# mine\nid: x\ntriggers:\n  - moon: new # dark\n    tide: 2m\nactions: []\n';
  const form = makeForm(text);
  await form.show();
  await userEvent.click(await screen.findByRole('button', { name: /"moon":"new"/ }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'moon' }), 'full');
  await userEvent.type(screen.getByRole('combobox', { name: 'tide' }), '30s');
  expect(form.seen.text).toBe(text.replace('new #', 'full #').replace('2m', '2m30s'));
});

test.each(['triggers: [', 'name: *nowhere'])('a text that is no YAML freezes the form: %j', async (text) => {
  await makeForm(text).show();
  expect(await screen.findByText(/The text is no YAML just now/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Add a trigger' })).toBeNull();
});

test('a new entry of each kind has what its kind asks for', () => {
  const { triggers, actions } = listKinds();
  for (const kind of [...triggers, ...actions]) {
    const needed = kind.options.filter(({ required }) => required).map(({ name }) => name);
    expect(Object.keys(newEntry(kind)), kind.verb).toEqual(expect.arrayContaining(needed));
  }
});

function heard(
  topic: string,
  payload: unknown,
  more: { before?: unknown; messages?: number; count?: number } = {},
) {
  const { before, messages = 1, count = 1 } = more;
  const view = { topic, payload: JSON.stringify(payload), at: 1_000, messages } as TopicView;
  return { view, before: before === undefined ? undefined : JSON.stringify(before), count };
}

test('what is rare and changed comes before what is said all the time', () => {
  const button = heard('button', { action: 'single' });
  const sensor = heard('power', { watts: 12 }, { before: { watts: 11 }, messages: 5_000, count: 4 });
  expect(ranked([sensor, button], 2_000)).toEqual([button, sensor]);
  expect(ranked([button], 7_000)).toEqual([]);
  expect(novelty(button)).toBeGreaterThan(novelty(sensor));
});

test.each([
  [heard('b', { battery: 80, action: 'single' }), { message: 'b', when: "payload.action = 'single'" }],
  [
    heard('d', { open: true, ok: true }, { before: { open: false, ok: true } }),
    { message: 'd', when: 'payload.open = true' },
  ],
  [heard('t', { celsius: 20 }), { message: 't' }],
  [heard('s', "it's"), { message: 's', when: "payload = 'it\\'s'" }],
])('a message becomes a trigger that it would have fired: %#', (message, trigger) => {
  expect(triggerFrom(message)).toEqual(trigger);
});

test('an expression is tried with what its own trigger hears, else the first', () => {
  const tree = { triggers: [{ at: '07:00' }, { message: 'home/{room}/t' }, { change: ['x/#'] }] };
  expect(sampleFilter(tree, ['conditions', 0])).toBe('home/{room}/t');
  expect(sampleFilter(tree, ['triggers', 2, 'when'])).toBe('x/#');
  expect(matches('home/{room}/t', 'home/hall/t')).toBe(true);
  expect(matches('home/+/t', 'home/hall/x')).toBe(false);
  expect(matches('x/#', 'x/y/z')).toBe(true);
});
