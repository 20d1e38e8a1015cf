// What a command is. The table in program.ts holds them all; each stands in a file of its own.
import type { Command } from 'commander';
import type { Context } from './context.ts';

export interface Call extends Context {
  readonly args: readonly string[];
  /** As commander gathered them; each command reads them with a schema of its own. */
  readonly options: unknown;
  /** Of `--json`, which every command has. */
  readonly isJson: boolean;
}

export interface CliCommand {
  /** `start`, `rule list` */
  readonly name: string;
  readonly about: string;
  readonly example: string;
  /** Declares arguments and options, all but --help and --json. */
  readonly declare?: (command: Command) => void;
  /** Resolves with the exit code; what it throws is printed and becomes one. */
  readonly run: (call: Call) => Promise<number>;
}
