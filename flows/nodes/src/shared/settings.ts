// What a node was set to, read by name and type. Checked once, when the node starts.
import type { Kind, Row, Saved } from '../kinds/kind.ts';
import { parseDuration } from './duration.ts';
import { PaletteError } from './errors.ts';
import { migrate } from './migrate.ts';
import { problemsOf } from './validate.ts';

/** A value that is worked out for each message. */
export interface Typed {
  readonly value: string;
  readonly type: string;
}

const words = {
  required: 'has to be filled in',
  duration: 'is no duration: expected 500ms, 30s, 5m, 1h30m or seconds',
  number: 'is no number that it can be',
  json: 'is no JSON',
  option: 'is none of its options',
  row: 'has a line that is not complete',
} as const;

export function typedOf(row: Row, name: string): Typed {
  return { value: String(row[name] ?? ''), type: String(row[`${name}Type`] ?? 'str') };
}

export class Settings {
  readonly #saved: Saved;

  /** Throws `bad-settings` with every field that will not do. */
  constructor(kind: Kind, saved: Saved) {
    this.#saved = migrate(kind, saved);
    const problems = problemsOf(kind.fields, this.#saved);
    if (problems.length === 0) return;
    const text = problems.map(({ field, problem }) => `${field} ${words[problem]}`).join('; ');
    throw new PaletteError('bad-settings', text);
  }

  text(name: string): string {
    return String(this.#saved[name] ?? '').trim();
  }

  /** Texts separated by commas, of both widths. */
  names(name: string): readonly string[] {
    return splitNames(this.text(name));
  }

  flag(name: string): boolean {
    return this.#saved[name] === true;
  }

  number(name: string): number {
    return Number(this.#saved[name]);
  }

  choices(name: string): readonly string[] {
    const value = this.#saved[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** Milliseconds; undefined when nothing was said. */
  duration(name: string): number | undefined {
    const text = this.text(name);
    return text === '' ? undefined : parseDuration(text);
  }

  typed(name: string): Typed {
    return typedOf(this.#saved, name);
  }

  rows(name: string): readonly Row[] {
    const value = this.#saved[name];
    return Array.isArray(value) ? value : [];
  }
}

export function splitNames(text: string): readonly string[] {
  return text
    .split(/[,，、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
