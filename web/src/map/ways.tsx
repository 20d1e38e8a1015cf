// What leads to a node and what it leads to, as words.
import { useWords } from '../i18n/use-words.ts';
import type { Graph, MapEdge, MapNode } from './graph.ts';

export interface WaysProps {
  readonly graph: Graph;
  readonly node: MapNode;
  readonly nameOf: (node: MapNode) => string;
  readonly onChoose: (id: string) => void;
}

function List({
  graph,
  edges,
  title,
  isFrom,
  nameOf,
  onChoose,
}: Omit<WaysProps, 'node'> & {
  readonly edges: readonly MapEdge[];
  readonly title: string;
  readonly isFrom: boolean;
}) {
  const { say } = useWords();
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const unique = new Map(edges.map((edge) => [`${edge.does} ${isFrom ? edge.from : edge.to}`, edge]));
  if (unique.size === 0) return null;
  return (
    <div className="map-ways">
      <h3>{title}</h3>
      <ul>
        {[...unique].map(([key, { from, to, does }]) => {
          const other = nodes.get(isFrom ? from : to);
          if (other === undefined) return null;
          return (
            <li key={key}>
              <span className="dim">{say(`map.does.${does}`)}</span>
              <button type="button" className="map-way" onClick={() => onChoose(other.id)}>
                {nameOf(other)}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

export function Ways(props: WaysProps) {
  const { say } = useWords();
  const { graph, node, nameOf, onChoose } = props;
  const [into, out] = [
    graph.edges.filter(({ to }) => to === node.id),
    graph.edges.filter(({ from }) => from === node.id),
  ];
  const common = { graph, nameOf, onChoose };
  return (
    <>
      <List {...common} edges={into} title={say('map.into')} isFrom />
      <List {...common} edges={out} title={say('map.out')} isFrom={false} />
    </>
  );
}
