// `homerule bemfa-emulator voice`: says something to the speaker of an emulator that runs on this machine.
import type { Command } from 'commander';
import { z } from 'zod';
import { HomeruleError, messageOf } from '../../../base/index.ts';
import type { Call, CliCommand } from '../../command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes, fail } from '../../errors.ts';
import { wholeNumber } from '../../mqtt/flags.ts';

const flags = z.looseObject({ httpPort: z.int() });

const answers = z.union([
  z.object({
    spoken: z.array(z.object({ topic: z.string(), message: z.string(), hearers: z.int() })),
  }),
  z.object({ code: z.string(), message: z.string() }),
]);

async function ask(port: number, body: object): Promise<z.output<typeof answers>> {
  const url = `http://127.0.0.1:${port}/emulator/voice`;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(
    (error: unknown) => {
      throw fail('not-running', `no emulator answers on port ${port}: ${messageOf(error)}`, { cause: error });
    },
  );
  const parsed = answers.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw fail('bad-answer', `what answers on port ${port} is no Bemfa emulator`);
}

async function run(call: Call): Promise<number> {
  const [target, ...words] = call.args;
  const answer = await ask(flags.parse(call.options).httpPort, { target, words });
  if ('code' in answer) throw new HomeruleError(answer.code, 'invalid', answer.message);
  if (call.isJson) printJson(call, answer);
  else
    for (const { topic, message, hearers } of answer.spoken)
      print(call, `${topic} ${message} (to ${hearers})`);
  return exitCodes.ok;
}

export const bemfaVoiceCommand: CliCommand = {
  name: 'bemfa-emulator voice',
  about: 'say something to the speaker of a running emulator',
  example:
    'homerule bemfa-emulator voice light002 on 80\n' +
    "homerule bemfa-emulator voice light002 on 80 '#ff0000'\n" +
    'homerule bemfa-emulator voice --http-port 8381 ac005 cool 26',
  declare: (command: Command) =>
    command
      .argument('<topic>', 'the topic or its nickname')
      .argument('<words...>', 'on, off, pause, and what follows them')
      .option('--http-port <number>', 'where the emulator is', wholeNumber(1, 65_535), 8380),
  run,
};
