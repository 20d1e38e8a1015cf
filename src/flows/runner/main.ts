// The entrance of Node-RED's process: starts it on a unix socket as the house says, answers the house until it is told to
// stop, and ends when the house does. It holds nothing that flows could not have anyway.
import { chmodSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { createServer, messageOf, SystemClock } from '../../base/index.ts';
import type { Command, RunnerOrder, Told } from '../messages.ts';
import type { Handler, NodeRed } from '../node-red.ts';
import { Report } from './report.ts';
import { tellRunState } from './run-state.ts';
import { settingsOf } from './settings.ts';
import { refuseTelemetry } from './telemetry.ts';

const diedByItself = 70;
const clock = new SystemClock();

function tell(message: Told, then?: () => void): void {
  if (process.connected) process.send?.(message, () => then?.());
  else then?.();
}

/** What threw may have left anything half done: the house starts another process. */
function fatal(error: unknown): void {
  const message = error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  tell({ tell: 'fatal', message: message.slice(0, 2000) }, () => process.exit(diedByItself));
}

/** As express does it for an application below a path. */
function below(path: string, application: Handler): Handler {
  return (request, response) => {
    const url = request.url ?? '';
    const rest = url.slice(path.length);
    Object.assign(request, {
      originalUrl: url,
      baseUrl: path,
      url: rest.startsWith('/') ? rest : `/${rest}`,
    });
    return application(request, response);
  };
}

/** By the first level of the path. */
function dispatch(paths: ReadonlyMap<string, Handler>): Handler {
  return (request, response) => {
    const [, top = ''] = (request.url ?? '').split(/[/?]/, 2);
    const handler = paths.get(top);
    if (handler === undefined) response.writeHead(404).end();
    else handler(request, response);
  };
}

function listenTo({ events }: NodeRed): void {
  events.on('flows:started', () => tell({ tell: 'started' }));
  events.on('runtime-event', ({ id }: { readonly id: string }) => {
    if (id === 'runtime-deploy') tell({ tell: 'deployed' });
  });
}

async function open(server: Server, socket: string): Promise<void> {
  rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  chmodSync(socket, 0o600);
}

class Runner {
  #nodeRed: NodeRed | undefined;

  hear(command: Command): void {
    if (command.do === 'start') this.#start(command.order).catch(fatal);
    else if (command.do === 'ping') tell({ tell: 'pong', rss: process.memoryUsage.rss() });
    else this.stop();
  }

  /** Nodes get to close what they opened; the house does not wait for ever. */
  stop(): void {
    const gone = (): void => process.exit(0);
    if (this.#nodeRed === undefined) gone();
    else this.#nodeRed.stop().then(gone, gone);
  }

  async #start(order: RunnerOrder): Promise<void> {
    enableCompileCache(join(order.userDir, '.cache'));
    const module: { readonly default: NodeRed } = await import('node-red');
    const nodeRed = module.default;
    this.#nodeRed = nodeRed;
    const paths = new Map<string, Handler>();
    const server = createServer(dispatch(paths));
    const { log } = new Report(tell, clock);
    nodeRed.init(server, settingsOf(order, { clock, log, middleware: [refuseTelemetry, tellRunState(log)] }));
    paths.set('red', below('/red', nodeRed.httpAdmin));
    paths.set('endpoint', below('/endpoint', nodeRed.httpNode));
    listenTo(nodeRed);
    await nodeRed.start();
    await open(server, order.socket);
    tell({ tell: 'ready' });
  }
}

const runner = new Runner();
process.on('uncaughtException', fatal);
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => runner.stop());
// Ctrl-C in a terminal reaches the whole group: the house hears it too and says what to do.
process.on('SIGINT', () => undefined);
process.on('message', (command: Command) => runner.hear(command));
