// Puts a seed among the flows that are there. Nodes are the same when their ids are: what a person changed stays, unless
// the seed is to be as it came. Pure.
import type { FlowNode } from '../../api/index.ts';
import type { SeedNodes, Setting } from './seed-library.ts';

export interface MergeOptions {
  readonly isReplacing: boolean;
  /** By name; the others stay as they are. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface Merged {
  readonly flows: readonly FlowNode[];
  readonly added: number;
  readonly kept: number;
  readonly replaced: number;
  /** Whether it is worth a deploy. */
  readonly isChanged: boolean;
}

type Tab = SeedNodes[0];

/** Settings of a tab as Node-RED keeps them; what is of another form is left alone. */
export function settingsOf(tab: FlowNode | undefined): readonly Setting[] {
  const env = tab?.['env'];
  return Array.isArray(env) ? env : [];
}

function withSettings<Node extends FlowNode>(tab: Node, given: MergeOptions['settings']): Node {
  const known = settingsOf(tab);
  const names = new Set(known.map(({ name }) => name));
  const changed = known.map((one) => {
    const value = given[one.name];
    return value === undefined || value === one.value ? one : { ...one, value };
  });
  const missing = Object.entries(given).filter(([name]) => !names.has(name));
  const added = missing.map(([name, value]): Setting => ({ name, value, type: 'str' }));
  const isSame = added.length === 0 && changed.every((one, index) => one === known[index]);
  return isSame ? tab : { ...tab, env: [...changed, ...added] };
}

/** The present ones of the seed as they are to be, in their places; what else a person put on its tab goes with them. */
function replaced(flows: readonly FlowNode[], seed: ReadonlyMap<string, FlowNode>, tab: Tab): FlowNode[] {
  return flows.flatMap((node) => seed.get(node.id) ?? (node['z'] === tab.id ? [] : [node]));
}

export function merge(flows: readonly FlowNode[], nodes: SeedNodes, options: MergeOptions): Merged {
  const { isReplacing, settings } = options;
  const [tab] = nodes;
  const seed = new Map<string, FlowNode>(nodes.map((node) => [node.id, node]));
  seed.set(tab.id, withSettings(tab, settings));
  const present = new Set(flows.map(({ id }) => id));
  const stays = isReplacing
    ? replaced(flows, seed, tab)
    : flows.map((node) => (node.id === tab.id ? withSettings(node, settings) : node));
  const missing = [...seed.values()].filter(({ id }) => !present.has(id));
  const known = nodes.length - missing.length;
  const isChanged = missing.length > 0 || isReplacing || stays.some((node, index) => node !== flows[index]);
  return {
    flows: [...stays, ...missing],
    added: missing.length,
    kept: isReplacing ? 0 : known,
    replaced: isReplacing ? known : 0,
    isChanged,
  };
}
