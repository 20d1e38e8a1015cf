// `message: FILTER` wakes the rule for every accepted message; what comes out of a store only with `stored: true`.
import { z } from 'zod';
import { triggerKind } from './kind.ts';
import { compilePatterns, filterShape, originAccepts, originOf, originShape } from './topics.ts';

export const message = triggerKind({
  verb: 'message',
  doc: { en: 'a matching message is accepted', zh: '收到匹配的消息' },
  example: 'message: home/{room}/motion\nwhen: payload.occupancy',
  shape: { message: filterShape, origin: originShape, stored: z.boolean().optional() },
  compile(document, path, context) {
    const patterns = compilePatterns(document.message, `${path}.message`, context);
    if (patterns === undefined) return undefined;
    const { origin, stored } = document;
    return {
      on: 'topic',
      patterns,
      demand: { origin: originOf(origin), isChange: false, at: undefined },
      isUnconditional: origin === undefined || origin === 'any',
      accept: ({ input }) =>
        originAccepts(origin, input) && (stored === true || input.stored !== true) ? {} : undefined,
    };
  },
});
