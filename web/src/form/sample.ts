// The message with which an expression is tried: the latest one that would wake the rule.
import { useQuery } from '@tanstack/react-query';
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { isTree, listOf, type Path, type Tree, valueAt } from '../document/edit.ts';

function filterOf(trigger: unknown): string | undefined {
  if (!isTree(trigger)) return undefined;
  const filters = listOf(trigger['message'] ?? trigger['change'] ?? trigger['silence']);
  return filters.find((filter) => typeof filter === 'string' && filter !== '' && !filter.includes('{{')) as
    | string
    | undefined;
}

/** Of the trigger around `path`, else of the first one that listens to topics. */
export function sampleFilter(tree: Tree, path: Path): string | undefined {
  const own =
    path[0] === 'triggers' && typeof path[1] === 'number' ? valueAt(tree, path.slice(0, 2)) : undefined;
  return (
    filterOf(own) ??
    listOf(tree['triggers'])
      .map(filterOf)
      .find((filter) => filter !== undefined)
  );
}

/** `+`, `#` and `{name}`, which is a `+`. */
export function matches(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.replace(/\/\*$/, '/#').split('/'), topic.split('/')];
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return true;
    const isAny = level === '+' || /^\{\w+\}$/.test(level);
    if (levels[at] === undefined || (!isAny && level !== levels[at])) return false;
  }
  return wanted.length === levels.length;
}

/** What a search by words finds it with: the longest part without wildcards. */
function longestPart(filter: string): string {
  const parts = filter.split(/\/?(?:\+|#|\*|\{\w+\})\/?/);
  return parts.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

/** The latest message under a filter. */
export function useLatest(filter: string | undefined, isWanted: boolean): TopicView | undefined {
  const { api } = useHouse();
  const { data } = useQuery({
    queryKey: ['sample', filter],
    queryFn: ({ signal }) => api.searchTopics(longestPart(filter ?? ''), signal),
    enabled: isWanted && filter !== undefined,
    staleTime: 3_000,
    refetchInterval: isWanted ? 5_000 : false,
  });
  if (filter === undefined) return undefined;
  return data?.items.filter(({ topic }) => matches(filter, topic)).toSorted((a, b) => b.at - a.at)[0];
}

export function useSample(tree: Tree, path: Path, isWanted: boolean): TopicView | undefined {
  return useLatest(sampleFilter(tree, path), isWanted);
}
