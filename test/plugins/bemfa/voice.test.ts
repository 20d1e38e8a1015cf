import { expect, test } from 'vitest';
import { voiceText } from '../../../plugins/bemfa/emulator/voice.ts';

test.each([
  ['light002', 'on', 'on'],
  ['light002', 'off', 'off'],
  ['light002', '80', 'on#80'],
  ['light002', 'on 80%', 'on#80'],
  ['light002', 'on 80 #ff0000', 'on#80#16711680'],
  ['light002', 'on 80 4000K', 'on#80#4000'],
  ['fan003', 'on 3 1', 'on#3#1'],
  ['ac005', 'cool 26', 'on#2#26'],
  ['ac005', 'on heat 22 3', 'on#3#22#3'],
  ['ac005', 'fan', 'on#4'],
  ['curtain009', 'pause', 'pause'],
  ['curtain009', '50', 'on#50'],
  ['curtain009', 'on', 'on'],
  ['tv012', 'off', 'off'],
  ['gate', 'open wide', 'open#wide'],
])('%s, %s: %s', (topic, words, message) => {
  expect(voiceText(topic, words.split(' '))).toBe(message);
});

test.each([
  ['light002', 'brighter', 'light002 (light) understands on, off, on 80'],
  ['light002', 'off 80', 'not "off 80"'],
  ['switch006', 'on 3', 'understands on, off;'],
  ['curtain009', 'on half', 'not "on half"'],
  ['temp004', 'on', 'a sensor, which is told nothing'],
])('%s cannot be told "%s"', (topic, words, why) => {
  expect(() => voiceText(topic, words.split(' '))).toThrow(why);
});
