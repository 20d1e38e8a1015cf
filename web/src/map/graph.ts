// The graph of a house: what is shown of it, what of it goes round, what is in dispute. Knows no screen.
import type { AnalysisView, FindingView } from '../api/types.ts';

export type Graph = Pick<AnalysisView, 'nodes' | 'edges'>;
export type MapNode = Graph['nodes'][number];
export type MapEdge = Graph['edges'][number];

export const ruleNode = (rule: string): string => `rule ${rule}`;

function neighboursOf({ edges }: Graph): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, string[]>();
  const put = (one: string, other: string): void => {
    const known = near.get(one);
    if (known) known.push(other);
    else near.set(one, [other]);
  };
  for (const { from, to } of edges) {
    put(from, to);
    put(to, from);
  }
  return near;
}

/** The nodes that are reached from some in so many steps, against the direction too. */
export function reached(graph: Graph, starts: Iterable<string>, steps: number): ReadonlySet<string> {
  const near = neighboursOf(graph);
  const seen = new Set(starts);
  let edge = [...seen];
  for (let step = 0; step < steps && edge.length > 0; step += 1) {
    const next = new Set(edge.flatMap((id) => near.get(id) ?? []).filter((id) => !seen.has(id)));
    for (const id of next) seen.add(id);
    edge = [...next];
  }
  return seen;
}

export function part({ nodes, edges }: Graph, kept: ReadonlySet<string>): Graph {
  return {
    nodes: nodes.filter(({ id }) => kept.has(id)),
    edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}

/** Edges between the same two nodes are drawn as one. */
export function bundled(edges: readonly MapEdge[]): readonly MapEdge[] {
  return [...new Map(edges.map((edge) => [`${edge.from}\n${edge.to}`, edge])).values()];
}

/** All that is reached from a node, step by step. */
function walk(start: string, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set([start]);
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const other of next(id)) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  return seen;
}

/** What only tells, and wakes nothing. */
const quiet: ReadonlySet<MapEdge['does']> = new Set(['read', 'awaited']);

export interface Marks {
  /** Nodes of circles that nothing ends for certain. */
  readonly loops: ReadonlySet<string>;
  readonly conflicts: ReadonlySet<string>;
}

function loopNodes(edges: readonly MapEdge[], { rules }: FindingView): readonly string[] {
  const allowed = new Set(rules.map(ruleNode));
  const wakes = edges.filter(({ does, from, to }) => {
    const isOther = (id: string): boolean => id.startsWith('rule ') && !allowed.has(id);
    return !quiet.has(does) && !isOther(from) && !isOther(to);
  });
  const [out, into] = [Map.groupBy(wakes, ({ from }) => from), Map.groupBy(wakes, ({ to }) => to)];
  return rules.flatMap((rule) => {
    const ahead = walk(ruleNode(rule), (id) => (out.get(id) ?? []).map(({ to }) => to));
    const behind = walk(ruleNode(rule), (id) => (into.get(id) ?? []).map(({ from }) => from));
    return [...ahead].filter((id) => behind.has(id));
  });
}

export function marksOf({ edges }: Graph, findings: readonly FindingView[]): Marks {
  const loops = findings.filter(({ code }) => code === 'loop');
  const disputes = findings.filter(({ code }) => code === 'conflicting-writers');
  const disputed = disputes.flatMap(({ rules, path }) => [
    ...rules.map(ruleNode),
    ...path.map(({ to }) => `topic ${to}`),
  ]);
  return {
    loops: new Set(loops.flatMap((finding) => loopNodes(edges, finding))),
    conflicts: new Set(disputed),
  };
}

/** Parts that nothing joins, the largest first. */
export function componentsOf(graph: Graph): readonly Graph[] {
  const left = new Set(graph.nodes.map(({ id }) => id));
  const components: ReadonlySet<string>[] = [];
  const near = neighboursOf(graph);
  for (const start of left) {
    const members = walk(start, (id) => near.get(id) ?? []);
    for (const id of members) left.delete(id);
    components.push(members);
  }
  const home = new Map(
    components.flatMap((members, index) => [...members].map((id) => [id, index] as const)),
  );
  const nodes = Map.groupBy(graph.nodes, ({ id }) => home.get(id) ?? -1);
  const edges = Map.groupBy(graph.edges, ({ from }) => home.get(from) ?? -1);
  return components
    .map((_, index) => ({ nodes: nodes.get(index) ?? [], edges: edges.get(index) ?? [] }))
    .toSorted((a, b) => b.nodes.length - a.nodes.length);
}
