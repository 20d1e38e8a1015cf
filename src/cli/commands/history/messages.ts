// `homerule history messages`: what was published, from the journal.
import { z } from 'zod';
import type { MessagePage, MessageView } from '../../../api/index.ts';
import { parseFilter } from '../../../base/index.ts';
import { type ApiCall, apiCommand } from '../../api-command.ts';
import { print, printJson, remark } from '../../context.ts';
import { exitCodes, flagValue } from '../../errors.ts';
import { tableLines } from '../../table.ts';
import { queryOf } from './query.ts';

const flags = z.looseObject({
  from: z.string().optional(),
  to: z.string().optional(),
  limit: z.string().optional(),
  csv: z.boolean().optional(),
});

const longestShown = 80;

function shown({ payload, binary, bytes }: MessageView): string {
  if (binary === true) return `(${bytes} bytes)`;
  return payload.length > longestShown ? `${payload.slice(0, longestShown - 1)}…` : payload;
}

function rowOf(message: MessageView): string[] {
  const { at, topic, origin, by } = message;
  return [new Date(at).toISOString(), topic, by === '' ? origin : `${origin} ${by}`, shown(message)];
}

async function messages(call: ApiCall): Promise<number> {
  const { from, to, limit, csv } = flags.parse(call.options);
  const filter = flagValue('filter', () => parseFilter(call.args[0] ?? '#'));
  if (csv === true) {
    await call.client.download(
      `/messages?${queryOf({ filter, from, to, limit, format: 'csv' })}`,
      call.stdout,
    );
    return exitCodes.ok;
  }
  const page = await call.client.request<MessagePage>(`/messages?${queryOf({ filter, from, to, limit })}`);
  if (call.isJson) {
    printJson(call, page);
    return exitCodes.ok;
  }
  const rows = page.items.toReversed().map(rowOf);
  for (const line of tableLines(['TIME', 'TOPIC', 'BY', 'PAYLOAD'], rows)) print(call, line);
  if (page.next !== undefined) remark(call, 'there are earlier ones: say --limit, or --csv for all of them');
  return exitCodes.ok;
}

export const messagesCommand = apiCommand({
  name: 'history messages',
  about: 'messages as they were accepted, the newest last (default: all topics, the last day)',
  example:
    "homerule history messages 'home/+/motion' --from -2h\nhomerule history messages --from -8d --csv > journal.csv",
  declare: (command) =>
    void command
      .argument('[filter]')
      .option('--from <time>', '-7d, 21:04, a date, an ISO time or milliseconds (default: -1d)')
      .option('--to <time>', 'likewise (default: now)')
      .option('--limit <n>', 'at most so many (default: 100; with --csv all of them)')
      .option('--csv', 'print a table for spreadsheets, the newest last'),
  run: messages,
});
