// What the server says is wrong is said in both languages, or stands in the list of what is said in the server's words.
import { describe, expect, test } from 'vitest';
import { failureCodes } from '../../src/expression/index.ts';
import { findingCodes } from '../../src/rules/analyse/finding.ts';
import { adviceWords, faultWords, foundWords, saidFaults } from '../../web/src/i18n/fault-words.ts';
import { loadTexts, startLanguage } from '../../web/src/i18n/language.ts';
import type { Say } from '../../web/src/i18n/use-words.ts';

/** Rare, or the author's own text. Only ever to become shorter. */
const inServerWords =
  /^(?:D1004|D1009|D1013|D30(?:1[12]|2\d|4\d|5\d|8\d)|D309\d|D312\d|D313[0-7]|D3141|T1007|T1008|T1010|T201[123]|slow-picture|text-too-long|bad-filter)$/;

async function sayIn(language: 'en' | 'zh-CN'): Promise<Say> {
  const words = await startLanguage(language);
  await loadTexts(words, ['faults']);
  return (key, values) => words.t(key, values ?? {});
}

describe('codes', () => {
  test('of expressions and of the analysis have sentences', () => {
    const codes = [...failureCodes, ...findingCodes];
    const isSaid = (code: string): boolean =>
      saidFaults.some((said) => said === code || said.startsWith(`${code}.`));
    expect(codes.filter((code) => !isSaid(code) && !inServerWords.test(code))).toEqual([]);
    expect(failureCodes.filter((code) => isSaid(code) && inServerWords.test(code))).toEqual([]);
  });
});

describe('in Chinese', () => {
  test.each([
    [
      { code: 'T2002', message: 'm', params: { token: '*', value: '"abc"' } },
      '“*”的右边必须是数字，现在是"abc"。',
    ],
    [
      { code: 'T2001', message: 'm', params: { token: '+', value: 'an array of 3' } },
      '“+”的左边必须是数字，现在是含 3 项的列表。',
    ],
    [
      { code: 'T0410', message: 'm', params: { token: 'round', index: '1', value: 'nothing' } },
      '$round 的第 1 个参数不能是空。',
    ],
    [
      { code: 'missing-device', message: 'm', params: { name: 'lab', why: 'label' } },
      '没有设备带有标签“lab”。',
    ],
    [
      { code: 'dead-rule', message: 'm', params: { why: 'still' } },
      '它永远不会被唤醒：from 和 to 相同，不算变化。',
    ],
  ])('%j', async (fault, words) => {
    expect(faultWords(await sayIn('zh-CN'), fault)).toBe(words);
  });

  test('a loop is said with its way and what is special about it', async () => {
    const say = await sayIn('zh-CN');
    const params = { way: 'a → t → a', delay: '5s', off: 'a' };
    expect(foundWords(say, { code: 'loop', words: 'w', params })).toBe(
      '规则循环唤醒：a → t → a 每转一圈至少要 5s。 目前已停用：a。',
    );
    expect(adviceWords(say, 'loop', 'words')).toMatch(/条件/);
    expect(adviceWords(say, 'missing-rule', 'fan')).toBe('fan');
  });
});

test.each([
  [{ code: 'D3137', message: 'mine', params: {} }],
  [{ code: 'T2002', message: 'mine' }],
  [{ code: 'toString', message: 'mine', params: {} }],
  [{ code: 'dead-rule', message: 'mine', params: { why: 'new' } }],
])('%j stays in the words of the server', async (fault) => {
  expect(faultWords(await sayIn('en'), fault)).toBe('mine');
});
