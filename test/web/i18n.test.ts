// Both languages say the same things, with the same values in them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../web/src/api/api-error.ts';
import { ApiClient } from '../../web/src/api/client.ts';
import { reasonWords, verbWords } from '../../web/src/i18n/code-words.ts';
import { formatAge, formatDuration, formatLeft, formatSpan, inSequence } from '../../web/src/i18n/format.ts';
import { languageOf, loadTexts, startLanguage, switchLanguage } from '../../web/src/i18n/language.ts';
import { type PartName, partNames, parts } from '../../web/src/i18n/parts.ts';
import { problemWords } from '../../web/src/i18n/problem-words.ts';
import type { Say } from '../../web/src/i18n/use-words.ts';
import { resultWords } from '../../web/src/run/result-words.ts';
import { memoryStorage } from './support.tsx';

type Sentences = Readonly<Record<string, string>>;

async function partsOf(language: 'en' | 'zh-CN'): Promise<ReadonlyMap<PartName, Sentences>> {
  const entries = partNames.map(async (name) => [name, (await parts[name][language]()).texts] as const);
  return new Map(await Promise.all(entries));
}

const englishParts = await partsOf('en');
const english: Sentences = Object.assign({}, ...englishParts.values());
const chinese: Sentences = Object.assign({}, ...(await partsOf('zh-CN')).values());
const echo: Say = (key, values) => (values ? `${key} ${JSON.stringify(values)}` : key);

async function sayRefusals(): Promise<Say> {
  const words = await startLanguage('zh-CN');
  await loadTexts(words, ['refusals']);
  return (key, values) => words.t(key, values ?? {});
}

const byText = (a: string, b: string): number => a.localeCompare(b);

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? '').toSorted(byText);
}

const folder = join(import.meta.dirname, '../../web/src');

