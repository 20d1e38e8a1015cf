// `homerule audit list`: who did what.
import { z } from 'zod';
import type { AuditView, Page } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { ago } from '../spoken.ts';
import { tableLines } from '../table.ts';

const flags = z.looseObject({
  who: z.string().optional(),
  action: z.string().optional(),
  target: z.string().optional(),
  outcome: z.string().optional(),
  limit: z.string().optional(),
});

function rowOf(entry: AuditView, now: number): string[] {
  const { at, who, action, target, address, outcome, detail, count } = entry;
  const result = outcome === 'done' ? '' : outcome;
  const times = count > 1 ? `${count} times` : '';
  return [ago(at, now), who, address, action, target, [result, times, detail].filter(Boolean).join(' ')];
}

async function list(call: ApiCall): Promise<number> {
  const { who, action, target, outcome, limit } = flags.parse(call.options);
  const asked = Object.entries({ who, action, target, outcome, limit }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${segment(value)}`],
  );
  const query = asked.length === 0 ? '' : `?${asked.join('&')}`;
  const { items } = await call.client.request<Page<AuditView>>(`/audit${query}`);
  if (call.isJson) printJson(call, items);
  else {
    const now = call.clock.now();
    const rows = items.map((entry) => rowOf(entry, now));
    for (const line of tableLines(['WHEN', 'WHO', 'FROM', 'ACTION', 'TARGET', 'RESULT'], rows))
      print(call, line);
  }
  return exitCodes.ok;
}

export const auditCommands = [
  apiCommand({
    name: 'audit list',
    about: 'who did what, newest first: changes, and what was refused',
    example: 'homerule audit list --action rules\nhomerule audit list --outcome refused --limit 20',
    declare: (command) =>
      void command
        .option('--who <name>', 'only of this user, token or client')
        .option('--action <action>', 'only this, such as rules.save, or all of rules')
        .option('--target <target>', 'only about this')
        .option('--outcome <outcome>', 'only done, failed or refused')
        .option('--limit <n>', 'at most so many (default: 100)'),
    run: list,
  }),
];
