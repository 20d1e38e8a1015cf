// The rules of a house and what they hear, read and write, as nodes and edges: data for people to look at.
import { filterOfShape, filtersOverlap, TopicTrie } from '../../base/index.ts';
import { variableTopic } from '../compile/reads.ts';
import type { Write } from './portrait.ts';

export type GraphNodeKind = 'rule' | 'topic' | 'event' | 'variable' | 'device' | 'service';

export interface GraphNode {
  /** `KIND NAME` */
  readonly id: string;
  readonly kind: GraphNodeKind;
  /** A topic's is the filter of what is heard or written. */
  readonly name: string;
  /** Of a rule that is switched off. */
  readonly isOff?: true;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `meets`: what is written to one filter is heard on the other. `echoes`: what a device may answer. */
  readonly does:
    | 'wakes'
    | 'read'
    | 'awaited'
    | 'writes'
    | 'sets'
    | 'emits'
    | 'runs'
    | 'switches'
    | 'calls'
    | 'meets'
    | 'echoes';
  /** Where it stands in the rule. */
  readonly path?: string;
}

export interface RuleGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** There are more than are listed. */
  readonly isPartial: boolean;
}

const maxEdges = 20_000;

/** Gathers nodes and edges, each once, up to a bound. */
export class GraphBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();
  readonly #heard = new TopicTrie<string>();
  readonly #written = new Set<string>();

  get #isFull(): boolean {
    return this.#edges.size >= maxEdges;
  }

  node(kind: GraphNodeKind, name: string, more: { isOff?: true } = {}): string {
    const id = `${kind} ${name}`;
    if (!this.#nodes.has(id) || more.isOff) this.#nodes.set(id, { id, kind, name, ...more });
    return id;
  }

  edge(edge: GraphEdge): void {
    const key = `${edge.from}\n${edge.to}\n${edge.does}\n${edge.path ?? ''}`;
    if (!this.#isFull) this.#edges.set(key, edge);
  }

  /** The topic, or the variable that it stands for. */
  topic(filter: string): string {
    const variables = variableTopic('');
    const isVariable = filter.startsWith(variables) && !/[+#]/.test(filter);
    return isVariable ? this.node('variable', filter.slice(variables.length)) : this.node('topic', filter);
  }

  hears(filter: string, edge: Omit<GraphEdge, 'from'>): void {
    this.#heard.add(filter, filter);
    this.edge({ from: this.topic(filter), ...edge });
  }

  writes(write: Write, rule: string, path: string): void {
    const to = this.topic(write.shape);
    this.#written.add(write.shape);
    if (write.echoOf === undefined) this.edge({ from: rule, to, does: 'writes', path });
    else this.edge({ from: this.topic(write.echoOf.shape), to, does: 'echoes' });
  }

  result(): RuleGraph {
    return { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()], isPartial: this.#isFull };
  }

  /** Filters that are not the same and still have a topic in common. */
  *meet(): Generator<void> {
    for (const shape of this.#written) {
      yield;
      for (const filter of this.#heard.overlapping(filterOfShape(shape))) {
        if (this.#isFull) return;
        if (filter === shape || !filtersOverlap(filter, shape)) continue;
        this.edge({ from: this.topic(shape), to: this.topic(filter), does: 'meets' });
      }
    }
  }
}
