// Completion of expressions: fields of the latest message, functions of the house, devices and topics in strings.
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { type ExpressionWords, expressionCompletions } from '../../web/src/editor/expression-completions.ts';
import { expressionBefore } from '../../web/src/editor/template-language.ts';

const words: ExpressionWords = {
  language: 'zh-CN',
  functions: [{ name: 'state', en: 'the last value', zh: '最后的值', isOwn: true, signature: '<s-x?:x>' }],
  root: { payload: { celsius: 31, 温度: 20, 'a b': true, list: [{ x: 1 }] }, lux: 4 },
  devices: [
    {
      id: 'lamp',
      name: '客厅灯',
      properties: [
        { id: 'on', value: true },
        { id: 'mode', options: ['eco', 'boost'] },
      ],
    },
  ],
  valuesOf: (path) => (path === 'mode' ? ['heat', 'cool', 3] : path === '' ? ['ON'] : []),
  topics: async (typed) => [{ topic: `home/${typed}`, payload: 'ON' }],
};

async function offered(
  text: string,
  explicit = true,
  expressionIn?: (before: string) => string | undefined,
): Promise<readonly string[]> {
  const at = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  const result = await expressionCompletions(
    () => words,
    expressionIn,
  )(new CompletionContext(state, at, explicit));
  return (result?.options ?? []).map(({ label, detail }) => [label, detail].filter(Boolean).join(' = '));
}

test.each([
  ['payload.|', ['celsius = 31', '温度 = 20', '`a b` = true', 'list = array 1']],
  ['payload.list.|', ['x = 1']],
  ['payload.nothing.|', []],
  ["1 + $device('lamp').|", ['on = true', 'mode']],
  ["payload.mode = '|", ['heat', 'cool']],
  ["payload.mode in ['heat', '|", ['heat', 'cool']],
  ["payload = '|", ['ON']],
  ["$device('lamp').mode != '|", ['eco', 'boost']],
  ["$device('|", ['lamp']],
  ["$state('ki|", ['home/ki = ON']],
  ['1 > $st|', ['$state = s-x?:x']],
] as const)('%s', async (text, labels) => {
  expect(await offered(text)).toEqual(labels);
});

test('at the root names and functions are offered, unasked only while something is typed', async () => {
  expect(await offered('|')).toEqual(['payload = object', 'lux = 4', '$state = s-x?:x']);
  expect(await offered('1 + |', false)).toEqual([]);
  expect(await offered('1 + p|', false)).toContain('payload = object');
});

test.each([
  ['home/{{ payload.|', ['celsius = 31', '温度 = 20', '`a b` = true', 'list = array 1']],
  ["{{ topic }} {{ payload.mode = '|", ['heat', 'cool']],
  ['payload.|', []],
  ['{{ lux }} payload.|', []],
] as const)('in a template, inside of the braces only: %s', async (text, labels) => {
  expect(await offered(text, true, expressionBefore)).toEqual(labels);
});
