import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/base/index.ts';

const verbs = ['message', 'change', 'becomes', 'at', 'cron', 'every', 'startup', 'publish', 'delay'];

describe('nearest', () => {
  it.each([
    ['mesage', 'message'],
    ['messgae', 'message'],
    ['Publish', 'publish'],
    ['pubish', 'publish'],
    ['evry', 'every'],
    ['ta', 'at'],
    ['delays', 'delay'],
    ['cron', 'cron'],
  ])('%s was meant to be %s', (word, meant) => {
    expect(nearest(word, verbs)).toBe(meant);
  });

  it.each(['temperature', 'x', '', 'zzzzzz'])('has no guess for %j', (word) => {
    expect(nearest(word, ['message', 'change'])).toBeUndefined();
  });

  it('knows nothing among nothing', () => {
    expect(nearest('message', [])).toBeUndefined();
  });
});
