// What this page asks the server: who may come in, and what they may do.
import type { ApiClient } from '../api/client.ts';
import type {
  AclCheckRequest,
  AclCheckView,
  AclRequest,
  AclRuleView,
  AclWhoRequest,
  AclWhoView,
  AddedTokenView,
  AddedUserView,
  AuditView,
  BrowserSessionView,
  ClientSummary,
  EndedSessionsView,
  Page,
  TokenRequest,
  TokenView,
  UserRequest,
  UserView,
} from '../api/types.ts';

const id = encodeURIComponent;

export function accessCalls(api: ApiClient) {
  const list = async <Item>(path: string, signal: AbortSignal): Promise<readonly Item[]> =>
    (await api.call<Page<Item>>(path, { signal })).items;
  const remove = (path: string) => api.call<void>(path, { method: 'DELETE' });
  return {
    users: (signal: AbortSignal) => list<UserView>('/users', signal),
    addUser: (json: UserRequest) => api.call<AddedUserView>('/users', { method: 'POST', json }),
    enableUser: (name: string, enabled: boolean) =>
      api.call<UserView>(`/users/${id(name)}/${enabled ? 'enable' : 'disable'}`, { method: 'POST' }),
    setPassword: (name: string, password: string) =>
      api.call<UserView>(`/users/${id(name)}/password`, { method: 'POST', json: { password } }),
    deleteUser: (name: string) => remove(`/users/${id(name)}`),
    rules: (signal: AbortSignal) => list<AclRuleView>('/acl', signal),
    addRule: (json: AclRequest) => api.call<AclRuleView>('/acl', { method: 'POST', json }),
    deleteRule: (rule: string) => remove(`/acl/${id(rule)}`),
    check: (json: AclCheckRequest) => api.call<AclCheckView>('/acl/check', { method: 'POST', json }),
    who: async (json: AclWhoRequest, signal: AbortSignal) =>
      (await api.call<Page<AclWhoView>>('/acl/who', { method: 'POST', json, signal })).items,
    sessions: (signal: AbortSignal) => list<BrowserSessionView>('/sessions', signal),
    endSession: (session: string) => remove(`/sessions/${id(session)}`),
    endOtherSessions: () => api.call<EndedSessionsView>('/sessions/end-others', { method: 'POST' }),
    tokens: (signal: AbortSignal) => list<TokenView>('/tokens', signal),
    addToken: (json: TokenRequest) => api.call<AddedTokenView>('/tokens', { method: 'POST', json }),
    deleteToken: (token: string) => remove(`/tokens/${id(token)}`),
    clients: (signal: AbortSignal) => list<ClientSummary>('/clients?limit=1000', signal),
    endClient: (client: string) => remove(`/clients/${id(client)}`),
    denials: (signal: AbortSignal) =>
      list<AuditView>('/audit?action=client&outcome=refused&limit=200', signal),
  };
}