describe('sentences', () => {
  test('exist in Chinese for every English key, and for no other', () => {
    const wanted = Object.keys(english).filter((key) => !key.endsWith('_one'));
    expect(new Set(Object.keys(chinese))).toEqual(new Set(wanted));
  });

  test('take the same values in both languages, and none is empty', () => {
    for (const [key, text] of Object.entries(chinese)) {
      expect(placeholders(text), key).toEqual(placeholders(english[key] ?? ''));
      expect(text.trim(), key).not.toBe('');
    }
  });

  test('stand in one part only', () => {
    const keys = [...englishParts.values()].flatMap((texts) => Object.keys(texts));
    expect(keys).toEqual([...new Set(keys)]);
  });

  test('are all used somewhere', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    const sources = files
      .filter((name) => !/i18n[/\\](?:en|zh)[/\\]/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const built = [...sources.matchAll(/`([a-z.-]+\.)\$\{/g)].map((match) => match[1] ?? '');
    const unused = Object.keys(english)
      .map((key) => key.replace(/_(?:one|other)$/, ''))
      .filter((key) => !sources.includes(`'${key}'`) && !built.some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
  });
});

test('only the language in use is loaded, another one when it is chosen, each page its part', async () => {
  const words = await startLanguage('en');
  expect(words.t('app.reload')).toBe('Reload');
  expect(words.hasResourceBundle('en', 'rules')).toBe(false);
  await loadTexts(words, ['rules', 'engine']);
  expect(words.t('rules.count', { count: 1 })).toBe('1 rule');
  expect(words.t('rules.count', { count: 2 })).toBe('2 rules');
  expect(words.hasResourceBundle('zh-CN', 'shell')).toBe(false);
  const storage = memoryStorage();
  await switchLanguage(words, 'zh-CN', storage);
  expect(words.t('rules.count', { count: 1 })).toBe('1 条规则');
  expect(words.hasResourceBundle('zh-CN', 'topics')).toBe(false);
  expect(document.documentElement.lang).toBe('zh-CN');
  expect(storage.getItem('homerule.language')).toBe('zh-CN');
});

test.each([
  ['zh', 'zh-CN'],
  ['zh-Hant-TW', 'zh-CN'],
  ['en-GB', 'en'],
  ['de', 'en'],
])('a browser that speaks %s gets %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

describe('codes in words', () => {
  test('known reasons have sentences, others stay as they are', () => {
    expect(reasonWords(echo, 'refused', 'single')).toBe('reason.single');
    expect(reasonWords(echo, 'stopped', 'nobody is home')).toBe('nobody is home');
    expect(reasonWords(echo, 'cancelled', 'owner')).toBe('reason.by {"name":"owner"}');
    expect(verbWords(echo, 'constructor')).toBe('constructor');
  });

  test.each([
    [0, 'offline', {}, '连不上服务器。它可能正在启动，或者网络断开了。'],
    [404, 'rule-missing', {}, '这条规则已经不在了。'],
    [403, 'not-allowed', { needs: 'publish' }, '你的账户没有“publish”权限，不能这样做。请找管理员。'],
    [403, 'not-allowed', {}, '你没有权限这样做。'],
    [400, 'user-invalid', { why: 'password', limit: '72' }, '密码要有 1 到 72 个字节。'],
    [400, 'user-invalid', { why: 'new' }, '这不能作用户名：words'],
    [400, 'new-code', {}, '服务器拒绝了：words'],
    [418, 'toString', {}, '服务器拒绝了：words'],
    [503, 'new-code', {}, '服务器出错：words'],
  ])('HTTP %i %s %j', async (status, code, params, words) => {
    const say = await sayRefusals();
    expect(problemWords(say, new ApiError({ status, code, detail: 'words', params }))).toBe(words);
  });

  test('of refusals come before the refusal, and are missed by nobody when they cannot be had', async () => {
    const answer = { status: 404, code: 'rule-missing', detail: 'there is no rule "a"' };
    const fetch = async (): Promise<Response> => Response.json(answer, { status: 404 });
    const order: string[] = [];
    const loadWords = async (): Promise<void> => {
      order.push('words');
      throw new Error('not to be had');
    };
    const api = new ApiClient({ fetch, loadWords });
    await expect(api.call('/rules/a')).rejects.toMatchObject({ code: 'rule-missing' });
    expect(order).toEqual(['words']);
  });
});

test.each([
  [0, '< 1 ms', '< 1毫秒'],
  [38.4, '38 ms', '38毫秒'],
  [2_540, '2.5 sec', '2.5秒'],
  [81_000, '1 min 21 sec', '1分钟21秒'],
  [59_999, '1 min', '1分钟'],
  [7_200_400, '2 hr', '2小时'],
  [26 * 3_600_000 + 60_000, '1 day 2 hr', '1天2小时'],
])('a span of %i ms is %s, %s', (ms, en, zh) => {
  expect([formatSpan('en', ms), formatSpan('zh-CN', ms)]).toEqual([en, zh]);
});

test.each([
  [0, '0 sec', '0秒'],
  [2_500, '2.5 sec', '2.5秒'],
  [93_784_000, '1 day 2 hr 3 min 4 sec', '1天2小时3分钟4秒'],
])('a duration of %i ms is exactly %s, %s', (ms, en, zh) => {
  expect([formatDuration('en', ms), formatDuration('zh-CN', ms)]).toEqual([en, zh]);
});

test('sentences in a row: a full stop of Chinese brings its own space', () => {
  expect(inSequence(['One.', undefined, 'Two.'])).toBe('One. Two.');
  expect(inSequence(['一。', '', '二。'])).toBe('一。二。');
});

test('no sentence of Chinese has a space behind its full stop', async () => {
  const chinese = await partsOf('zh-CN');
  const spaced = [...chinese.values()].flatMap((texts) =>
    Object.entries(texts).filter(([, text]) => /[。，；：？！] /.test(text)),
  );
  expect(spaced).toEqual([]);
});

test('what an action says of its lateness is said with units of the language', async () => {
  const i18n = await startLanguage('zh-CN');
  await loadTexts(i18n, ['runs']);
  const say: Say = (key, values) => i18n.t(key, values ?? {});
  expect(resultWords({ say, language: 'zh-CN' }, 'late 1m21s')).toBe('迟到 1分钟21秒');
});

test('countdowns and ages read naturally', () => {
  expect([400, 65_000, 3_600_000].map(formatLeft)).toEqual(['0:01', '1:05', '1:00:00']);
  expect(formatAge(echo, 'en', 2_000)).toBe('age.now');
  expect(formatAge(echo, 'zh-CN', 180_000)).toBe('3分钟前');
});
