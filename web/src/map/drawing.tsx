// The graph as a picture: nodes are buttons, edges lines behind them. Loaded with what lays it out.

import { ActionIcon } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { memo, useMemo, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import type { Graph, MapNode, Marks } from './graph.ts';
import { type DrawnEdge, layoutOf, nodeHeight, nodeWidth, type Placed } from './layout.ts';

const margin = 16;
const scales = [0.4, 0.55, 0.75, 1, 1.25, 1.6];

function pathOf(points: DrawnEdge['points']): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const bends = rest.map(({ x, y }, index) => {
    const next = rest[index + 1];
    return next === undefined ? `L${x} ${y}` : `Q${x} ${y} ${(x + next.x) / 2} ${(y + next.y) / 2}`;
  });
  return `M${first.x} ${first.y}${bends.join('')}`;
}

function toneOf(one: string, other: string, { loops, conflicts }: Marks): string {
  if (loops.has(one) && loops.has(other)) return 'loop';
  return conflicts.has(one) && conflicts.has(other) ? 'conflict' : 'plain';
}

interface EdgesProps {
  readonly edges: readonly DrawnEdge[];
  readonly marks: Marks;
  readonly chosen: string | undefined;
}

const Edges = memo(function Edges({ edges, marks, chosen }: EdgesProps) {
  return edges.map(({ edge: { from, to, does }, points }) => (
    <path
      key={`${from}\n${to}`}
      d={pathOf(points)}
      className="map-edge"
      data-tone={toneOf(from, to, marks)}
      data-does={does}
      data-near={chosen === from || chosen === to}
      markerEnd="url(#map-arrow)"
    />
  ));
});

interface NodesProps {
  readonly nodes: readonly Placed[];
  readonly marks: Marks;
  readonly chosen: string | undefined;
  readonly nameOf: (node: MapNode) => string;
  readonly onChoose: (id: string) => void;
}

const Nodes = memo(function Nodes({ nodes, marks, chosen, nameOf, onChoose }: NodesProps) {
  const { say } = useWords();
  return nodes.map(({ node, x, y }) => (
    <button
      key={node.id}
      type="button"
      className="map-node"
      data-kind={node.kind}
      data-off={node.isOff === true}
      data-tone={toneOf(node.id, node.id, marks)}
      aria-pressed={chosen === node.id}
      title={node.name}
      style={{ left: x, top: y, width: nodeWidth, height: nodeHeight }}
      onClick={() => onChoose(node.id)}
    >
      <span className="map-node-name">{nameOf(node)}</span>
      <span className="map-node-kind">{say(`map.kind.${node.kind}`)}</span>
    </button>
  ));
});

function Zoom({ step, onStep }: { readonly step: number; readonly onStep: (step: number) => void }) {
  const { say } = useWords();
  const look = { size: 18, stroke: 1.8, 'aria-hidden': true } as const;
  const last = scales.length - 1;
  return (
    <div className="map-zoom">
      <ActionIcon
        variant="default"
        aria-label={say('map.farther')}
        disabled={step === 0}
        onClick={() => onStep(step - 1)}
      >
        <IconMinus {...look} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={say('map.nearer')}
        disabled={step === last}
        onClick={() => onStep(step + 1)}
      >
        <IconPlus {...look} />
      </ActionIcon>
    </div>
  );
}

export interface DrawingProps {
  readonly graph: Graph;
  readonly marks: Marks;
  readonly chosen: string | undefined;
  readonly nameOf: (node: MapNode) => string;
  readonly onChoose: (id: string) => void;
}

export function Drawing({ graph, marks, chosen, nameOf, onChoose }: DrawingProps) {
  const { say } = useWords();
  const [step, setStep] = useState(3);
  const { width, height, nodes, edges } = useMemo(() => layoutOf(graph), [graph]);
  const scale = scales[step] ?? 1;
  const [wide, high] = [width + 2 * margin, height + 2 * margin];
  return (
    <div className="map-drawing card">
      <Zoom step={step} onStep={setStep} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section className="map-scroll" tabIndex={0} aria-label={say('map.title')}>
        <div style={{ width: wide * scale, height: high * scale }}>
          <div className="map-plane" style={{ width: wide, height: high, transform: `scale(${scale})` }}>
            <svg
              className="map-edges"
              width={wide}
              height={high}
              viewBox={`${-margin} ${-margin} ${wide} ${high}`}
              aria-hidden="true"
            >
              <defs>
                <marker
                  id="map-arrow"
                  viewBox="0 0 8 8"
                  refX="8"
                  refY="4"
                  markerWidth="7"
                  markerHeight="7"
                  orient="auto"
                >
                  <path d="M0 0L8 4L0 8z" fill="context-stroke" />
                </marker>
              </defs>
              <Edges edges={edges} marks={marks} chosen={chosen} />
            </svg>
            <div className="map-nodes" style={{ left: margin, top: margin }}>
              <Nodes nodes={nodes} marks={marks} chosen={chosen} nameOf={nameOf} onChoose={onChoose} />
            </div>
          </div>
        </div>
      </section>
    </div>
  );
}
