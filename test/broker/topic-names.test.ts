// Topics by their bytes: whatever was read before, the text is that of the bytes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TopicNames } from '../../src/broker/routing/topic-names.ts';

const topic = fc.oneof(
  fc.constantFrom('a', 'b', 'home/lux', 'home/luy', 'straße/1', '客厅/灯', 'x'.repeat(128), 'x'.repeat(129)),
  fc.string({ unit: 'grapheme', maxLength: 140 }),
);

test('a text is that of the bytes, whatever was read before', () => {
  fc.assert(
    fc.property(fc.array(topic, { minLength: 1, maxLength: 60 }), (topics) => {
      const names = new TopicNames();
      for (const text of topics) {
        const bytes = Buffer.from(`<${text}>`);
        expect(names.read(bytes, 1, bytes.length - 1)).toBe(Buffer.from(text).toString());
      }
    }),
    { verbose: 1 },
  );
});

test('topics that share a place do not take each other for themselves', () => {
  const names = new TopicNames();
  const topics = Array.from({ length: 5000 }, (_, n) => `house/${n}/state`);
  for (const round of [topics, topics.toReversed()])
    for (const text of round) expect(names.read(Buffer.from(text), 0, text.length)).toBe(text);
});
