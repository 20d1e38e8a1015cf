// `notify: CHANNEL`: tells people something through the service `notify`, which knows the channels.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';
import { answerOf, callOf, compileParts, mayCall } from './outside.ts';

const channel = z.string().min(1);

export const notify = actionKind({
  verb: 'notify',
  doc: {
    en: 'tells people something through a channel, or several; waits until it is sent',
    zh: '通过一个或多个渠道通知人；等待发送完成',
  },
  example: 'notify: phone\ntitle: Water\nmessage: "The {{ params.room }} is wet"',
  shape: {
    notify: field(
      'channel',
      z.union([channel, z.array(channel).min(1)], { error: 'expected a channel or a list of them' }),
    ),
    title: z.string().optional(),
    message: z.string({ error: 'notify needs a message' }),
    data: z.unknown().optional(),
  },
  compile({ notify: channels, title, message, data }, path, builder) {
    if (!mayCall(path, builder)) return;
    const parts = compileParts({ notify: channels, title, message, data }, path, builder.context);
    if (parts === undefined) return;
    const requestOf = (values: Readonly<Record<string, unknown>>): unknown => {
      const { notify: to, ...rest } = values;
      const list: readonly unknown[] = Array.isArray(to) ? to : [to];
      return {
        channels: list.map((each) => textOf(each, `${path}.notify`)),
        ...(title !== undefined && { title: textOf(rest['title'], `${path}.title`) }),
        message: textOf(rest['message'], `${path}.message`),
        ...(data !== undefined && { data: rest['data'] }),
      };
    };
    const request = { service: 'notify', parts, isIdempotent: false, of: requestOf };
    builder.emit((step) => callOf(request, step), {
      resume(step, event) {
        step.result(answerOf(event, `${path}.notify`));
        return undefined;
      },
    });
  },
});
