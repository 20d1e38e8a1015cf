// `homerule state`: the latest message of a topic, or of many.
import { z } from 'zod';
import type { DeviceView, Page, StateAtView, StatesView, TopicView } from '../../api/index.ts';
import { HomeruleError, matchesFilter, parseFilter } from '../../base/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import type { ApiClient } from '../client.ts';
import { print, printJson } from '../context.ts';
import { exitCodes, flagValue } from '../errors.ts';
import { incompleteText } from '../incomplete.ts';
import { ago } from '../spoken.ts';
import { tableLines } from '../table.ts';
import { whyCommand } from './state-why.ts';

const longestShown = 60;

function shown({ payload, binary, bytes }: TopicView): string {
  if (binary === true) return `(${bytes} bytes)`;
  return payload.length > longestShown ? `${payload.slice(0, longestShown - 1)}…` : payload;
}

const isMissing = (error: unknown, code: string): boolean =>
  error instanceof HomeruleError && error.code === code;

/** What a device reports, as one JSON object; undefined when there is no such device. */
async function deviceState(client: ApiClient, id: string): Promise<unknown> {
  try {
    const { properties } = await client.request<DeviceView>(`/devices/${segment(id)}`);
    const known = properties.filter(({ value }) => value !== undefined);
    return Object.fromEntries(known.map((property) => [property.id, property.value]));
  } catch (error) {
    if (isMissing(error, 'device-missing')) return undefined;
    throw error;
  }
}

const atOption = z.looseObject({ at: z.string().optional() });

/** As it was then. */
async function stateAt(call: ApiCall, topic: string, at: string): Promise<number> {
  const query = new URLSearchParams({ at, filter: topic, limit: '1' });
  const { items, incomplete } = await call.client.request<StatesView>(`/states?${query}`);
  const view = items.find((item) => item.topic === topic);
  for (const { reason } of incomplete)
    call.stderr.write(`what is known of then is incomplete: ${incompleteText(reason)}\n`);
  if (view === undefined)
    throw new HomeruleError('topic-missing', 'missing', `"${topic}" had said nothing then`);
  printTopic(call, view);
  return exitCodes.ok;
}

function printTopic(call: ApiCall, view: StateAtView): void {
  if (call.isJson) printJson(call, view);
  else call.stdout.write(view.binary === true ? Buffer.from(view.payload, 'base64') : `${view.payload}\n`);
}

async function getState(call: ApiCall): Promise<number> {
  const [name = ''] = call.args;
  const { at } = atOption.parse(call.options);
  if (at !== undefined) return stateAt(call, name, at);
  let view: TopicView;
  try {
    view = await call.client.request<TopicView>(`/topics/${segment(name)}`);
  } catch (error) {
    const state = isMissing(error, 'topic-missing') ? await deviceState(call.client, name) : undefined;
    if (state === undefined) throw error;
    printJson(call, state);
    return exitCodes.ok;
  }
  printTopic(call, view);
  return exitCodes.ok;
}

/** The part of a filter that every matching topic begins with. */
function fixedPart(filter: string): string {
  const wild = filter.search(/[+#]/);
  // `a/#` also means `a` itself.
  return wild < 0 ? filter : filter.slice(0, wild).replace(/\/$/, '');
}

async function topicsUnder(client: ApiClient, filter: string): Promise<TopicView[]> {
  const found: TopicView[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '1000', prefix: fixedPart(filter) });
    if (cursor !== undefined) query.set('cursor', cursor);
    const page = await client.request<Page<TopicView>>(`/topics?${query}`);
    found.push(...page.items.filter(({ topic }) => matchesFilter(filter, topic)));
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

async function listStates(call: ApiCall): Promise<number> {
  const topics = await topicsUnder(
    call.client,
    flagValue('filter', () => parseFilter(call.args[0] ?? '#')),
  );
  if (call.isJson) printJson(call, topics);
  else {
    const now = call.clock.now();
    const rows = topics.map((view) => [
      view.topic,
      ago(view.at, now),
      view.retained ? 'retained' : '',
      shown(view),
    ]);
    for (const line of tableLines(['TOPIC', 'HEARD', '', 'VALUE'], rows)) print(call, line);
  }
  return exitCodes.ok;
}

export const stateCommands = [
  apiCommand({
    name: 'state get',
    about: 'print the latest value of a topic, or what a device reports',
    example: 'homerule state get home/kitchen/temperature',
    declare: (command) =>
      void command
        .argument('<topic-or-device>')
        .option('--at <time>', 'the topic as it was: 21:04, -2h, or ISO 8601'),
    run: getState,
  }),
  apiCommand({
    name: 'state list',
    about: 'list the latest values under a filter (default: all)',
    example: "homerule state list 'home/+/temperature'",
    declare: (command) => void command.argument('[filter]'),
    run: listStates,
  }),
  whyCommand,
];
