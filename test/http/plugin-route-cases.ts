// What the routes of plugins answer.
import type { RouteCase } from './route-cases.ts';

export const pluginRouteCases: readonly RouteCase[] = [
  { ask: 'GET /plugins', status: 200, has: { items: [{ id: 'bemfa', state: 'running' }] } },
  { ask: 'GET /plugins/bemfa', status: 200, has: { actions: ['say'] } },
  {
    ask: 'POST /plugins',
    body: { folder: '/srv/my-plugin' },
    status: 201,
    has: { id: 'bemfa' },
    called: { what: 'plugins.install', args: ['/srv/my-plugin'] },
  },
  { ask: 'POST /plugins', body: { path: 'x' }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'POST /plugins/bemfa/enable',
    status: 200,
    has: { enabled: true },
    called: { what: 'plugins.setEnabled', args: ['bemfa', true] },
  },
  {
    ask: 'POST /plugins/bemfa/disable',
    status: 200,
    has: { enabled: false },
    called: { what: 'plugins.setEnabled', args: ['bemfa', false] },
  },
  {
    ask: 'PUT /plugins/bemfa/config',
    body: { key: 'x' },
    status: 200,
    has: { config: { key: 'x' } },
    called: { what: 'plugins.configure', args: ['bemfa', { key: 'x' }] },
  },
  {
    ask: 'POST /plugins/bemfa/actions/say',
    body: { text: 'on' },
    status: 200,
    has: { result: 'said' },
    called: { what: 'plugins.act', args: ['bemfa/say', { text: 'on' }] },
  },
  { ask: 'POST /plugins/bemfa/actions/say', body: ['on'], status: 400, has: { code: 'bad-body' } },
  { ask: 'GET /notifications/channels', status: 200, has: { items: ['phone'] } },
  {
    ask: 'POST /notifications',
    body: { channels: ['phone'], message: 'water' },
    status: 204,
    called: { what: 'plugins.notify', args: [{ channels: ['phone'], message: 'water' }] },
  },
  {
    ask: 'POST /notifications',
    body: { channels: [], message: 'water' },
    status: 400,
    has: { code: 'bad-body' },
  },
  { ask: 'DELETE /plugins/bemfa', status: 204, called: { what: 'plugins.remove', args: ['bemfa'] } },
];
