// The same graph in words, rule by rule: for who cannot see the picture, and for small screens.
import { useWords } from '../i18n/use-words.ts';
import { Tag } from '../parts/tag.tsx';
import type { Graph, MapNode, Marks } from './graph.ts';
import { Ways } from './ways.tsx';

export interface RuleListProps {
  readonly graph: Graph;
  readonly marks: Marks;
  readonly nameOf: (node: MapNode) => string;
  readonly onChoose: (id: string) => void;
}

export function RuleList({ graph, marks, nameOf, onChoose }: RuleListProps) {
  const { say, language } = useWords();
  const rules = graph.nodes
    .filter(({ kind }) => kind === 'rule')
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), language));
  return (
    <ul className="map-list">
      {rules.map((node) => (
        <li key={node.id} className="card map-rule">
          <h2>
            <button type="button" className="map-way" onClick={() => onChoose(node.id)}>
              {nameOf(node)}
            </button>
            {node.isOff ? <Tag>{say('map.off')}</Tag> : null}
            {marks.loops.has(node.id) ? <Tag tone="bad">{say('map.loop')}</Tag> : null}
            {marks.conflicts.has(node.id) ? <Tag tone="warn">{say('map.conflict')}</Tag> : null}
          </h2>
          <Ways graph={graph} node={node} nameOf={nameOf} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}
