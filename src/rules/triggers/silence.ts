// `silence: FILTER` wakes the rule when a topic that spoke before says nothing for `for`; once per silence and topic.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { triggerKind } from './kind.ts';
import { compilePatterns, filterShape } from './topics.ts';

export const silence = triggerKind({
  verb: 'silence',
  doc: {
    en: 'a topic that spoke before has said nothing for `for`; once per silence and topic',
    zh: '曾有消息的主题在 `for` 时间内再无消息；每次沉默、每个主题只触发一次',
  },
  example: 'silence: sensors/+/state\nfor: 2h',
  shape: {
    silence: filterShape,
    for: field('duration', z.union([z.string(), z.number()], { error: 'expected a duration such as 10m' })),
  },
  compile(document, path, context) {
    const patterns = compilePatterns(document.silence, `${path}.silence`, context);
    const duration = context.duration(document.for, `${path}.for`);
    if (patterns === undefined || duration === undefined) return undefined;
    return { on: 'silence', patterns, for: duration };
  },
});
