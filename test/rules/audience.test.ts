// Of which rules a replay needs devices, and so every message of the record.
import { expect, test } from 'vitest';
import { readsDevices } from '../../src/rules/backtest/audience.ts';
import { checkText } from '../../src/rules/index.ts';

function needsDevices(text: string): boolean {
  const { rule, problems } = checkText(`id: r\nactions: [{ log: x }]\n${text}`, {
    version: 1,
    home: { zone: 'UTC' },
  });
  if (rule === undefined) throw new Error(JSON.stringify(problems));
  return readsDevices(rule);
}

test.each([
  ['triggers: [{ message: a, when: "payload > 1" }]', false],
  ['triggers: [{ message: a, when: "trigger.payload > 1" }]', false],
  ['triggers: [{ message: a, when: "$exists(trigger.params.x)" }]', false],
  ['triggers: [{ message: a, when: "trigger.by.id = \'x\'" }]', true],
  ['triggers: [{ message: a, when: "$exists(trigger)" }]', true],
  ['triggers: [{ message: a, when: "origin = \'client\'" }]', true],
  ['triggers: [{ message: a, origin: client }]', true],
  ['triggers: [{ message: a }]\nconditions: ["$last(\'b\').value > 1 and $last(topic).at > 5"]', false],
  ["triggers: [{ message: a }]\nconditions: [\"$last('b').by.id = 'x'\"]", true],
  ["triggers: [{ message: a }]\nconditions: [\"$last('b).value').by.id = 'x'\"]", true],
  ['triggers: [{ message: a }]\nconditions: ["$exists($last(\'b\'))"]', true],
  ['triggers: [{ message: a }]\nconditions: ["$device(\'lamp\').on"]', true],
])('%s: %s', (text, expected) => {
  expect(needsDevices(text)).toBe(expected);
});
