// What is asked over HTTP about devices, descriptions by hand and variables.
import type { RouteCase } from './route-cases.ts';

export const deviceRouteCases: readonly RouteCase[] = [
  {
    ask: 'GET /devices?room=study&label=night&search=la&limit=2',
    status: 200,
    has: { items: [{ id: 'lamp', properties: [{ id: 'on', value: true }] }] },
    called: { what: 'devices.list', args: [{ room: 'study', label: 'night', search: 'la', limit: 2 }] },
  },
  { ask: 'GET /devices/lamp', status: 200, has: { room: 'study' }, answerHeaders: { etag: '"1"' } },
  { ask: 'GET /devices/nobody', status: 404, has: { code: 'device-missing' } },
  {
    ask: 'PATCH /devices/lamp',
    headers: { 'If-Match': '"1"' },
    body: { name: null, room: 'hall', labels: ['a'], hidden: true, note: 'x' },
    status: 200,
    answerHeaders: { etag: '"2"' },
    called: {
      what: 'devices.edit',
      args: ['lamp', { name: null, room: 'hall', labels: ['a'], hidden: true, note: 'x' }, 1],
    },
  },
  { ask: 'PATCH /devices/lamp', body: { color: 'red' }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'POST /devices/lamp/set',
    body: { properties: { on: true }, transition: '2s' },
    status: 200,
    has: { device: 'lamp', commands: [{ topic: 'lamp/set', payload: { on: true } }] },
    called: { what: 'devices.set', args: ['lamp', { properties: { on: true }, transition: '2s' }] },
  },
  { ask: 'DELETE /devices/lamp', status: 204, called: { what: 'devices.forget', args: ['lamp'] } },
  { ask: 'GET /devices/lamp/used-by', status: 200, has: { device: 'lamp', rules: [] } },
  {
    ask: 'POST /devices/lamp/rename',
    body: { id: 'desk', topics: [{ from: 'a', to: 'b' }] },
    status: 200,
    has: { applied: false },
    called: { what: 'deviceMoves.rename', args: ['lamp', { id: 'desk', topics: [{ from: 'a', to: 'b' }] }] },
  },
  {
    ask: 'POST /devices/lamp/replace',
    body: { with: 'other', apply: true },
    status: 200,
    has: { lost: ['color'] },
    called: { what: 'deviceMoves.replace', args: ['lamp', { with: 'other', apply: true }] },
  },
  { ask: 'GET /device-mappings', status: 200, has: { items: [{ id: 'gate' }] } },
  { ask: 'GET /device-mappings/gate', status: 200, answerHeaders: { etag: '"1"' } },
  {
    ask: 'PUT /device-mappings/gate',
    body: { properties: [{ id: 'on', name: 'On', kind: 'boolean', reports: [{ topic: 'gate' }] }] },
    status: 200,
    called: {
      what: 'deviceMappings.save',
      args: [
        'gate',
        { properties: [{ id: 'on', name: 'On', kind: 'boolean', reports: [{ topic: 'gate' }] }] },
        undefined,
      ],
    },
  },
  {
    ask: 'PUT /device-mappings/gate',
    body: { properties: [{ id: 'on', name: 'On', kind: 'boolean', reports: [{ topic: 'gate/#' }] }] },
    status: 400,
    has: { code: 'bad-body' },
  },
  {
    ask: 'DELETE /device-mappings/gate',
    status: 204,
    called: { what: 'deviceMappings.delete', args: ['gate'] },
  },
  { ask: 'GET /variables', status: 200, has: { items: [{ name: 'holiday', value: true }] } },
  { ask: 'GET /variables/holiday', status: 200, has: { value: true } },
  {
    ask: 'PUT /variables/holiday',
    body: { value: [1] },
    status: 200,
    has: { value: [1] },
    called: { what: 'variables.set', args: ['holiday', { value: [1] }] },
  },
  { ask: 'DELETE /variables/holiday', status: 204, called: { what: 'variables.delete', args: ['holiday'] } },
];
