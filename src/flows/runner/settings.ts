// The settings that Node-RED runs with. Keys that are left out have their defaults of 5.0.
import { join } from 'node:path';
import type { Clock } from '../../base/index.ts';
import type { RunnerOrder } from '../messages.ts';
import type { Handler, LogMessage } from '../node-red.ts';
import { userHeader, verified } from '../signed-user.ts';

export interface Hooks {
  readonly clock: Clock;
  readonly log: (message: LogMessage) => void;
  /** Before every request to the editor and its API, in this order. */
  readonly middleware: readonly ((...call: [...Parameters<Handler>, next: () => void]) => void)[];
}

interface Verified {
  readonly username: string;
  readonly permissions: '*' | 'read';
}

/** The house has asked who it is; there is no login of Node-RED's own. */
function adminAuth({ key }: RunnerOrder, clock: Clock) {
  return {
    tokenHeader: userHeader,
    tokens: async (header: string): Promise<Verified | null> => {
      const user = verified(header, key, clock.now());
      return user ? { username: user.name, permissions: user.may === 'edit' ? '*' : 'read' } : null;
    },
  };
}

/** `catalogues: []`: the browser fetches no list of nodes from elsewhere unless nodes may be installed. */
function editorTheme({ mayInstall, nodesDir }: RunnerOrder) {
  return {
    page: { title: 'Homerule flows', scripts: [join(nodesDir, 'page/begin.js')] },
    header: { title: 'Homerule flows', url: '/' },
    userMenu: false,
    tours: false,
    projects: { enabled: false },
    palette: {
      ...(!mayInstall && { catalogues: [] }),
      categories: { order: ['homerule', 'subflows', 'common', 'function', 'network', 'sequence'] },
    },
    codeEditor: { lib: 'monaco' },
    multiplayer: { enabled: true },
  };
}

/** Paths are those of the house, so that nothing has to be rewritten on the way. */
const paths = { httpAdminRoot: '/red/', httpNodeRoot: '/endpoint/', uiHost: '127.0.0.1', uiPort: 0 };

const limits = {
  apiMaxLength: '5mb',
  nodeMessageBufferMaxLength: 1000,
  execMaxBufferSize: 1_048_576,
  debugMaxLength: 1000,
  mqttReconnectTime: 2000,
};

/** Nothing is fetched or told without being asked for. */
const privacy = {
  telemetry: { enabled: false, updateNotification: false },
  functionExternalModules: false,
  nodesExcludes: ['90-exec.js'],
};

export function settingsOf(order: RunnerOrder, { clock, log, middleware }: Hooks) {
  const { userDir, isSafe, mayInstall, functionSeconds } = order;
  return {
    ...paths,
    ...limits,
    ...privacy,
    userDir,
    flowFile: join(userDir, 'flows.json'),
    flowFilePretty: true,
    credentialSecret: order.credentialSecret,
    nodesDir: order.nodesDir,
    safeMode: isSafe,
    adminAuth: adminAuth(order, clock),
    httpAdminMiddleware: [...middleware],
    editorTheme: editorTheme(order),
    externalModules: {
      autoInstall: false,
      palette: { allowInstall: mayInstall, allowUpload: false },
      modules: { allowInstall: false },
    },
    globalFunctionTimeout: functionSeconds,
    contextStorage: {
      default: { module: 'memory' },
      persistent: { module: 'localfilesystem', config: { flushInterval: 30 } },
    },
    runtimeState: { enabled: true, ui: true },
    lang: 'en-US',
    logging: { house: { level: 'info', metrics: false, audit: true, handler: () => log } },
    homerule: order.house,
  };
}
