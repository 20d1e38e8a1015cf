// Places for the nodes of a graph, from left to right. Parts that nothing joins are laid out alone and stand below each other.
import { Graph as DagreGraph, layout } from '@dagrejs/dagre';
import { bundled, componentsOf, type Graph, type MapEdge, type MapNode } from './graph.ts';

export const nodeWidth = 190;
export const nodeHeight = 44;
const gap = 28;

export interface Placed {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
}

export interface DrawnEdge {
  readonly edge: MapEdge;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  readonly edges: readonly DrawnEdge[];
}

function layOut({ nodes, edges }: Graph): Layout {
  const drawing = new DagreGraph();
  drawing.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 64, edgesep: 8, ranker: 'tight-tree' });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) drawing.setNode(id, { width: nodeWidth, height: nodeHeight });
  const drawn = bundled(edges);
  for (const { from, to } of drawn) drawing.setEdge(from, to);
  layout(drawing);
  const { width = nodeWidth, height = nodeHeight } = drawing.graph();
  return {
    width,
    height,
    nodes: nodes.map((node) => {
      const { x, y } = drawing.node(node.id);
      return { node, x: x - nodeWidth / 2, y: y - nodeHeight / 2 };
    }),
    edges: drawn.map((edge) => ({ edge, points: drawing.edge(edge.from, edge.to).points ?? [] })),
  };
}

export function layoutOf(graph: Graph): Layout {
  let [width, height] = [0, 0];
  const nodes: Placed[] = [];
  const edges: DrawnEdge[] = [];
  for (const laid of componentsOf(graph).map(layOut)) {
    const top = height;
    nodes.push(...laid.nodes.map((one) => ({ ...one, y: one.y + top })));
    edges.push(
      ...laid.edges.map(({ edge, points }) => ({
        edge,
        points: points.map(({ x, y }) => ({ x, y: y + top })),
      })),
    );
    width = Math.max(width, laid.width);
    height += laid.height + gap;
  }
  return { width, height, nodes, edges };
}
