// The graph of the house and what its check found, with the names of rules and devices for people.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AnalysisView, DeviceView, RuleSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useDevices } from '../devices/use-devices.ts';
import { useRules } from '../rules/use-rules.ts';
import { type Graph, type MapNode, type Marks, marksOf, part, reached, ruleNode } from './graph.ts';

export const analysisKey = ['analysis'] as const;
const around = 2;

export interface MapFilter {
  readonly around?: string;
  readonly label?: string;
  readonly room?: string;
}

export interface House {
  readonly analysis: AnalysisView;
  readonly rules: readonly RuleSummary[];
  readonly devices: readonly DeviceView[];
}

/** With the labels and rooms that are chosen everything that the rules and devices touch directly. */
export function filtered({ analysis, rules, devices }: House, filter: MapFilter): Graph {
  const { label, room } = filter;
  let graph: Graph = analysis;
  if (label !== undefined) {
    const starts = rules.filter(({ labels }) => labels.includes(label)).map(({ id }) => ruleNode(id));
    graph = part(graph, reached(graph, starts, 1));
  }
  if (room !== undefined) {
    const inRoom = devices.filter((device) => device.room === room);
    const topics = new Set(inRoom.flatMap(({ properties }) => properties.flatMap((one) => one.topics ?? [])));
    const starts = graph.nodes.filter(
      ({ kind, name }) =>
        (kind === 'device' && inRoom.some(({ id }) => id === name)) || (kind === 'topic' && topics.has(name)),
    );
    graph = part(
      graph,
      reached(
        graph,
        starts.map(({ id }) => id),
        around,
      ),
    );
  }
  if (filter.around === undefined) return graph;
  const start = filter.around;
  const known = analysis.nodes.some(({ id }) => id === start);
  return known ? part(graph, reached(graph, [start], around)) : graph;
}

export function useNodeName({ rules, devices }: Pick<House, 'rules' | 'devices'>): (node: MapNode) => string {
  return useMemo(() => {
    const names = new Map([
      ...rules.map(({ id, name }) => [ruleNode(id), name] as const),
      ...devices.map(({ id, name }) => [`device ${id}`, name] as const),
    ]);
    return ({ id, name }) => names.get(id) ?? name;
  }, [rules, devices]);
}

export function useMap() {
  const { api } = useHouse();
  const analysis = useQuery({
    queryKey: analysisKey,
    queryFn: ({ signal }) => api.analysis(signal),
    refetchOnMount: 'always',
  });
  const { data: rules = [] } = useRules();
  const { data: devices = [] } = useDevices();
  const { data } = analysis;
  const marks = useMemo((): Marks | undefined => data && marksOf(data, data.findings), [data]);
  return { ...analysis, marks, rules, devices };
}
