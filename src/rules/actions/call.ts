// `call: PLUGIN/ACTION`: an action that a plugin offers, done by the service `plugin`. Its answer is the result.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { RunError, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';
import { answerOf, callOf, compileParts, mayCall } from './outside.ts';

const expected = 'expected PLUGIN/ACTION';

/** Undefined: it is no name of an action. */
function partedName(name: string): { readonly plugin: string; readonly action: string } | undefined {
  const [plugin, action, more] = name.split('/');
  return plugin && action && more === undefined ? { plugin, action } : undefined;
}

function nameOf(value: unknown, path: string): NonNullable<ReturnType<typeof partedName>> {
  const name = textOf(value, path);
  const parted = partedName(name);
  if (parted === undefined)
    throw new RunError('bad-action', `${expected}, got "${name}"`, { path, params: { text: name } });
  return parted;
}

export const call = actionKind({
  verb: 'call',
  doc: {
    en: 'does what a plugin offers; with an `id` its answer stands in `steps.ID`',
    zh: '执行插件提供的动作；有 `id` 时应答在 `steps.ID` 中',
  },
  example: 'call: telegram/send\nwith: { text: "{{ payload }}" }\nid: sent',
  shape: { call: field('call', z.string().min(1)), with: z.unknown().optional() },
  compile({ call: name, with: given }, path, builder) {
    if (!mayCall(path, builder)) return;
    const place = `${path}.call`;
    if (!name.includes('{{') && partedName(name) === undefined)
      return builder.context.report({
        path: place,
        code: 'bad-value',
        message: expected,
        params: { why: 'call' },
      });
    const parts = compileParts({ call: name, with: given }, path, builder.context);
    if (parts === undefined) return;
    const requestOf = (values: Readonly<Record<string, unknown>>): unknown => ({
      ...nameOf(values['call'], place),
      with: values['with'] ?? {},
    });
    const request = { service: 'plugin', parts, isIdempotent: false, of: requestOf };
    builder.emit((step) => callOf(request, step), {
      resume(step, event) {
        step.result(answerOf(event, place));
        return undefined;
      },
    });
  },
});
