// `$secret(name)`: where it may stand is decided when compiling (`secrets.ts`); here it only gives the value.
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';

function secret(run: Run, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const value = run.scope.home.secret(name);
  if (value === undefined) throw new Failure('unknown-secret', { value: name });
  return value;
}

export const secretFunctions: readonly FunctionDefinition[] = [
  {
    name: 'secret',
    signature: '<s:s>',
    en: 'A secret of the house; only to be compared with = != in, or used in http, notify and webhook. Its value is never shown.',
    zh: '家的密钥；只能用 = != in 比较，或用于 http、notify、webhook。其值从不显示。',
    example: { source: '$secret("gate") = "sesame"', result: false },
    call: secret,
  },
];
