// The entrance of a plugin's own process: sets the plugin up and answers the house until it is told to stop. It ends when
// the house does.
import { pathToFileURL } from 'node:url';
import { messageOf, SystemClock } from '../base/index.ts';
import { Context } from './context.ts';
import type { PluginManifest } from './contract.ts';
import { fail } from './errors.ts';
import { type Answerer, FrameLink, isFrame, type Link } from './link.ts';
import { setupOf } from './process.ts';

/** Calls that may wait for the house: beyond, the plugin is told so at once. */
const mostPending = 1000;

const clock = new SystemClock();

interface Order {
  readonly manifest: PluginManifest;
  readonly main: string;
  readonly config: Readonly<Record<string, unknown>>;
}

function fatal(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}\n`);
  process.exit(1);
}

async function setUp({ manifest, main, config }: Order, link: Link): Promise<Context> {
  const module: unknown = await import(pathToFileURL(main).href);
  const context = new Context({ manifest, config, link, clock, threw: fatal });
  await setupOf(module, main)(context.context);
  return context;
}

function serve(send: (frame: unknown) => void): void {
  const link = new FrameLink(send, mostPending);
  let answerer: Answerer = () => {
    throw fail('plugin-unavailable', 'the plugin is not set up yet');
  };
  let context: Context | undefined;
  const ownLink: Link = {
    call: (name, args) => link.call(name, args),
    answerWith: (next) => {
      answerer = next;
    },
    close: () => link.close(),
  };
  link.answerWith(async (name, args) => {
    if (name === 'ping') return undefined;
    if (name === 'setup') {
      context = await setUp(args as Order, ownLink);
      return undefined;
    }
    if (name !== 'stop') return answerer(name, args);
    context?.close();
    clock.soon(() => process.exit(0));
    return undefined;
  });
  process.on('message', (frame) => {
    if (isFrame(frame)) link.hear(frame);
  });
}

process.on('uncaughtException', fatal);
process.on('disconnect', () => process.exit(0));
if (process.send !== undefined) serve(process.send.bind(process));
