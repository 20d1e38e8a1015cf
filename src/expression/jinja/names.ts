// What a template's own language does not know and the place where it stands does: names, functions, and how exact it
// must be.
import type { Code } from './code.ts';

export interface Named {
  readonly code: Code;
  /** How many names of the path it stands for; those behind it are fields. */
  readonly used: number;
}

export interface JinjaNames {
  /** What `["trigger", "to_state", "state"]`, or a beginning of it, is here; undefined: there is no such name. */
  named(path: readonly string[]): Named | undefined;
  /** A call of a function that Jinja itself does not have. */
  called?(name: string, given: readonly Code[]): Code | undefined;
  /**
   * Absent: what Jinja would print, to the letter. True: as a person would write it in a rule, who knows that a value is
   * there and what it is.
   */
  readonly isPlain?: boolean;
}
