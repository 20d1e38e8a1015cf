// What filters, tests and methods ask of whoever writes the expression that they stand in.
import type { Code } from './code.ts';
import type { PreludeName } from './prelude.ts';

export interface Writer {
  readonly isPlain: boolean;
  /** Python ends with an error where this is missing. */
  require(of: Code): void;
  /** The name by which a function of the prelude is called from now on. */
  use(name: PreludeName): string;
  /** What must be a number, and may be text that looks like one. */
  number(of: Code): Code;
  convertedNumber(to: 'float' | 'int', of: Code, fallback: Code | undefined): Code;
  /** As Python prints it. */
  asText(of: Code): Code;
  asTruth(of: Code): Code;
  sizeOf(of: Code): Code;
  split(of: Code, between: Code | undefined): Code;
  json(of: Code): Code;
}
