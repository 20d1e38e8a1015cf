// `homerule timers`: what waits for its time. `homerule rule timers` is the same list.
import type { Page, TimerView } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { roughly } from '../spoken.ts';
import { tableLines } from '../table.ts';

export async function listTimers(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<TimerView>>('/timers');
  if (call.isJson) printJson(call, items);
  else {
    const rows = items.map(({ id, rule, kind, due, leftMs, path, verb, about = '' }) => [
      id,
      rule,
      kind,
      new Date(due).toISOString(),
      roughly(leftMs),
      `${path} ${verb} ${about}`.trimEnd(),
    ]);
    for (const line of tableLines(['ID', 'RULE', 'KIND', 'DUE', 'LEFT', 'WAITS IN'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

async function fireTimer(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  await call.client.request(`/timers/${segment(id)}/fire`, { method: 'POST' });
  if (call.isJson) printJson(call, { fired: id });
  else print(call, `fired ${id}`);
  return exitCodes.ok;
}

async function cancelTimer(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  await call.client.request(`/timers/${segment(id)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { cancelled: id });
  else print(call, `cancelled ${id}`);
  return exitCodes.ok;
}

export const timerAbout =
  'list runs that wait, schedules, what triggers hold and topics that may fall silent';

export const timerCommands = [
  apiCommand({
    name: 'timers list',
    about: timerAbout,
    example: 'homerule timers list',
    run: listTimers,
  }),
  apiCommand({
    name: 'timers fire',
    about: 'let a run that waits go on, or a trigger wake its rule, now',
    example: 'homerule timers fire 01k9mvw3t00000abcdef',
    declare: (command) => void command.argument('<id>'),
    run: fireTimer,
  }),
  apiCommand({
    name: 'timers cancel',
    about: 'end the run that waits, or let go what a trigger holds',
    example: 'homerule timers cancel 01k9mvw3t00000abcdef',
    declare: (command) => void command.argument('<id>'),
    run: cancelTimer,
  }),
];
