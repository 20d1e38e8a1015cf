// Plugins: what they are, what they are configured to, and whether they run. A secret may be set and is never shown.
import { pluginConfig, pluginInput, pluginRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'plugins';

const list = route({
  ...noInput,
  method: 'get',
  path: '/plugins',
  tag,
  summary: 'Plugins with state, health and what they offer',
  success: { status: 200, view: 'PluginList' },
  handle: ({ api }) => ok({ items: api.plugins.list() }),
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/plugins/{id}',
  tag,
  summary: 'One plugin',
  success: { status: 200, view: 'PluginView' },
  handle: ({ api, param }) => ok(api.plugins.get(param('id'))),
});

const install = route({
  ...noInput,
  method: 'post',
  path: '/plugins',
  tag,
  summary:
    'Copy a plugin from a folder of this machine; one that was there is replaced, with its configuration kept',
  body: jsonBody('PluginRequest', pluginRequest),
  success: { status: 201, view: 'PluginView' },
  handle: async ({ api, actor, body }) => ({
    status: 201,
    body: await api.plugins.install(actor, body.folder),
  }),
});

const enable = route({
  ...noInput,
  method: 'post',
  path: '/plugins/{id}/enable',
  tag,
  summary: 'Switch a plugin on, or start it anew; the answer says whether it runs',
  success: { status: 200, view: 'PluginView' },
  handle: async ({ api, actor, param }) => ok(await api.plugins.setEnabled(actor, param('id'), true)),
});

const disable = route({
  ...noInput,
  method: 'post',
  path: '/plugins/{id}/disable',
  tag,
  summary: 'Switch a plugin off; what it registered is gone',
  success: { status: 200, view: 'PluginView' },
  handle: async ({ api, actor, param }) => ok(await api.plugins.setEnabled(actor, param('id'), false)),
});

const configure = route({
  ...noInput,
  method: 'put',
  path: '/plugins/{id}/config',
  tag,
  summary: 'Configure a plugin; one that runs starts anew. A bad configuration changes nothing',
  body: jsonBody('PluginConfig', pluginConfig),
  success: { status: 200, view: 'PluginView' },
  handle: async ({ api, actor, param, body }) => ok(await api.plugins.configure(actor, param('id'), body)),
});

const act = route({
  ...noInput,
  method: 'post',
  path: '/plugins/{id}/actions/{action}',
  tag,
  summary: 'Do what a plugin offers, as `call: ID/ACTION` of rules does; has 30 s',
  body: jsonBody('PluginInput', pluginInput),
  success: { status: 200, view: 'PluginActionView' },
  handle: async ({ api, actor, param, body }) =>
    ok(await api.plugins.act(actor, `${param('id')}/${param('action')}`, body)),
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/plugins/{id}',
  tag,
  summary: 'Remove an installed plugin with its configuration, its secrets and what it kept',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.plugins.remove(actor, param('id'));
    return noContent;
  },
});

export const pluginRoutes: readonly Route[] = [list, get, install, enable, disable, configure, act, remove];
