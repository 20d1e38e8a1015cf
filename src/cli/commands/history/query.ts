// `homerule history query`: a number or state over time, as a chart, a table, or a file.
import { z } from 'zod';
import type { HistoryView } from '../../../api/index.ts';
import { type ApiCall, apiCommand } from '../../api-command.ts';
import { print, printJson } from '../../context.ts';
import { exitCodes } from '../../errors.ts';
import { tableLines } from '../../table.ts';
import { shortNumber, sparkline, summary } from './chart.ts';

const flags = z.looseObject({
  path: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  points: z.string().optional(),
  csv: z.boolean().optional(),
});

/** Of a chart, and the points that are asked for when nobody says how many. */
const chartWidth = 72;

/** Those that were given, as a query. */
export function queryOf(asked: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
  return query.toString();
}

function rowsOf({ points }: HistoryView): string[][] {
  const shown = (value: number | undefined): string => (value === undefined ? '' : shortNumber(value));
  return points.map(({ at, count, min, mean, max, last }) => [
    new Date(at).toISOString(),
    ...[shown(min), shown(mean), shown(max)],
    last === undefined ? '' : String(last),
    String(count),
  ]);
}

function printChart(call: ApiCall, view: HistoryView): void {
  const line = sparkline(view, chartWidth);
  if (line !== '') print(call, line);
  print(call, `${new Date(view.from).toISOString()} … ${new Date(view.to).toISOString()}`);
  print(call, summary(view));
  for (const { from, to, reason } of view.gaps)
    print(call, `missing: ${new Date(from).toISOString()} … ${new Date(to).toISOString()} (${reason})`);
}

async function query(call: ApiCall): Promise<number> {
  const { path, from, to, points, csv } = flags.parse(call.options);
  const [topic] = call.args;
  if (csv === true) {
    await call.client.download(
      `/history?${queryOf({ topic, path, from, to, points, format: 'csv' })}`,
      call.stdout,
    );
    return exitCodes.ok;
  }
  const asked = queryOf({ topic, path, from, to, points: points ?? `${chartWidth}` });
  const view = await call.client.request<HistoryView>(`/history?${asked}`);
  if (call.isJson) printJson(call, view);
  else if ('isTTY' in call.stdout && call.stdout.isTTY === true) printChart(call, view);
  else
    for (const line of tableLines(['TIME', 'MIN', 'MEAN', 'MAX', 'LAST', 'SAMPLES'], rowsOf(view)))
      print(call, line);
  return exitCodes.ok;
}

export const queryCommand = apiCommand({
  name: 'history query',
  about: 'a number or state of a topic over time: a chart on a terminal, else a table',
  example:
    'homerule history query home/kitchen/temperature --from -7d\nhomerule history query zigbee2mqtt/plug --path power --from 2026-05-01 --csv > power.csv',
  declare: (command) =>
    void command
      .argument('<topic>')
      .option('--path <path>', 'a field of its JSON, such as climate.temperature')
      .option('--from <time>', '-7d, 21:04, a date, an ISO time or milliseconds (default: -1d)')
      .option('--to <time>', 'likewise (default: now)')
      .option('--points <n>', `at most so many (default: ${chartWidth}; with --csv every sample)`)
      .option('--csv', 'print a table for spreadsheets'),
  run: query,
});
