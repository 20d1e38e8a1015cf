// Fields for values offer what was really seen where they look; text with templates becomes an editor once somebody is in it.
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listKinds } from '../../src/rules/index.ts';
import type { TopicDetail } from '../../web/src/api/types.ts';
import { pathFrom } from '../../web/src/document/places.ts';
import { seenIn } from '../../web/src/form/seen.ts';
import { seenPlaceOf } from '../../web/src/form/seen-place.ts';
import { TextForm } from '../../web/src/form/text-form.tsx';
import { makeTestHouse, show } from './support.tsx';

// Fields that grow with their text wait for fonts, which this page has none of.
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });

const door = {
  topic: 'home/hall/door',
  payload: '{"contact":"open","lux":12}',
  at: 1_000,
  contract: {
    since: 0,
    looks: 9,
    fields: [
      { path: 'contact', types: ['text'], share: 1, values: ['open', 'closed'] },
      { path: 'lux', types: ['number'], share: 1, min: 3, max: 240 },
    ],
  },
} as unknown as TopicDetail;

test.each([
  ['triggers[0].to', { filter: 'home/+/door', path: 'contact' }],
  ['triggers[0].path', { filter: 'home/+/door', path: '' }],
  ['triggers[0].for', undefined],
  ['actions[0].payload', { filter: 'lamp/set', path: '' }],
  ['actions[0].confirm.equals', { filter: 'lamp', path: '' }],
  ['actions[1].payload', undefined],
])('%s is about %j', (path, place) => {
  const tree = parse(`
triggers: [{ change: home/+/door, path: contact, to: open, for: 1m }]
actions:
  - { publish: lamp/set, payload: ON, confirm: { state: lamp, equals: ON } }
  - { publish: "{{ topic }}", payload: ON }`);
  expect(seenPlaceOf(tree, pathFrom(path))).toEqual(place);
});

test('what it says now comes first, numbers have their range', () => {
  expect(seenIn(door, 'contact')).toMatchObject({ values: ['open', 'closed'], now: 'open' });
  expect(seenIn(door, 'lux')).toMatchObject({ values: [12], min: 3, max: 240 });
  expect(seenIn(door, '')).toMatchObject({ values: [], paths: ['contact', 'lux'] });
  expect(seenIn({ ...door, payload: 'ON' }, '')).toMatchObject({ values: ['ON'] });
});

function Bench({ seen }: { readonly seen: { text: string } }) {
  const [text, setText] = useState(seen.text);
  const write = (next: string): void => {
    seen.text = next;
    setText(next);
  };
  return <TextForm text={text} problems={[]} mayEdit onChange={write} />;
}

async function showForm(text: string): Promise<{ text: string }> {
  const present = { at: 0, entries: [], filters: [], readsDevices: false };
  const { house } = makeTestHouse(({ path }) => {
    if (path === '/rules/kinds') return { body: listKinds() };
    if (path === '/expressions/present') return { body: present };
    if (path === '/topics/home%2Fhall%2Fdoor') return { body: door };
    return { body: { items: path.startsWith('/topics?') ? [door] : [] } };
  });
  const seen = { text };
  await show(<Bench seen={seen} />, { house });
  return seen;
}

test('a value that was seen is taken with one press', async () => {
  const seen = await showForm(
    'triggers:\n  - change: home/+/door\n    path: contact\n    to: x\nactions: []\n',
  );
  await userEvent.click(await screen.findByRole('button', { name: /home\/\s*\+\/\s*door/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'closed' }));
  expect(seen.text).toContain('    to: closed\n');
  await userEvent.click(screen.getByRole('button', { name: 'lux' }));
  expect(seen.text).toContain('    path: lux\n');
  expect(await screen.findByText('seen: 3 to 240')).toBeTruthy();
});

test('text with a template is plain until somebody is in it, and then an editor with its place kept', async () => {
  const seen = await showForm('actions:\n  - log: is {{ payload }} now\n');
  await userEvent.click(await screen.findByRole('button', { name: /to the log/ }));
  const plain: HTMLTextAreaElement = await screen.findByRole('textbox', { name: 'Text' });
  expect(plain.tagName).toBe('TEXTAREA');
  await userEvent.click(plain);
  await waitFor(() =>
    expect(document.querySelector('.cm-content')?.textContent).toBe('is {{ payload }} now'),
  );
  expect(document.activeElement).toBe(document.querySelector('.cm-content'));
  expect(seen.text).toContain('is {{ payload }} now');
});
