// `homerule plugin`: what extends a running house.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page, PluginActionView, PluginView } from '../../api/index.ts';
import { type ApiCall, apiCommand, segment } from '../api-command.ts';
import type { CliCommand } from '../command.ts';
import { print, printJson, remark } from '../context.ts';
import { exitCodes, fail } from '../errors.ts';
import { fetchPackage, isPackage } from '../npm-package.ts';
import { tableLines } from '../table.ts';
import { createPlugin } from './plugin-create.ts';

function stateOf({ state, reason, health, words }: PluginView): string {
  if (state === 'running') return health === 'ok' ? state : `${health}: ${words}`;
  return reason === '' ? state : `${state}: ${reason.split('\n')[0]}`;
}

function showOne(call: ApiCall, plugin: PluginView): number {
  if (call.isJson) printJson(call, plugin);
  else print(call, `plugin ${plugin.id} ${plugin.version}: ${stateOf(plugin)}`);
  return plugin.enabled && plugin.state === 'failed' ? exitCodes.failed : exitCodes.ok;
}

async function listPlugins(call: ApiCall): Promise<number> {
  const { items } = await call.client.request<Page<PluginView>>('/plugins');
  if (call.isJson) {
    printJson(call, items);
    return exitCodes.ok;
  }
  const rows = items.map((plugin) => {
    const offers = [...plugin.actions.map((name) => `${plugin.id}/${name}`), ...plugin.channels];
    return [plugin.id, plugin.version, plugin.origin, offers.join(' ') || '-', stateOf(plugin)];
  });
  for (const line of tableLines(['ID', 'VERSION', 'FROM', 'OFFERS', 'STATE'], rows)) print(call, line);
  return exitCodes.ok;
}

async function showPlugin(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  const plugin = await call.client.request<PluginView>(`/plugins/${segment(id)}`);
  if (call.isJson) {
    printJson(call, plugin);
    return exitCodes.ok;
  }
  const { permissions, figures, config, reason } = plugin;
  const rows = [
    ['name', `${plugin.name.en} / ${plugin.name.zh}`],
    ['version', plugin.version],
    ['from', `${plugin.origin}${plugin.isIsolated ? ', in a process of its own' : ''}`],
    ['state', stateOf(plugin)],
    ...reason
      .split('\n')
      .slice(1)
      .map((line) => ['', line]),
    ['may', JSON.stringify(permissions)],
    ['config', JSON.stringify(config)],
    ['actions', plugin.actions.join(', ') || '-'],
    ['channels', plugin.channels.join(', ') || '-'],
    ['routes', plugin.routes.join(', ') || '-'],
    [
      'figures',
      Object.entries(figures)
        .map(([key, value]) => `${key} ${value}`)
        .join(', '),
    ],
  ];
  for (const line of tableLines(['PLUGIN', id], rows)) print(call, line);
  return exitCodes.ok;
}

async function installFolder(call: ApiCall, folder: string): Promise<number> {
  return showOne(
    call,
    await call.client.request<PluginView>('/plugins', { method: 'POST', json: { folder } }),
  );
}

async function installPlugin(call: ApiCall): Promise<number> {
  const [source = ''] = call.args;
  if (!(await isPackage(source))) return installFolder(call, resolve(source));
  remark(call, `npm fetches ${source} …`);
  const fetched = await fetchPackage(source.endsWith('.tgz') ? resolve(source) : source);
  try {
    return await installFolder(call, fetched.folder);
  } finally {
    await fetched.remove();
  }
}

const switchTo =
  (word: 'enable' | 'disable') =>
  async (call: ApiCall): Promise<number> => {
    const [id = ''] = call.args;
    const plugin = await call.client.request<PluginView>(`/plugins/${segment(id)}/${word}`, {
      method: 'POST',
    });
    showOne(call, plugin);
    return word === 'enable' && plugin.state !== 'running' ? exitCodes.failed : exitCodes.ok;
  };

async function jsonOf(given: string): Promise<unknown> {
  const text = given.startsWith('@') ? await readFile(given.slice(1), 'utf8') : given;
  try {
    return JSON.parse(text);
  } catch {
    throw fail('wrong-usage', `expected JSON, or @FILE with JSON, got ${text.slice(0, 80)}`);
  }
}

async function configurePlugin(call: ApiCall): Promise<number> {
  const [id = '', given = ''] = call.args;
  const json = await jsonOf(given);
  const path = `/plugins/${segment(id)}/config`;
  return showOne(call, await call.client.request<PluginView>(path, { method: 'PUT', json }));
}

async function callPlugin(call: ApiCall): Promise<number> {
  const [name = '', given = '{}'] = call.args;
  const [id = '', action = ''] = name.split('/');
  if (action === '') throw fail('wrong-usage', `expected PLUGIN/ACTION such as bemfa/topics, got "${name}"`);
  const path = `/plugins/${segment(id)}/actions/${segment(action)}`;
  const json = await jsonOf(given);
  const { result } = await call.client.request<PluginActionView>(path, { method: 'POST', json });
  printJson(call, result ?? null);
  return exitCodes.ok;
}

async function removePlugin(call: ApiCall): Promise<number> {
  const [id = ''] = call.args;
  await call.client.request(`/plugins/${segment(id)}`, { method: 'DELETE' });
  if (call.isJson) printJson(call, { removed: id });
  else print(call, `removed ${id}`);
  return exitCodes.ok;
}

export const pluginCommands: readonly CliCommand[] = [
  createPlugin,
  apiCommand({
    name: 'plugin list',
    about: 'list plugins with what they offer and their state',
    example: 'homerule plugin list',
    run: listPlugins,
  }),
  apiCommand({
    name: 'plugin show',
    about: 'show one plugin: permissions, configuration, figures',
    example: 'homerule plugin show bemfa',
    declare: (command) => void command.argument('<id>'),
    run: showPlugin,
  }),
  apiCommand({
    name: 'plugin install',
    about:
      'copy a plugin into the data of the house, from a folder or a package of npm; it is not switched on',
    example: 'homerule plugin install ./my-plugin',
    declare: (command) => void command.argument('<folder or package>'),
    run: installPlugin,
  }),
  apiCommand({
    name: 'plugin enable',
    about: 'switch a plugin on, or start it anew',
    example: 'homerule plugin enable bemfa',
    declare: (command) => void command.argument('<id>'),
    run: switchTo('enable'),
  }),
  apiCommand({
    name: 'plugin disable',
    about: 'switch a plugin off; what it registered is gone',
    example: 'homerule plugin disable bemfa',
    declare: (command) => void command.argument('<id>'),
    run: switchTo('disable'),
  }),
  apiCommand({
    name: 'plugin configure',
    about: 'give a plugin its configuration, as JSON or @FILE',
    example: `homerule plugin configure bemfa '{ "accounts": [] }'`,
    declare: (command) => void command.argument('<id>').argument('<json>'),
    run: configurePlugin,
  }),
  apiCommand({
    name: 'plugin call',
    about: 'do what a plugin offers, with JSON or @FILE; prints the answer',
    example: `homerule plugin call bemfa/offer '{ "devices": ["bedroom-lamp"] }'`,
    declare: (command) => void command.argument('<plugin/action>').argument('[json]'),
    run: callPlugin,
  }),
  apiCommand({
    name: 'plugin remove',
    about: 'remove an installed plugin with its configuration, secrets and what it kept',
    example: 'homerule plugin remove my-plugin',
    declare: (command) => void command.argument('<id>'),
    run: removePlugin,
  }),
];
