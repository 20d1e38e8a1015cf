// What is pasted from Home Assistant is known from what is a rule of this house.
import { expect, test } from 'vitest';
import { looksLikeHomeAssistant } from '../../web/src/rule/home-assistant.ts';
import { exampleRule, exampleRuleZh } from '../../web/src/rules/example-rule.ts';

test.each([
  '- alias: Fan\n  trigger:\n    - platform: state\n      entity_id: a.b\n  action:\n    - service: fan.turn_on\n',
  'alias: x\ntriggers:\n  - trigger: state\n    entity_id: a.b\nactions:\n  - action: light.turn_on\n',
  "id: '17'\ntrigger:\n  platform: time\n  at: '07:00'\naction:\n  service: light.turn_on\n",
])('an automation: %j', (text) => expect(looksLikeHomeAssistant(text)).toBe(true));

test.each([
  exampleRule,
  exampleRuleZh,
  'name: x\ntriggers:\n  - message: a\nactions:\n  - publish: b\n    payload: trigger\n',
  '',
  'entity_id: a.b',
])('no automation: %j', (text) => expect(looksLikeHomeAssistant(text)).toBe(false));
