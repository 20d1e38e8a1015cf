// The command line as a whole: the table of commands, and how one call becomes an exit code.
import { Command, CommanderError } from 'commander';
import { HomeruleError, messageOf } from '../base/index.ts';
import { packageVersion } from '../config/index.ts';
import type { CliCommand } from './command.ts';
import { aclCommands } from './commands/acl.ts';
import { auditCommands } from './commands/audit.ts';
import { backupCommands } from './commands/backup.ts';
import { bemfaEmulatorCommand } from './commands/bemfa/emulator.ts';
import { bemfaVoiceCommand } from './commands/bemfa/voice.ts';
import { bridgeCommands } from './commands/bridge.ts';
import { certificateCommand } from './commands/certificate.ts';
import { configCommand } from './commands/config.ts';
import { deviceCommands } from './commands/device/device.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evalCommand } from './commands/eval.ts';
import { flowCommands } from './commands/flow/flow.ts';
import { messagesCommand } from './commands/history/messages.ts';
import { queryCommand } from './commands/history/query.ts';
import { importCommand } from './commands/import.ts';
import { importHomeAssistantCommand } from './commands/import-home-assistant.ts';
import { passwdCommand } from './commands/passwd.ts';
import { pluginCommands } from './commands/plugin.ts';
import { pubCommand } from './commands/pub.ts';
import { ruleCommands } from './commands/rule/rule.ts';
import { secretCommands } from './commands/secret.ts';
import { sessionCommands } from './commands/session.ts';
import { startCommand } from './commands/start.ts';
import { stateCommands } from './commands/state.ts';
import { subCommand } from './commands/sub.ts';
import { timerCommands } from './commands/timers.ts';
import { tokenCommands } from './commands/token.ts';
import { userCommands } from './commands/user.ts';
import { variableCommands } from './commands/variable.ts';
import { type Context, remark } from './context.ts';
import { exitCodeOf, exitCodes } from './errors.ts';
import { problemLines } from './problems.ts';

export const commands: readonly CliCommand[] = [
  startCommand,
  pubCommand,
  subCommand,
  ...ruleCommands,
  evalCommand,
  ...deviceCommands,
  ...stateCommands,
  ...variableCommands,
  queryCommand,
  messagesCommand,
  ...secretCommands,
  ...timerCommands,
  ...bridgeCommands,
  ...pluginCommands,
  ...flowCommands,
  ...userCommands,
  ...aclCommands,
  ...tokenCommands,
  ...sessionCommands,
  ...auditCommands,
  ...backupCommands,
  doctorCommand,
  passwdCommand,
  importCommand,
  importHomeAssistantCommand,
  certificateCommand,
  bemfaEmulatorCommand,
  bemfaVoiceCommand,
  configCommand,
];

const groups: Readonly<Record<string, string>> = {
  rule: 'rules of a running Homerule',
  device: 'devices of the house',
  variable: 'persistent variables that rules share',
  state: 'latest values of topics',
  history: 'what values were and what was published',
  secret: 'what rules may use and nobody may read',
  timers: 'what waits for its time',
  bridge: 'connections to other brokers',
  plugin: 'what extends the house',
  flow: 'flows of Node-RED',
  user: 'who may connect with a password',
  session: 'browsers that people are logged in with',
  acl: 'what users may read and write',
  token: 'programs that may use the API',
  audit: 'who did what',
  import: 'settings of other programs',
};

function parentOf(program: Command, name: string): Command {
  const [group = '', rest] = name.split(' ');
  if (rest === undefined) return program;
  const known = program.commands.find((command) => command.name() === group);
  return known ?? program.command(group).description(groups[group] ?? '');
}

function addCommand(
  program: Command,
  spec: CliCommand,
  context: Context,
  done: (code: number) => void,
): void {
  const command = parentOf(program, spec.name)
    .command(spec.name.split(' ').at(-1) ?? '')
    .description(spec.about);
  spec.declare?.(command);
  command
    .option('--json', 'print for programs')
    .addHelpText('after', `\nExample:\n  ${spec.example.replaceAll('\n', '\n  ')}`)
    .action(async () => {
      const options: Record<string, unknown> = command.opts();
      const isJson = options['json'] === true;
      done(await spec.run({ ...context, args: command.args, options, isJson }));
    });
}

export function buildProgram(context: Context, done: (code: number) => void): Command {
  const program = new Command('homerule')
    .description('Home-automation rules on an integrated MQTT broker.')
    .version(packageVersion(), '--version')
    .helpOption('--help', 'show this')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void context.stdout.write(text),
      writeErr: (text) => void context.stderr.write(text),
    });
  for (const spec of commands) addCommand(program, spec, context, done);
  return program;
}

/** What went wrong, in words or, with --json, as one object. */
function report(context: Context, error: unknown, isJson: boolean): void {
  const code = error instanceof HomeruleError ? error.code : 'internal';
  const details = error instanceof HomeruleError ? error.details : {};
  if (isJson) remark(context, JSON.stringify({ code, message: messageOf(error), ...details }));
  else {
    remark(context, `homerule: ${code}: ${messageOf(error)}`);
    for (const line of problemLines(details['problems'])) remark(context, line);
  }
}

/** Runs one command line (without the program's own name) and resolves with its exit code. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  let code: number = exitCodes.ok;
  const program = buildProgram(context, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    report(context, error, argv.includes('--json'));
    return exitCodeOf(error);
  }
  return code;
}
