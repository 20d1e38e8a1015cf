// The lists of this page, each read when its part is shown.
import { useQuery } from '@tanstack/react-query';
import type {
  AclRuleView,
  AuditView,
  BrowserSessionView,
  ClientSummary,
  TokenView,
  UserView,
} from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { accessCalls } from './access-calls.ts';

interface Lists {
  readonly users: readonly UserView[];
  readonly rules: readonly AclRuleView[];
  readonly sessions: readonly BrowserSessionView[];
  readonly tokens: readonly TokenView[];
  readonly clients: readonly ClientSummary[];
  readonly denials: readonly AuditView[];
}

type ListName = keyof Lists;
type Calls = ReturnType<typeof accessCalls>;

const refreshMs: Readonly<Record<ListName, number | false>> = {
  users: false,
  rules: false,
  sessions: 30_000,
  tokens: false,
  clients: 5_000,
  denials: 10_000,
};

export function useAccessList<Name extends ListName>(name: Name) {
  const { api } = useHouse();
  return useQuery({
    queryKey: [`access-${name}`],
    queryFn: ({ signal }): Promise<Lists[Name]> => {
      const lists: { readonly [One in ListName]: (signal: AbortSignal) => Promise<Lists[One]> } =
        accessCalls(api);
      return lists[name](signal);
    },
    refetchInterval: refreshMs[name],
  });
}

export function useAccessCalls(): Calls {
  return accessCalls(useHouse().api);
}
