// Between rules and flows: answers of flows to rules, and events for rules.
import { eventRequest, flowAnswer } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, type Route, route } from '../route.ts';

const answer = route({
  ...noInput,
  method: 'post',
  path: '/flows/calls/{call}',
  tag: 'flows',
  summary: 'Answer the call of a rule that came over the live channel `flows`; the first answer counts',
  body: jsonBody('FlowAnswer', flowAnswer),
  success: { status: 204 },
  handle: async ({ api, actor, param, body }) => {
    await api.flowCalls.answer(actor, param('call'), body);
    return noContent;
  },
});

const emit = route({
  ...noInput,
  method: 'post',
  path: '/events/{name*}',
  tag: 'rules',
  summary: 'Emit an event: wakes `event` triggers, with `data` as their payload',
  body: jsonBody('EventRequest', eventRequest),
  success: { status: 204 },
  handle: async ({ api, actor, param, body }) => {
    await api.events.emit(actor, param('name'), body);
    return noContent;
  },
});

export const flowCallRoutes: readonly Route[] = [answer, emit];
