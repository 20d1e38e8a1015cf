// What is wrong with a document: all at once, each with path, code and place; never an exception.
import type { HomeruleError } from '../../base/index.ts';

export interface Problem {
  /** In the document: `actions[0].publish`; empty for the whole. */
  readonly path: string;
  /** Stable. */
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** 1-based place in the text, when the text was given. */
  readonly line?: number;
  readonly column?: number;
  /** 0-based characters from the start of the text. */
  readonly start?: number;
  readonly end?: number;
  /** What the message is made of, for who says it in another language. */
  readonly params?: Readonly<Record<string, string>>;
  readonly suggestion?: string;
}

/** A problem before its place in the text is known. `offset`: characters into the value at `path`. */
export interface Finding {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly severity?: 'error' | 'warning';
  readonly offset?: number;
  /** It is the key at `path` that is wrong, not its value. */
  readonly isKey?: boolean;
  readonly params?: Readonly<Record<string, string>>;
  readonly suggestion?: string;
}

/** More than anybody mends at once; beyond it a hostile document would only cost time. */
const maxFindings = 200;

/** Gathers findings while a document is read and compiled. */
export class Findings {
  readonly #items: Finding[] = [];

  add(finding: Finding): void {
    if (this.isFull) return;
    this.#items.push(finding);
    if (this.#items.length < maxFindings) return;
    const message = `only the first ${maxFindings} problems are listed`;
    this.#items.push({
      path: '',
      code: 'too-many-problems',
      message,
      params: { limit: String(maxFindings) },
    });
  }

  /** What is added now is not listed any more. */
  get isFull(): boolean {
    return this.#items.length >= maxFindings;
  }

  get items(): readonly Finding[] {
    return this.#items;
  }

  get hasErrors(): boolean {
    return this.#items.some((item) => item.severity !== 'warning');
  }
}

/** `join('actions', 0, 'publish')` → `actions[0].publish`. */
export function pathOf(base: string, ...rest: readonly PropertyKey[]): string {
  let path = base;
  for (const part of rest) {
    if (typeof part === 'number') path += `[${part}]`;
    else path += path === '' ? String(part) : `.${String(part)}`;
  }
  return path;
}

export function findingOf({ code, message, params }: HomeruleError, path: string): Finding {
  return { path, code, message, ...(params !== undefined && { params }) };
}

/** Takes findings. */
export interface Reporter {
  report(finding: Finding): undefined;
}
