// The one error of the house. Rooms keep their codes in their own errors.ts tables; only `http` knows statuses.

/** What kind of trouble it is; decides the HTTP status and the exit code, never the text. */
export type ErrorKind = 'invalid' | 'denied' | 'missing' | 'conflict' | 'limit' | 'unavailable' | 'bug';

/** What a message is made of, for who says it in another language; `why` tells sentences of one code apart. */
export type ErrorParams = Readonly<Record<string, string>>;

export interface ErrorOptions {
  readonly details?: Readonly<Record<string, unknown>>;
  readonly params?: ErrorParams | undefined;
  readonly cause?: unknown;
}

/** `code` is stable and may be relied on by scripts; `message` says what was wanted, what came, and where. */
export class HomeruleError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, unknown>>;
  readonly params: ErrorParams | undefined;

  constructor(code: string, kind: ErrorKind, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HomeruleError';
    this.code = code;
    this.kind = kind;
    this.details = options.details ?? {};
    this.params = options.params;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Makes a room's error function from its table: `const fail = errorTable({ 'rule-missing': 'missing' })`. */
export function errorTable<Code extends string>(kinds: Readonly<Record<Code, ErrorKind>>) {
  return (code: Code, message: string, options?: ErrorOptions): HomeruleError =>
    new HomeruleError(code, kinds[code], message, options);
}
