// Completion of expressions: fields of the latest message, functions of the house, devices and topics in strings.
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { type ExpressionWords, expressionCompletions } from '../../web/src/editor/expression-completions.ts';

const words: ExpressionWords = {
  language: 'zh-CN',
  functions: [{ name: 'state', en: 'the last value', zh: '最后的值', isOwn: true, signature: '<s-x?:x>' }],
  root: { payload: { celsius: 31, 温度: 20, 'a b': true, list: [{ x: 1 }] }, lux: 4 },
  devices: [{ id: 'lamp', name: '客厅灯', properties: [{ id: 'on', value: true }] }],
  topics: async (typed) => [{ topic: `home/${typed}`, payload: 'ON' }],
};

async function offered(text: string, explicit = true): Promise<readonly string[]> {
  const at = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  const result = await expressionCompletions(() => words)(new CompletionContext(state, at, explicit));
  return (result?.options ?? []).map(({ label, detail }) => [label, detail].filter(Boolean).join(' = '));
}

test.each([
  ['payload.|', ['celsius = 31', '温度 = 20', '`a b` = true', 'list = array 1']],
  ['payload.list.|', ['x = 1']],
  ['payload.nothing.|', []],
  ["1 + $device('lamp').|", ['on = true']],
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
