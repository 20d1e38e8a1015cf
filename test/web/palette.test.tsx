// The palette finds by words and pinyin, recent first, and Enter waits for the input method.
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { type Entry, hitsOf, withRecent } from '../../web/src/palette/entries.ts';
import { find } from '../../web/src/palette/match.ts';
import { Palette } from '../../web/src/palette/palette.tsx';
import { byPinyin } from '../../web/src/palette/pinyin.ts';
import { makeTestHouse, show } from './support.tsx';

describe('words', () => {
  test.each([
    ['客厅灯', '', 'ktd', [0, 2]],
    ['客厅灯', '', 'keting', [0, 1]],
    ['客厅灯', '', '灯', [2, 2]],
    ['Kitchen light', '', 'LIGHT', [8, 12]],
    ['走廊灯', '客厅', 'ktd', undefined],
  ])('%s (%s) by %s', (name, beside, words, span) => {
    expect(find({ name, beside }, words, byPinyin)?.span).toEqual(span);
  });

  test('must all be found, beside the name too', () => {
    expect(find({ name: '灯', beside: '客厅' }, 'keting deng', byPinyin)).toBeDefined();
    expect(find({ name: '灯', beside: '客厅' }, 'woshi deng', byPinyin)).toBeUndefined();
  });
});

function entry(id: string, name: string, kind: Entry['kind'] = 'rule'): Entry {
  return { id, kind, name, beside: '', icon: () => null, open: () => undefined };
}

describe('order', () => {
  const entries = [
    entry('p', 'Rules', 'page'),
    entry('a', 'My lamp'),
    entry('b', 'Lamp'),
    entry('c', 'Lamp 2'),
  ];
  const ids = (words: string, recent: readonly string[]) =>
    hitsOf(entries, { words, recent, byPinyin }).map((hit) => hit.entry.id);

  test('without words: what is recent, then the pages', () => {
    expect(ids('', ['c', 'lost'])).toEqual(['c', 'p']);
  });

  test('what begins with the words first, among equals what is recent', () => {
    expect(ids('lamp', ['c', 'b'])).toEqual(['c', 'b', 'a']);
    expect(ids('lamp', [])).toEqual(['b', 'c', 'a']);
  });

  test('what was opened comes to the front once', () => {
    expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a']);
  });
});

describe('the field', () => {
  const user = { name: 'a', role: 'admin', may: ['read', 'operate', 'edit'] };
  const houseWithRule = () =>
    makeTestHouse(({ path }) => {
      if (path === '/session') return { body: { needsSetup: false, user } };
      if (path === '/rules')
        return { body: { items: [{ id: 'hall', name: '走廊灯', labels: [], description: '' }] } };
      return { body: { items: [] } };
    });

  test('finds by initials, and Enter does nothing while an input method composes', async () => {
    const { house } = houseWithRule();
    let closed = 0;
    await show(<Palette onClose={() => (closed += 1)} />, { house });
    const field = await screen.findByRole('combobox', { hidden: true });
    fireEvent.change(field, { target: { value: 'zld' } });
    await waitFor(() =>
      expect(screen.getAllByRole('option', { hidden: true })[0]?.textContent).toContain('走廊灯'),
    );
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(closed).toBe(0);
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 });
    expect(closed).toBe(1);
    expect(house.storage.getItem('homerule.recent')).toBe('["rule hall"]');
  });

  test('arrows move round', async () => {
    await show(<Palette onClose={() => undefined} />, { house: houseWithRule().house });
    const field = await screen.findByRole('combobox', { hidden: true });
    fireEvent.change(field, { target: { value: 'zld' } });
    await waitFor(() => expect(screen.getAllByRole('option', { hidden: true })).toHaveLength(2));
    const chosen = (): number =>
      screen
        .getAllByRole('option', { hidden: true })
        .findIndex((one) => one.getAttribute('aria-selected') === 'true');
    expect(chosen()).toBe(0);
    fireEvent.keyDown(field, { key: 'ArrowUp' });
    expect(chosen()).toBe(1);
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    expect(chosen()).toBe(0);
  });
});
