// An automation that somebody has at hand as text, without a list of what its entities are here.
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { translateHomeAssistantText } from '../../src/config/index.ts';

test('a text at hand is translated, and says what is unknown without a list of entities', () => {
  const text = `- alias: Morning
  triggers: [{ trigger: time, at: "07:00" }]
  actions: [{ action: light.turn_on, target: { entity_id: light.hall } }]
`;
  const [rule] = translateHomeAssistantText(text);
  expect(parse(rule?.yaml ?? '')).toMatchObject({
    id: 'morning',
    triggers: [{ at: '07:00' }],
  });
  expect(rule?.remarks).toMatchObject([
    { line: 3, kind: 'guessed', text: expect.stringContaining('light.hall') },
  ]);
  expect(() => translateHomeAssistantText('a: [')).toThrow(expect.objectContaining({ code: 'bad-config' }));
});
