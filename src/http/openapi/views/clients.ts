// MQTT clients.
import { z } from 'zod';
import type { ClientSummary } from '../../../api/index.ts';
import { count, millis, page, text } from './shapes.ts';

const clientSummary = z.object({
  id: text,
  connected: z.boolean(),
  subscriptions: z.array(
    z.object({ filter: text, qos: z.union([z.literal(0), z.literal(1), z.literal(2)]) }),
  ),
  queued: count,
  user: text.exactOptional(),
  address: text.exactOptional(),
  transport: z.enum(['tcp', 'tls', 'ws', 'wss', 'unix']).exactOptional(),
  protocol: z.enum(['3.1', '3.1.1', '5.0']).exactOptional(),
  connectedAt: millis.exactOptional(),
  keepAlive: count.exactOptional(),
  clean: z.boolean().exactOptional(),
  inFlight: count.exactOptional(),
  messagesIn: count.exactOptional(),
  messagesOut: count.exactOptional(),
  bytesIn: count.exactOptional(),
  bytesOut: count.exactOptional(),
  dropped: count.exactOptional(),
}) satisfies z.ZodType<ClientSummary>;

export const clientsViews = {
  ClientSummary: clientSummary,
  ClientPage: page(clientSummary),
} as const;
