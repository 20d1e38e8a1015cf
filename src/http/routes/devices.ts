// Devices: look, name, command, forget; and descriptions by hand.
import { z } from 'zod';
import {
  type DeviceMappingView,
  type DeviceView,
  deviceEditRequest,
  deviceMappingRequest,
  deviceSetRequest,
  listQuery,
} from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { etag, expectedVersion } from '../precondition.ts';
import { noContent, noInput, ok, type Reply, type Route, route } from '../route.ts';

const tag = 'devices';
const text = z.string().max(200).exactOptional();

function versioned(view: DeviceView | DeviceMappingView): Reply {
  return { ...ok(view), headers: { ETag: etag(view.version) } };
}

const list = route({
  ...noInput,
  method: 'get',
  path: '/devices',
  tag,
  summary: 'Devices by id, with what they report; by room, label and search',
  query: z.strictObject({ ...listQuery.shape, room: text, label: text, search: text }),
  success: { status: 200, view: 'DevicePage' },
  handle: ({ api, query }) => ok(api.devices.list(query)),
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/devices/{id}',
  tag,
  summary: 'One device',
  success: { status: 200, view: 'DeviceView' },
  handle: ({ api, param }) => versioned(api.devices.get(param('id'))),
});

const edit = route({
  ...noInput,
  method: 'patch',
  path: '/devices/{id}',
  tag,
  summary: 'Name, room, labels, hidden and note of a device; null takes back; If-Match "VERSION"',
  body: jsonBody('DeviceEditRequest', deviceEditRequest),
  success: { status: 200, view: 'DeviceView' },
  handle: async ({ api, actor, headers, param, body }) =>
    versioned(await api.devices.edit(actor, param('id'), body, expectedVersion(headers))),
});

const set = route({
  ...noInput,
  method: 'post',
  path: '/devices/{id}/set',
  tag,
  summary: 'Tell a device to take a state; the answer holds the messages that went out',
  body: jsonBody('DeviceSetRequest', deviceSetRequest),
  success: { status: 200, view: 'DeviceSetView' },
  handle: async ({ api, actor, param, body }) => ok(await api.devices.set(actor, param('id'), body)),
});

const forget = route({
  ...noInput,
  method: 'delete',
  path: '/devices/{id}',
  tag,
  summary: 'Forget a device that is gone, with all that was said of it',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.devices.forget(actor, param('id'));
    return noContent;
  },
});

const mappings = route({
  ...noInput,
  method: 'get',
  path: '/device-mappings',
  tag,
  summary: 'Devices described by hand',
  success: { status: 200, view: 'DeviceMappingList' },
  handle: ({ api }) => ok({ items: api.deviceMappings.list() }),
});

const mapping = route({
  ...noInput,
  method: 'get',
  path: '/device-mappings/{id}',
  tag,
  summary: 'One description by hand',
  success: { status: 200, view: 'DeviceMappingView' },
  handle: ({ api, param }) => versioned(api.deviceMappings.get(param('id'))),
});

const saveMapping = route({
  ...noInput,
  method: 'put',
  path: '/device-mappings/{id}',
  tag,
  summary: 'Describe a device by hand; If-Match "VERSION", or If-None-Match * when it must be new',
  body: jsonBody('DeviceMappingRequest', deviceMappingRequest),
  success: { status: 200, view: 'DeviceMappingView' },
  handle: async ({ api, actor, headers, param, body }) =>
    versioned(await api.deviceMappings.save(actor, param('id'), body, expectedVersion(headers))),
});

const deleteMapping = route({
  ...noInput,
  method: 'delete',
  path: '/device-mappings/{id}',
  tag,
  summary: 'Delete a description by hand',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.deviceMappings.delete(actor, param('id'));
    return noContent;
  },
});

export const deviceRoutes: readonly Route[] = [
  list,
  get,
  edit,
  set,
  forget,
  mappings,
  mapping,
  saveMapping,
  deleteMapping,
];
