// What the server says is wrong is said in both languages, or stands in the list of what is said in the server's words.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { downCodes } from '../../src/bridges/down-reason.ts';
import { verdictWhys } from '../../src/broker/access/rule.ts';
import { failureCodes, syntaxCodes } from '../../src/expression/index.ts';
import { outsideErrors } from '../../src/outside/errors.ts';
import { findingCodes } from '../../src/rules/analyse/finding.ts';
import { checkText } from '../../src/rules/check.ts';
import { texts as access } from '../../web/src/i18n/en/access.ts';
import { texts as english } from '../../web/src/i18n/en/faults.ts';
import { texts as refusals } from '../../web/src/i18n/en/refusals.ts';
import { adviceWords, faultWords, foundWords } from '../../web/src/i18n/fault-words.ts';
import { loadTexts, startLanguage } from '../../web/src/i18n/language.ts';
import type { Say } from '../../web/src/i18n/use-words.ts';

/** The author's own words, or those of a device. */
const inServerWords = new Set(['D3137', 'D3141', 'bad-filter', 'internal', 'not-explained']);

async function sayIn(language: 'en' | 'zh-CN'): Promise<Say> {
  const words = await startLanguage(language);
  await loadTexts(words, ['faults']);
  return (key, values) => words.t(key, values ?? {});
}

const sources = join(import.meta.dirname, '../../src');

/** Codes that a room writes down where it finds something wrong. */
function writtenIn(room: string): readonly string[] {
  const files = readdirSync(join(sources, room), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(sources, room, name), 'utf8'))
    .flatMap((text) => [
      ...text.matchAll(/\b(?:report|add)\((?:[\w.]+, )?\{[^}]*?\bcode: '([\w-]+)'/g),
      ...text.matchAll(/new RunError\(\s*'([\w-]+)'/g),
    ])
    .map((match) => match[1] ?? '');
}

describe('what is said of', () => {
  test.each([
    ['failed evaluations', failureCodes],
    ['text that is no expression', syntaxCodes],
    ['findings of the analysis', findingCodes],
    ['documents and runs', writtenIn('rules')],
    ['names, patterns and constructs of expressions', writtenIn('expression')],
    ['calls to the outside', Object.keys(outsideErrors)],
    ['bridges without connection', downCodes.map((code) => `bridge-down.${code}`)],
  ])('%s has a sentence for every code', (_, codes) => {
    expect(codes.length).toBeGreaterThan(3);
    const said = Object.keys(english);
    const isSaid = (code: string): boolean =>
      said.some((key) => key === `fault.${code}` || key.startsWith(`fault.${code}.`));
    expect(codes.filter((code) => !isSaid(code) && !inServerWords.has(code))).toEqual([]);
  });

  test('no code keeps a sentence that nothing says any more', () => {
    const text = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(sources, name), 'utf8'))
      .join('\n');
    const codes = Object.keys(english).flatMap((key) => /^fault\.([^.]+)/.exec(key)?.[1] ?? []);
    const isWritten = (code: string): boolean =>
      text.includes(`'${code}'`) || text.includes(`${code}:`) || text.includes(`'${code}':`);
    expect(codes.filter((code) => !isWritten(code))).toEqual([]);
  });
});

interface Case {
  readonly name: string;
  readonly text: string;
}

/** Never an answer to the UI: of start, of the command line, of plugins among themselves, or of calls that it does not make. */
const neverShown =
  /^(?:hook-|client-gone|flow-call-|method-|port-|address-|socket-|bad-(?:path|utf8|header|precondition)|json-|forbidden-|wrong-encoding|data-in-use|store-(?:newer|unopenable|migration|bad)|flow-seed-broken|flows-path-missing|bridge-not-allowed|subscription|too-many-subscriptions|bad-request|broker-|listen-|bad-message-row|access-file)/;

test('why somebody may use a topic or not has a sentence for every word of the broker', () => {
  const said = Object.keys(access);
  expect(verdictWhys.filter((why) => !said.includes(`access.because.${why}`))).toEqual([]);
});

describe('what is refused', () => {
  const rooms = ['api', 'http', 'bridges', 'plugins', 'flows', 'store', 'devices', 'broker'];
  test.each(rooms)('by %s has a sentence for every code', (room) => {
    const table = readFileSync(join(sources, room, 'errors.ts'), 'utf8');
    const codes = [...table.matchAll(/^ {2}'([\w-]+)': '/gm)].map((match) => match[1] ?? '');
    expect(codes.length).toBeGreaterThan(1);
    const said = Object.keys(refusals);
    const isSaid = (code: string): boolean =>
      said.some((key) => key === `refusal.${code}` || key.startsWith(`refusal.${code}.`));
    expect(codes.filter((code) => !isSaid(code) && !neverShown.test(code))).toEqual([]);
  });
});

describe('problems of documents are said in Chinese', async () => {
  const file = join(import.meta.dirname, '../cases/problems/rules.yaml');
  const cases = parse(readFileSync(file, 'utf8')) as readonly Case[];
  const say = await sayIn('zh-CN');
  test.each(cases.filter(({ text }) => typeof text === 'string'))('$name', ({ text }) => {
    const { problems } = checkText(text, { version: 1, home: { zone: 'Asia/Shanghai' } });
    const left = problems.filter((problem) => !/[一-鿿]/.test(faultWords(say, { ...problem, message: '' })));
    expect(left).toEqual([]);
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
      '规则循环唤醒：a → t → a 每转一圈至少要 5s。目前已停用：a。',
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
