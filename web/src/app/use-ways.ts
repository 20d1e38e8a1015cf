// The pages that the person here may see, in the order of the navigation.
import { useSession } from '../entry/use-session.ts';
import { type Place, pages } from './pages.ts';

export interface Way extends Place {
  readonly to: (typeof pages)[number]['fullPath'];
}

export function useWays(): readonly Way[] {
  const may = useSession().data?.user?.may ?? [];
  return pages.flatMap(({ fullPath: to, options: { staticData } }) => {
    if (staticData?.place === undefined || !may.includes(staticData.may ?? 'read')) return [];
    return [{ ...staticData.place, to }];
  });
}
