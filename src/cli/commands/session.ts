// `homerule session …`: browsers that people are logged in with.
import type { BrowserSessionView, EndedSessionsView, Page } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { ago, asText, counted } from '../spoken.ts';
import { tableLines } from '../table.ts';

async function list(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<BrowserSessionView>>('/sessions');
  if (call.isJson) printJson(call, items);
  else {
    const now = call.clock.now();
    const rows = items.map(({ id, user, address, browser = '', createdAt, seenAt }) => [
      ...[id, user, ago(createdAt, now), ago(seenAt, now), address, asText(browser)],
    ]);
    for (const line of tableLines(['ID', 'USER', 'LOGIN', 'SEEN', 'FROM', 'BROWSER'], rows))
      print(call, line);
  }
  return exitCodes.ok;
}

async function endOne(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  await call.client.request(`/sessions/${segment(id)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { ended: 1 });
  else print(call, `ended ${id}`);
  return exitCodes.ok;
}

async function endAll(call: ApiCall): Promise<number> {
  const answer = await call.client.request<EndedSessionsView>('/sessions/end-others', { method: 'POST' });
  if (call.isJson) printJson(call, answer);
  else print(call, `ended ${counted(answer.ended, 'session')}`);
  return exitCodes.ok;
}

export const sessionCommands = [
  apiCommand({
    name: 'session list',
    about: 'list the browsers that people are logged in with',
    example: 'homerule session list',
    run: list,
  }),
  apiCommand({
    name: 'session end',
    about: 'end one: its browser has to log in again',
    example: 'homerule session end 3q2-7wAB12cdEF34ghIJ56',
    declare: (command) => void command.argument('<id>'),
    run: endOne,
  }),
  apiCommand({
    name: 'session end-all',
    about: 'end all: every browser has to log in again',
    example: 'homerule session end-all',
    run: endAll,
  }),
];
