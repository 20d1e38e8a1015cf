// `emit: EVENT` wakes `event` triggers, behind the present message.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { evaluateValue, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

export const emit = actionKind({
  verb: 'emit',
  doc: { en: 'emits an event for other rules', zh: '向其他规则发出事件' },
  example: 'emit: doorbell\ndata: { door: front }',
  shape: { emit: field('event', z.string().min(1)), data: z.unknown().optional() },
  compile(document, path, builder) {
    const name = builder.context.text(document.emit, `${path}.emit`);
    const data =
      document.data === undefined ? undefined : builder.context.value(document.data, `${path}.data`);
    if (name === undefined) return;
    builder.context.touch({ does: 'emit', path, event: name });
    builder.emit((step) => {
      const event = textOf(evaluateValue(name, step.frame), `${path}.emit`);
      step.emit(event, data && evaluateValue(data, step.frame));
      return undefined;
    });
  },
});
