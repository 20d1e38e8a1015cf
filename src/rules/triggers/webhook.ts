// `webhook: NAME` wakes the rule when somebody who knows its secret calls `/hooks/NAME`. Whether the secret is right is
// decided at the door; the signal says which secrets were met, never what they are.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import { field } from '../model/field.ts';
import { type Signal, triggerKind, type Webhook } from './kind.ts';

const name = z
  .string()
  .regex(/^[\w.-]{1,56}$/, { error: 'expected a name of 1 to 56 letters, digits, . _ -' });
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** The secret of the house that holds the one that was made for a webhook. */
export function madeSecretName(webhook: string): string {
  return `webhook.${webhook}`;
}

/** Names the secret of a webhook without giving it away. */
export function secretKey({ secret }: Webhook, webhook: string): string {
  if (secret === undefined) return madeSecretName(webhook);
  if ('name' in secret) return secret.name;
  return `text ${createHash('sha256').update(secret.text).digest('hex').slice(0, 16)}`;
}

function compileSecret(
  written: string,
  path: string,
  context: CompileContext,
): Webhook['secret'] | undefined {
  const named = /^\{\{\s*\$secret\(\s*(["'])([\w.-]+)\1\s*\)\s*\}\}$/.exec(written.trim());
  if (named?.[2] !== undefined) return { name: named[2] };
  if (written.includes('{{'))
    return context.report({
      path,
      code: 'bad-value',
      message: `the secret of a webhook is text, or "{{ $secret('name') }}"`,
      params: { why: 'webhook' },
    });
  const message = `everybody who may read this rule reads this secret; leave it out, or write "{{ $secret('name') }}"`;
  context.report({ path, code: 'plain-secret', severity: 'warning', message });
  return { text: written };
}

/** What the door found out about a call. */
function isMet(webhook: Webhook, { name: called, value }: Signal): boolean {
  const { method, keys } = (value ?? {}) as { method?: string; keys?: readonly string[] };
  if (!webhook.names.includes(called) || !webhook.methods.includes(method ?? '')) return false;
  return keys?.includes(secretKey(webhook, called)) === true;
}

export const webhook = triggerKind({
  verb: 'webhook',
  doc: {
    en: '`/hooks/NAME` was called with its secret in the header `X-Homerule-Secret`; `payload` is the body',
    zh: '`/hooks/名称` 被调用，请求头 `X-Homerule-Secret` 带有其密钥；`payload` 为请求体',
  },
  example: 'webhook: doorbell',
  shape: {
    webhook: field('webhook', z.union([name, z.array(name).min(1)])),
    secret: z.string().min(1).max(500).optional(),
    methods: z
      .union([z.enum(methods), z.array(z.enum(methods)).min(1)], {
        error: `expected some of ${methods.join(', ')}`,
      })
      .optional(),
  },
  compile(document, path, context) {
    const { webhook: names, methods: wanted = 'POST' } = document;
    const secret =
      document.secret === undefined ? undefined : compileSecret(document.secret, `${path}.secret`, context);
    if (document.secret !== undefined && secret === undefined) return undefined;
    const hook: Webhook = {
      names: typeof names === 'string' ? [names] : names,
      methods: typeof wanted === 'string' ? [wanted] : wanted,
      secret,
    };
    return {
      on: 'signal',
      signal: 'webhook',
      names: hook.names,
      webhook: hook,
      accept: (signal) =>
        isMet(hook, signal) ? { value: (signal.value as { method: string }).method } : undefined,
    };
  },
});
