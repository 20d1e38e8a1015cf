// `homerule passwd`: mosquitto_passwd's flags and files. Needs no running house.
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { hashPassword, messageOf, splitPasswordLine, userNameFault } from '../../base/index.ts';
import type { Call, CliCommand } from '../command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { readPassword } from '../password-input.ts';

/** What mosquitto 2.1 writes: mosquitto computes a hash between two messages, so it must be quick. */
const defaultIterations = 1000;

const flags = z.looseObject({
  b: z.boolean().default(false),
  c: z.boolean().default(false),
  D: z.boolean().default(false),
  U: z.boolean().default(false),
  I: z.coerce.number().int().min(1).max(10_000_000).default(defaultIterations),
});

type Flags = z.output<typeof flags>;

function linesOf(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    return lines;
  } catch (cause) {
    throw fail('file-missing', `${file} cannot be read: ${messageOf(cause)} (-c makes a new one)`, { cause });
  }
}

/** Whole or not at all; readable by its owner only, unless it was readable by more before. */
function save(file: string, lines: readonly string[]): void {
  const partial = `${file}.partial`;
  const mode = existsSync(file) ? statSync(file).mode & 0o777 : 0o600;
  try {
    writeFileSync(partial, lines.map((line) => `${line}\n`).join(''), { mode: 0o600, flush: true });
    chmodSync(partial, mode);
    renameSync(partial, file);
  } catch (cause) {
    rmSync(partial, { force: true });
    throw fail('file-missing', `${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function isOf(user: string): (line: string) => boolean {
  return (line) => splitPasswordLine(line)?.user === user;
}

/** The line of a user that is there is replaced where it stands. */
function withLine(lines: readonly string[], user: string, line: string): string[] {
  const at = lines.findIndex(isOf(user));
  return at < 0 ? [...lines, line] : lines.map((old, index) => (index === at ? line : old));
}

/** Passwords in plain text become hashes; lines that hold a hash already stay as they are. */
async function hashed(lines: readonly string[], iterations: number): Promise<string[]> {
  const done: string[] = [];
  for (const line of lines) {
    const parts = splitPasswordLine(line);
    const isPlain = parts !== undefined && !/^\$(?:6|7|argon2id)\$/.test(parts.rest);
    done.push(isPlain ? `${parts.user}:${await hashPassword(parts.rest, iterations)}` : line);
  }
  return done;
}

/** How many of FILE, USER and PASSWORD each way of calling takes. */
function expectedArguments({ b, D, U }: Flags): number {
  if (U) return 1;
  return b && !D ? 3 : 2;
}

function refuseWrongUsage(options: Flags, args: readonly string[]): void {
  const { b, c, D, U } = options;
  if ([c, D, U].filter(Boolean).length > 1) throw fail('wrong-usage', '-c, -D and -U exclude each other');
  if (b && (D || U)) throw fail('wrong-usage', '-b goes with a password to set only');
  const expected = expectedArguments(options);
  if (args.length !== expected) {
    throw fail('wrong-usage', `expected ${['', 'FILE', 'FILE USER', 'FILE USER PASSWORD'][expected]}`);
  }
}

async function changed(call: Call, options: Flags): Promise<string[]> {
  const [file = '', user = '', given] = call.args;
  const lines = options.c ? [] : linesOf(file);
  if (options.U) return hashed(lines, options.I);
  const fault = userNameFault(user);
  if (fault !== undefined) throw fail('wrong-usage', `"${user}": ${fault}`);
  if (options.D) {
    if (!lines.some(isOf(user))) throw fail('file-missing', `there is no user "${user}" in ${file}`);
    return lines.filter((line) => !isOf(user)(line));
  }
  const password = given ?? (await readPassword(call));
  if (password === '') throw fail('wrong-usage', 'expected a password, got nothing');
  return withLine(lines, user, `${user}:${await hashPassword(password, options.I)}`);
}

async function passwd(call: Call): Promise<number> {
  const options = flags.parse(call.options);
  refuseWrongUsage(options, call.args);
  const [file = '', user = ''] = call.args;
  save(file, await changed(call, options));
  if (call.isJson) printJson(call, { file, ...(user !== '' && { user }) });
  else if (options.D) print(call, `deleted ${user} from ${file}`);
  else if (options.U) print(call, `hashed the passwords of ${file}`);
  return exitCodes.ok;
}

function declare(command: Command): void {
  command
    .argument('<file>')
    .argument('[user]')
    .argument('[password]', 'only with -b')
    .option('-b', 'take the password from the command line')
    .option('-c', 'make a new file, in the place of one that is there')
    .option('-D', 'delete the user')
    .option('-U', 'hash the passwords of a file that has them in plain text')
    .option('-I <number>', `rounds of the hash (default: ${defaultIterations})`);
}

export const passwdCommand: CliCommand = {
  name: 'passwd',
  about: 'write a password file, as mosquitto_passwd does',
  example: 'homerule passwd -c -b /etc/homerule/users lamp secret',
  declare,
  run: passwd,
};
