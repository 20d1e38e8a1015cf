// The way in: the first administrator, login, logout, who I am. Open to everybody.
import { loginMs, loginRequest, setupRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noInput, ok, type RawCall, type Reply, type Route, route } from '../route.ts';
import { sessionCookie } from '../session-cookie.ts';

const tag = 'access';

function withCookie(call: Pick<RawCall, 'isSecure'>, secret: string, reply: Reply, ms = loginMs): Reply {
  return { ...reply, headers: { 'Set-Cookie': sessionCookie(secret, { ms, isSecure: call.isSecure }) } };
}

const session = route({
  ...noInput,
  method: 'get',
  path: '/session',
  tag,
  summary: 'Who asks, and whether the first administrator is still to be made',
  success: { status: 200, view: 'SessionView' },
  handle: ({ entry, credentials }) => ok(entry.session(credentials)),
});

const setup = route({
  ...noInput,
  method: 'post',
  path: '/setup',
  tag,
  summary: 'Make the first administrator, and a first device, with the one-time code of `homerule start`',
  body: jsonBody('SetupRequest', setupRequest),
  success: { status: 201, view: 'SetupView' },
  handle: async (call) => {
    const { secret, view } = await call.entry.setup(call.credentials, call.body);
    return withCookie(call, secret, { status: 201, body: view });
  },
});

const login = route({
  ...noInput,
  method: 'post',
  path: '/login',
  tag,
  summary: 'Log in with a browser: sets a cookie that is good for 30 days without use',
  body: jsonBody('LoginRequest', loginRequest),
  success: { status: 200, view: 'SessionView' },
  handle: async (call) => {
    const { secret, view } = await call.entry.login(call.credentials, call.body);
    return withCookie(call, secret, ok(view));
  },
});

const logout = route({
  ...noInput,
  method: 'post',
  path: '/logout',
  tag,
  summary: 'End the session of this browser',
  success: { status: 204 },
  handle: async (call) => {
    await call.entry.logout(call.credentials);
    return withCookie(call, '', { status: 204 }, 0);
  },
});

export const entryRoutes: readonly Route[] = [session, setup, login, logout];
