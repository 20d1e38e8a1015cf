// Bridges to other brokers.
import { z } from 'zod';
import type { BridgeView } from '../../../api/index.ts';
import { count, list, millis, text } from './shapes.ts';

const bridgeView = z.object({
  name: text,
  source: z.enum(['file', 'api']),
  settings: z.looseObject({ enabled: z.boolean(), addresses: z.array(text), topics: z.array(text) }),
  hasPassword: z.boolean(),
  clientId: text,
  state: z.enum(['off', 'connecting', 'connected', 'waiting', 'idle']),
  since: millis,
  address: text,
  protocol: z.enum(['mqttv50', 'mqttv311']).exactOptional(),
  retryAt: millis.exactOptional(),
  lastError: z
    .object({ at: millis, code: text, message: text, params: z.record(text, text) })
    .exactOptional(),
  counters: z.object({
    sent: count,
    received: count,
    queued: count,
    queuedBytes: count,
    dropped: count,
    missed: count,
    expired: count,
    refused: count,
    echoes: count,
    loops: count,
    connects: count,
    failures: count,
  }),
}) satisfies z.ZodType<BridgeView>;

export const bridgesViews = {
  BridgeView: bridgeView,
  BridgeList: list(bridgeView),
} as const;
