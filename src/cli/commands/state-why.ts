// `homerule state why`: who made a value what it is, or was, back to the outside.
import { z } from 'zod';
import type { CauseEndView, CausesView, CauseView } from '../../api/index.ts';
import { type ApiCall, apiCommand } from '../api-command.ts';
import { print, printJson } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { ago, asText } from '../spoken.ts';
import { tableLines } from '../table.ts';

const options = z.looseObject({
  path: z.string().optional(),
  device: z.string().optional(),
  at: z.string().optional(),
});

function triggerText({ trigger }: CauseView): string {
  if (trigger === undefined || trigger.index < 0) return '';
  return `, woken by ${trigger.id ?? `triggers[${trigger.index}]`} (${trigger.verb})`;
}

const byText = ({ by = '' }: CauseView): string => (by === '' ? '' : ` by ${by}`);

/** What one link says after its time. */
function linkText(link: CauseView): string {
  const { kind, topic = '', value, name = '' } = link;
  const said = value === undefined ? '' : ` ${asText(value)}`;
  switch (kind) {
    case 'report':
      return `${topic}${said}: ${link.by} reports what it was told`;
    case 'message':
      return `${topic}${said}: ${link.origin}${byText(link)}`;
    case 'run':
      return `rule ${link.rule} version ${link.version}${triggerText(link)}${link.path === undefined ? '' : `, ${link.path}`}`;
    case 'hold':
      return `${topic} had held long enough`;
    case 'command':
      return `${name} was run${byText(link)}`;
    default:
      return `${kind} ${name}${said}${byText(link)}`;
  }
}

const ends: Readonly<Record<Exclude<CauseEndView['kind'], 'unknown'>, string>> = {
  client: 'the MQTT client',
  person: 'the user',
  bridge: 'the bridge',
  plugin: 'the plugin',
  flow: 'the flow',
  webhook: 'the webhook',
  time: 'the clock',
  house: 'the house itself',
};

const unknown: Readonly<Record<NonNullable<CauseEndView['reason']>, string>> = {
  'not-recorded': 'what led to this is not in the journal',
  'run-forgotten': 'the record of the run is not kept any more',
  'too-long': 'the chain goes on',
};

function endText({ kind, by = '', reason = 'not-recorded' }: CauseEndView): string {
  return kind === 'unknown' ? unknown[reason] : `${ends[kind]} ${by}`.trimEnd();
}

function causeLines({ value, since, at, links, end, gaps }: CausesView): string[] {
  const when = since === undefined ? '' : `, for ${ago(since, at).replace(' ago', '')}`;
  const rows = links.map((link) => [new Date(link.at).toISOString(), link.kind, linkText(link)]);
  return [
    `${value === undefined ? 'nothing' : asText(value)}${when}`,
    ...tableLines(['AT', 'LINK', 'WHAT'], rows),
    `→ ${endText(end)}`,
    ...(gaps.length === 0 ? [] : [`the journal has ${gaps.length} gaps in this time`]),
  ];
}

async function tellWhy(call: ApiCall): Promise<number> {
  const { path, device, at } = options.parse(call.options);
  const [name = ''] = call.args;
  const query = new URLSearchParams(device === undefined ? { topic: name } : { device, property: name });
  if (path !== undefined) query.set('path', path);
  if (at !== undefined) query.set('at', at);
  const view = await call.client.request<CausesView>(`/causes?${query}`);
  if (call.isJson) printJson(call, view);
  else for (const line of causeLines(view)) print(call, line);
  return exitCodes.ok;
}

export const whyCommand = apiCommand({
  name: 'state why',
  about: 'tell who made a value what it is, or was',
  example: 'homerule state why home/hall/light --at 21:04',
  declare: (command) =>
    void command
      .argument('<topic-or-property>')
      .option('--path <path>', 'a place in the JSON of the topic')
      .option('--device <id>', 'of which the argument is a property')
      .option('--at <time>', 'then: 21:04, -2h, or ISO 8601 (default: now)'),
  run: tellWhy,
});
