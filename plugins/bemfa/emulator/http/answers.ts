// The shapes that the HTTP API answers in, one for each generation of it, and its numbers for what went wrong.
import { HomeruleError } from '../../../../src/base/index.ts';

const numbers: Readonly<Record<string, number>> = {
  'bemfa-bad-parameters': 10002,
  'bemfa-message-too-long': 10002,
  'bemfa-wrong-key': 40004,
  'bemfa-topic-missing': 40004,
  'bemfa-topic-exists': 40006,
  'bemfa-too-fast': 40007,
  'bemfa-topic-name': 40009,
};
const unknownError = 40000;

export interface Shape {
  readonly success: (data: unknown) => unknown;
  readonly failure: (code: number, error: HomeruleError) => unknown;
}

const exists = 40006;
const wordOf = (code: number, { message }: HomeruleError): string =>
  code === exists ? '设备已存在' : message;

export const shapes = {
  /** apis.bemfa.com/va, pro.bemfa.com/v1 */
  va: {
    success: (data) => ({ code: 0, message: 'OK', data }),
    failure: (code, { message }) => ({ code, message, data: null }),
  },
  /** apis.bemfa.com/vb */
  vb: {
    success: (data) => ({ code: 0, msg: 'success', data }),
    failure: (code, error) =>
      error.code === 'bemfa-wrong-key'
        ? { code: -1, msg: '获取失败', data: '' }
        : { code, msg: error.message, data: '' },
  },
  /** pro.bemfa.com/vs: a second code inside. */
  vs: {
    success: (data) => ({ code: 0, msg: 'success', data: { code: 0, message: '', ...Object(data) } }),
    failure: (code, error) => ({ code, msg: wordOf(code, error), data: { code, message: error.message } }),
  },
} as const satisfies Record<string, Shape>;

export function failureOf(shape: Shape, error: unknown): unknown {
  if (!(error instanceof HomeruleError)) throw error;
  return shape.failure(numbers[error.code] ?? unknownError, error);
}
