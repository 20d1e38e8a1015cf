// What goes wrong in the nodes, with a stable code: ours, or the one that the house answered.

export class PaletteError extends Error {
  readonly code: string;
  /** The HTTP status that the house answered. */
  readonly status: number | undefined;

  constructor(
    code: string,
    message: string,
    more: { readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'PaletteError';
    this.code = code;
    this.status = more.status;
  }

  /** Node-RED shows this to people. */
  override toString(): string {
    return this.message;
  }
}

/** The house cannot be reached now; later it may. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof PaletteError && error.code === 'unreachable';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
