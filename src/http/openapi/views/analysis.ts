// What is wrong with rules as a whole, and the graph of who wakes whom.
import { z } from 'zod';
import type { AnalysisView, FindingView, GraphEdge, GraphNode } from '../../../api/index.ts';
import { count, text } from './shapes.ts';

export const findingView = z.object({
  code: z.enum([
    'loop',
    'conflicting-writers',
    'dead-rule',
    'unknown-topic',
    'unknown-field',
    'unknown-value',
    'missing-device',
    'missing-rule',
  ]),
  severity: z.enum(['warning', 'note']),
  rules: z.array(text),
  path: z.array(z.object({ rule: text, path: text, to: text })),
  words: text,
  params: z.record(text, text),
  suggestion: text.exactOptional(),
}) satisfies z.ZodType<FindingView>;

const graphNode = z.object({
  id: text,
  kind: z.enum(['rule', 'topic', 'event', 'variable', 'device', 'service']),
  name: text,
  isOff: z.literal(true).exactOptional(),
}) satisfies z.ZodType<GraphNode>;

const graphEdge = z.object({
  from: text,
  to: text,
  does: z.enum([
    'wakes',
    'read',
    'awaited',
    'writes',
    'sets',
    'emits',
    'runs',
    'switches',
    'calls',
    'meets',
    'echoes',
  ]),
  path: text.exactOptional(),
}) satisfies z.ZodType<GraphEdge>;

const analysisView = z.object({
  rules: count,
  findings: z.array(findingView),
  nodes: z.array(graphNode),
  edges: z.array(graphEdge),
  isPartial: z.boolean(),
}) satisfies z.ZodType<AnalysisView>;

export const analysisViews = { AnalysisView: analysisView } as const;
