// How many backtests go on at once, who waits, and who is refused.
import { describe, expect, test } from 'vitest';
import { Turns } from '../../src/app/backtest/turns.ts';

const signal = new AbortController().signal;

/** Asks for turns and notes in which order they come. */
function asking(turns: Turns, told: string[]) {
  return (name: string, by = signal): Promise<void> =>
    turns.take(by).then(
      () => void told.push(name),
      (error: Error) => void told.push(`${name}: ${error.message}`),
    );
}

describe('turns', () => {
  test('two at once; the third waits for the first that ends, in order; beyond the line one is refused', async () => {
    const turns = new Turns({ running: 2, waiting: 2 });
    const told: string[] = [];
    const ask = asking(turns, told);
    const [, , third, fourth] = [ask('1'), ask('2'), ask('3'), ask('4')];
    await ask('5');
    const refused = '5: 2 backtests are under way and 2 wait already';
    expect(new Set(told)).toEqual(new Set(['1', '2', refused]));
    turns.giveBack();
    await third;
    expect(told.at(-1)).toBe('3');
    expect(told).not.toContain('4');
    turns.giveBack();
    await fourth;
    expect(told.at(-1)).toBe('4');
  });

  test('a turn that is given back goes to who waits, not to who comes just then', async () => {
    const turns = new Turns({ running: 1, waiting: 1 });
    const told: string[] = [];
    const ask = asking(turns, told);
    await ask('1');
    const second = ask('2');
    turns.giveBack();
    const third = ask('3');
    await second;
    expect(told).toEqual(['1', '2']);
    turns.giveBack();
    await third;
    expect(told).toEqual(['1', '2', '3']);
  });

  test('who leaves the line makes room in it, and gets no turn', async () => {
    const turns = new Turns({ running: 1, waiting: 1 });
    const told: string[] = [];
    const ask = asking(turns, told);
    await ask('1');
    const leaving = new AbortController();
    const second = ask('2', leaving.signal);
    leaving.abort(new Error('gone'));
    await second;
    const third = ask('3');
    turns.giveBack();
    await third;
    expect(told).toEqual(['1', '2: gone', '3']);
    await expect(turns.take(leaving.signal)).rejects.toThrow('gone');
  });
});
