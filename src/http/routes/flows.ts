// Node-RED: its process, and what was deployed in it. The editor itself is under /red/.
import { flowsRestoreRequest, flowsStartRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noInput, ok, type Route, route } from '../route.ts';
import { versionNumber } from '../version-number.ts';

const tag = 'flows';

const state = route({
  ...noInput,
  method: 'get',
  path: '/flows',
  tag,
  summary: 'The process of Node-RED',
  success: { status: 200, view: 'FlowsView' },
  handle: ({ api }) => ok(api.flows.state()),
});

const start = route({
  ...noInput,
  method: 'post',
  path: '/flows/start',
  tag,
  summary: 'Start Node-RED; with safe: true without running the flows',
  body: jsonBody('FlowsStartRequest', flowsStartRequest),
  success: { status: 200, view: 'FlowsView' },
  handle: async ({ api, actor, body }) => ok(await api.flows.start(actor, body)),
});

const stop = route({
  ...noInput,
  method: 'post',
  path: '/flows/stop',
  tag,
  summary: 'Stop Node-RED until somebody starts it or the house starts anew',
  success: { status: 200, view: 'FlowsView' },
  handle: async ({ api, actor }) => ok(await api.flows.stop(actor)),
});

const restart = route({
  ...noInput,
  method: 'post',
  path: '/flows/restart',
  tag,
  summary: 'Stop and start Node-RED',
  body: jsonBody('FlowsStartRequest', flowsStartRequest),
  success: { status: 200, view: 'FlowsView' },
  handle: async ({ api, actor, body }) => ok(await api.flows.restart(actor, body)),
});

const versions = route({
  ...noInput,
  method: 'get',
  path: '/flows/versions',
  tag,
  summary: 'The last deploys, newest first, with what each changed',
  success: { status: 200, view: 'FlowVersionList' },
  handle: async ({ api }) => ok({ items: await api.flows.versions() }),
});

const version = route({
  ...noInput,
  method: 'get',
  path: '/flows/versions/{version}',
  tag,
  summary: 'One deploy with its flows',
  success: { status: 200, view: 'FlowVersionView' },
  handle: async ({ api, param }) => ok(await api.flows.version(versionNumber(param('version')))),
});

const restore = route({
  ...noInput,
  method: 'post',
  path: '/flows/versions/{version}/restore',
  tag,
  summary: 'Deploy the flows of an earlier version; with rev only over those',
  body: jsonBody('FlowsRestoreRequest', flowsRestoreRequest),
  success: { status: 200, view: 'FlowsView' },
  handle: async ({ api, actor, param, body }) => {
    const number = String(versionNumber(param('version')));
    return ok(await api.flows.restore(actor, number, body));
  },
});

export const flowRoutes: readonly Route[] = [state, start, stop, restart, versions, version, restore];
