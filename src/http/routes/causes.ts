// Why a value is what it is.
import { causesQuery } from '../../api/index.ts';
import { noBody } from '../body.ts';
import { ok, type Route, route } from '../route.ts';

const causes = route({
  method: 'get',
  path: '/causes',
  tag: 'history',
  summary: 'Who made a value what it is, or was: of a topic, a place in its JSON, or a property of a device',
  query: causesQuery,
  body: noBody,
  success: { status: 200, view: 'CausesView' },
  handle: async ({ api, query }) => ok(await api.causes.of(query)),
});

export const causesRoutes: readonly Route[] = [causes];
