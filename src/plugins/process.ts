// Where a plugin's code runs: in the process of the house, or in one of its own that can be ended when it hangs.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Clock, Undo } from '../base/index.ts';
import { Context } from './context.ts';
import type { PluginManifest, PluginSetup } from './contract.ts';
import { fail } from './errors.ts';
import { directLinks, FrameLink, isFrame, type Link } from './link.ts';

export interface ProcessGround {
  readonly manifest: PluginManifest;
  /** The module, absolute. */
  readonly main: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  /** It ended by itself, hangs, or something in it threw outside of any call. */
  ended(reason: string): void;
  threw(error: unknown): void;
}

export interface PluginProcess {
  /** The house's end. */
  readonly link: Link;
  /** Resolves when the plugin is set up; rejects with why it is not. */
  setUp(): Promise<void>;
  stop(): Promise<void>;
  /** Undefined in the process of the house. */
  readonly pid: number | undefined;
}

export function setupOf(module: unknown, main: string): PluginSetup {
  const setup: unknown =
    typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined;
  if (typeof setup !== 'function')
    throw fail('plugin-invalid', `${main} has no default export that is a function`);
  return (house) => Reflect.apply(setup, undefined, [house]);
}

/** For plugins that came with the house. */
export function insideProcess({ manifest, main, config, clock, threw }: ProcessGround): PluginProcess {
  const [house, plugin] = directLinks();
  const context = new Context({ manifest, config, link: plugin, clock, threw });
  return {
    link: house,
    pid: undefined,
    async setUp() {
      const module: unknown = await import(pathToFileURL(main).href);
      await setupOf(module, main)(context.context);
    },
    async stop() {
      context.close();
      house.close();
    },
  };
}

/** The entrance of the child, with the ending of this file: `.ts` from the sources, `.js` when built. */
const entrance = fileURLToPath(new URL(`./child.${import.meta.url.split('.').at(-1)}`, import.meta.url));

const memoryMb = 128;
const heartbeatMs = 1000;
const hangsAfterMs = 5000;
const stopMs = 2000;
const mostPending = 1000;
/** Of what it writes to standard error: shown when it ends. */
const longestLastWords = 2000;

/** What a child gets of the environment of the house: nothing that may hold a secret. */
function cleanEnvironment(): Record<string, string> {
  return { NODE_ENV: 'production' };
}

class ChildPlugin implements PluginProcess {
  readonly link: FrameLink;
  readonly #ground: ProcessGround;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #isStopping = false;
  #lastWords = '';
  #undoBeat: Undo | undefined;

  constructor(ground: ProcessGround) {
    this.#ground = ground;
    const child = fork(entrance, [], {
      serialization: 'advanced',
      env: cleanEnvironment(),
      execArgv: [`--max-old-space-size=${memoryMb}`, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.link = new FrameLink((frame) => {
      if (child.connected) child.send(frame, () => undefined);
    }, mostPending);
    child.on('message', (frame) => {
      if (isFrame(frame)) this.link.hear(frame);
    });
    child.stderr?.on('data', (bytes: Buffer) => {
      this.#lastWords = (this.#lastWords + bytes.toString()).slice(-longestLastWords);
    });
    child.on('error', (error) => this.#end(`its process cannot be started: ${error.message}`));
    this.#exited = new Promise((resolve) => {
      child.on('exit', (code, signal) => {
        resolve();
        const words = this.#lastWords.trim().split('\n').slice(-12).join('\n');
        this.#end(`its process ended (${signal ?? `code ${code}`})${words === '' ? '' : `: ${words}`}`);
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async setUp(): Promise<void> {
    const { manifest, main, config } = this.#ground;
    this.#beat();
    await this.link.call('setup', { manifest, main, config });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#undoBeat?.();
    if (this.#child.connected) void this.link.call('stop', {}).catch(() => undefined);
    const undo = this.#ground.clock.after(stopMs, () => this.#child.kill('SIGKILL'));
    await this.#exited;
    undo();
    this.link.close();
  }

  /** Asked each second whether it still answers. */
  #beat(): void {
    const { clock } = this.#ground;
    const undoLate = clock.after(hangsAfterMs, () => {
      this.#end(`it did not answer for ${hangsAfterMs / 1000} s: it hangs`);
      this.#child.kill('SIGKILL');
    });
    this.#undoBeat = undoLate;
    this.link.call('ping', {}).then(
      () => {
        undoLate();
        if (!this.#isStopping) this.#undoBeat = clock.after(heartbeatMs, () => this.#beat());
      },
      () => undoLate(),
    );
  }

  #end(reason: string): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#undoBeat?.();
    this.link.close();
    this.#ground.ended(reason);
  }
}

/** For plugins of others. */
export function ownProcess(ground: ProcessGround): PluginProcess {
  return new ChildPlugin(ground);
}
