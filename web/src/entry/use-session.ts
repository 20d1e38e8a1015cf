// Who this browser is for the server.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Permission, SessionView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';

/** While the house was away when the page began, nothing else would notice that it is back. */
const askAgainMs = 3000;

export const sessionKey = ['session'] as const;

export function useSession() {
  const { api } = useHouse();
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => api.session(signal),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === 'error' ? askAgainMs : false),
  });
}

/** Whether the person here may do this; the server decides again. */
export function useMay(permission: Permission): boolean {
  return useSession().data?.user?.may.includes(permission) ?? false;
}

/** Takes over a session that has begun: what was read as nobody is read again. */
export function useEntered(): (session: SessionView) => void {
  const queries = useQueryClient();
  return ({ needsSetup, user }) => {
    queries.setQueryData<SessionView>(sessionKey, { needsSetup, ...(user && { user }) });
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  };
}

export function useLogout() {
  const { api } = useHouse();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.logout(),
    onSuccess: () => {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
      return queries.invalidateQueries({ queryKey: sessionKey });
    },
  });
}
