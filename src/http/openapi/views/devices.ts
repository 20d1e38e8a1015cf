// Devices, descriptions by hand, variables.
import { z } from 'zod';
import {
  type DeviceMappingView,
  type DeviceMoveView,
  type DevicePropertyView,
  type DeviceSetView,
  type DeviceUsesView,
  type DeviceView,
  deviceMappingRequest,
  type VariableView,
} from '../../../api/index.ts';
import { count, list, millis, page, text } from './shapes.ts';

const author = z.object({
  origin: text,
  id: text,
  cause: text.exactOptional(),
  depth: z.number().exactOptional(),
});
const qos = z.union([z.literal(0), z.literal(1), z.literal(2)]);

const property = z.object({
  id: text,
  name: text,
  kind: z.enum(['boolean', 'number', 'choice', 'text', 'color', 'event', 'button', 'json']),
  role: text.exactOptional(),
  short: text.exactOptional(),
  unit: text.exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  step: z.number().exactOptional(),
  options: z.array(text).exactOptional(),
  category: z.enum(['setting', 'diagnostic']).exactOptional(),
  reported: z.boolean(),
  topics: z.array(text).exactOptional(),
  commandable: z.boolean(),
  value: z.unknown().optional(),
  at: millis.exactOptional(),
  changedAt: millis.exactOptional(),
  by: author.exactOptional(),
  pending: z
    .object({ value: z.unknown(), at: millis, until: millis, by: author, unconfirmed: z.boolean() })
    .exactOptional(),
}) satisfies z.ZodType<DevicePropertyView>;

const deviceView = z.object({
  id: text,
  version: count,
  name: text,
  room: text.exactOptional(),
  labels: z.array(text),
  hidden: z.boolean(),
  note: text,
  format: text,
  key: text,
  manufacturer: text.exactOptional(),
  model: text.exactOptional(),
  firmware: text.exactOptional(),
  via: text.exactOptional(),
  createdAt: millis,
  online: z.boolean().exactOptional(),
  presenceAt: millis.exactOptional(),
  seen: millis.exactOptional(),
  gone: z.boolean(),
  properties: z.array(property),
  problems: z.array(z.object({ topic: text, path: text, code: text, message: text })),
  errors: z.object({ count, last: z.object({ at: millis, property: text, message: text }) }).exactOptional(),
}) satisfies z.ZodType<DeviceView>;

const deviceSetView = z.object({
  device: text,
  commands: z.array(z.object({ topic: text, payload: z.unknown(), qos, retain: z.boolean() })),
}) satisfies z.ZodType<DeviceSetView>;

const uses = z.array(
  z.object({ kind: z.enum(['device', 'topic']), name: text, path: text, line: count, isLoose: z.boolean() }),
);
const bridges = z.array(z.object({ name: text, topics: z.array(text) }));

const deviceUsesView = z.object({
  device: text,
  topics: z.array(text),
  rules: z.array(z.object({ id: text, uses })),
  bridges,
}) satisfies z.ZodType<DeviceUsesView>;

const deviceMoveView = z.object({
  device: text,
  applied: z.boolean(),
  topics: z.array(z.object({ from: text, to: text })),
  rules: z.array(z.object({ id: text, version: count, uses, diff: text })),
  bridges,
  lost: z.array(text),
}) satisfies z.ZodType<DeviceMoveView>;

const deviceMappingView = z.object({
  id: text,
  version: count,
  changedAt: millis,
  author: text,
  description: deviceMappingRequest,
}) satisfies z.ZodType<DeviceMappingView>;

const variableView = z.object({
  name: text,
  value: z.unknown(),
  at: millis,
  by: text,
}) satisfies z.ZodType<VariableView>;

export const devicesViews = {
  DeviceView: deviceView,
  DevicePage: page(deviceView),
  DeviceSetView: deviceSetView,
  DeviceUsesView: deviceUsesView,
  DeviceMoveView: deviceMoveView,
  DeviceMappingView: deviceMappingView,
  DeviceMappingList: list(deviceMappingView),
  VariableView: variableView,
  VariableList: list(variableView),
} as const;
