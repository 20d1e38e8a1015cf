// Draws the graph of a house: what wakes each rule, what it reads and waits for, and what it does.
import { readsOfCondition, variableTopic } from '../compile/reads.ts';
import type { ValueNode } from '../compile/text.ts';
import type { Touch } from '../compile/touches.ts';
import type { TriggerSource } from '../triggers/kind.ts';
import { GraphBuilder, type GraphEdge, type GraphNodeKind, type RuleGraph } from './graph.ts';
import type { Knowledge } from './knowledge.ts';
import { type Deed, type Portrait, type Wake, waitsOf, wakesOf } from './portrait.ts';

type EdgeTo = Omit<GraphEdge, 'from'>;

function filtersOf(source: TriggerSource): readonly string[] {
  if (source.on === 'condition') return readsOfCondition(source.condition).topics;
  return source.on === 'topic' || source.on === 'silence' ? source.patterns.map(({ filter }) => filter) : [];
}

const signalKinds: ReadonlyMap<string, GraphNodeKind> = new Map([
  ['event', 'event'],
  ['rule', 'rule'],
  ['device', 'device'],
]);

function drawSource(source: TriggerSource, edge: EdgeTo, graph: GraphBuilder): void {
  for (const filter of filtersOf(source)) graph.hears(filter, edge);
  const kind = source.on === 'signal' ? signalKinds.get(source.signal) : undefined;
  if (source.on !== 'signal' || kind === undefined) return;
  for (const name of source.names ?? []) graph.edge({ from: graph.node(kind, name), ...edge });
}

interface From {
  /** The node of the rule. */
  readonly rule: string;
  readonly knowledge: Knowledge;
}

function namesIn(node: ValueNode, { knowledge }: From): readonly string[] {
  return [knowledge.value(node)?.value].flat().filter((each) => typeof each === 'string');
}

/** What is no message; that is drawn as deeds. */
function drawTouch(touch: Touch, from: From, graph: GraphBuilder): void {
  const { path } = touch;
  const link = (kind: GraphNodeKind, name: string, does: GraphEdge['does']): void =>
    graph.edge({ from: from.rule, to: graph.node(kind, name), does, path });
  switch (touch.does) {
    case 'enable':
    case 'disable':
      for (const name of namesIn(touch.rule, from)) link('rule', name, 'switches');
      return;
    case 'set':
      if (!touch.isLabel) for (const name of namesIn(touch.devices, from)) link('device', name, 'sets');
      return;
    case 'call':
      return link('service', [touch.service, ...namesIn(touch.to, from)].join(' '), 'calls');
    default:
  }
}

function drawDeed({ carrier, path }: Deed, rule: string, graph: GraphBuilder): void {
  if (carrier.on === 'topic') graph.writes(carrier, rule, path);
  else if (carrier.on === 'event')
    graph.edge({ from: rule, to: graph.node('event', carrier.name), does: 'emits', path });
  else if (carrier.on === 'run')
    graph.edge({ from: rule, to: graph.node('rule', carrier.name), does: 'runs', path });
}

function drawWake({ rule, trigger, knowledge, deeds }: Wake, node: string, graph: GraphBuilder): void {
  if (trigger !== undefined)
    drawSource(trigger.source, { to: node, does: 'wakes', path: trigger.path }, graph);
  for (const deed of deeds) drawDeed(deed, node, graph);
  for (const touch of rule.touches) drawTouch(touch, { rule: node, knowledge }, graph);
}

function drawReads({ rule }: Portrait, node: string, graph: GraphBuilder): void {
  for (const { path, expression } of rule.expressions) {
    const { topics, variables } = expression.dependencies;
    const named = variables === 'all' ? [] : variables.map(variableTopic);
    for (const filter of [...(topics === 'all' ? [] : topics), ...named])
      graph.edge({ from: graph.topic(filter), to: node, does: 'read', path });
  }
}

/** `rest` is waited for between parts of the work. */
export async function graphOf(portraits: readonly Portrait[], rest: () => Promise<void>): Promise<RuleGraph> {
  const graph = new GraphBuilder();
  for (const { rule, isEnabled } of portraits) graph.node('rule', rule.id, isEnabled ? {} : { isOff: true });
  for (const [index, portrait] of portraits.entries()) {
    if (index % 20 === 19) await rest();
    const node = graph.node('rule', portrait.rule.id);
    for (const wake of wakesOf(portrait)) drawWake(wake, node, graph);
    for (const { path, source } of waitsOf(portrait.rule))
      drawSource(source, { to: node, does: 'awaited', path }, graph);
    drawReads(portrait, node, graph);
  }
  let met = 0;
  for (const _ of graph.meet()) if (++met % 200 === 0) await rest();
  return graph.result();
}
