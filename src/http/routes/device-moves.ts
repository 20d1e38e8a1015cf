// What uses a device, and what changes when it gets another id, other topics or other hardware.
import { deviceRenameRequest, deviceReplaceRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noInput, ok, type Route, route } from '../route.ts';

const tag = 'devices';

const usedBy = route({
  ...noInput,
  method: 'get',
  path: '/devices/{id}/used-by',
  tag,
  summary: 'Rules and bridges that name the device or its topics',
  success: { status: 200, view: 'DeviceUsesView' },
  handle: ({ api, param }) => ok(api.deviceMoves.usedBy(param('id'))),
});

const rename = route({
  ...noInput,
  method: 'post',
  path: '/devices/{id}/rename',
  tag,
  summary:
    'Another id or other topics: what would change, and with apply the change with all rules rewritten',
  body: jsonBody('DeviceRenameRequest', deviceRenameRequest),
  success: { status: 200, view: 'DeviceMoveView' },
  handle: async ({ api, actor, param, body }) => ok(await api.deviceMoves.rename(actor, param('id'), body)),
});

const replace = route({
  ...noInput,
  method: 'post',
  path: '/devices/{id}/replace',
  tag,
  summary:
    'The hardware of another device: what would change, and with apply the change with all rules rewritten',
  body: jsonBody('DeviceReplaceRequest', deviceReplaceRequest),
  success: { status: 200, view: 'DeviceMoveView' },
  handle: async ({ api, actor, param, body }) => ok(await api.deviceMoves.replace(actor, param('id'), body)),
});

export const deviceMoveRoutes: readonly Route[] = [usedBy, rename, replace];
