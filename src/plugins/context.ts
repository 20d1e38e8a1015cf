// The plugin's side of the contract: what a plugin gets, made of calls to the house. The same in both kinds of process.
import type { Clock, Undo } from '../base/index.ts';
import type {
  ActionOffer,
  ChannelOffer,
  DeviceChange,
  PluginContext,
  PluginDevice,
  PluginManifest,
  PluginMessage,
  PluginUndo,
  RouteOffer,
} from './contract.ts';
import { fail } from './errors.ts';
import type { Link } from './link.ts';

export interface ContextGround {
  readonly manifest: PluginManifest;
  readonly config: Readonly<Record<string, unknown>>;
  readonly link: Link;
  readonly clock: Clock;
  /** Something that the plugin does by itself (a timer) threw. */
  threw(error: unknown): void;
}

type Heard = Omit<PluginMessage, 'text'>;
type Hear = (value: never) => unknown;

const decoder = new TextDecoder();

/** The text of a message is made when it is read. */
function messageFrom(heard: Heard): PluginMessage {
  let text: string | undefined;
  return {
    ...heard,
    get text() {
      text ??= decoder.decode(heard.bytes);
      return text;
    },
  };
}

export class Context {
  readonly context: PluginContext;
  readonly #ground: ContextGround;
  readonly #stop = new AbortController();
  readonly #actions = new Map<string, ActionOffer>();
  readonly #channels = new Map<string, ChannelOffer>();
  readonly #routes = new Map<string, RouteOffer>();
  readonly #heard = new Map<number, Hear>();
  readonly #timers = new Set<Undo>();
  #last = 0;

  constructor(ground: ContextGround) {
    this.#ground = ground;
    ground.link.answerWith((name, args) => this.#answer(name, args));
    this.context = this.#make();
  }

  close(): void {
    this.#stop.abort();
    for (const undo of this.#timers) undo();
    this.#timers.clear();
    this.#heard.clear();
  }

  #make(): PluginContext {
    const { manifest, config, link } = this.#ground;
    const ask = async (name: string, args: unknown): Promise<void> => {
      await link.call(name, args);
    };
    const say = (level: 'info' | 'warn' | 'error') => (words: string) =>
      void link.call('log', { level, words }).catch(() => undefined);
    return {
      id: manifest.id,
      config,
      signal: this.#stop.signal,
      mqtt: {
        publish: (message) => ask('publish', message),
        subscribe: (filter, hear) =>
          this.#listen('subscribe', { filter }, (heard: Heard) => hear(messageFrom(heard))),
      },
      devices: {
        list: async () => (await link.call('devices', {})) as readonly PluginDevice[],
        get: async (id) => (await link.call('device', { id })) as PluginDevice | undefined,
        set: (id, properties) => ask('set', { id, properties }),
        onChange: (hear) => this.#listen('watch', {}, (change: DeviceChange) => hear(change)),
        describe: (source, devices) => ask('describe', { source, devices }),
      },
      emit: (name, data) => ask('emit', { name, data }),
      offerAction: (action) => {
        this.#actions.set(action.name, action);
        const { name, doc, input } = action;
        return ask('offerAction', { name, doc, ...(input && { input }) });
      },
      offerChannel: (channel) => {
        this.#channels.set(channel.name, channel);
        return ask('offerChannel', { name: channel.name, doc: channel.doc });
      },
      offerFunction: ({ name, source, doc }) => ask('offerFunction', { name, source, doc }),
      offerRoute: (route) => {
        const { method, path, needs } = route;
        this.#routes.set(`${method} ${path}`, route);
        return ask('offerRoute', { method, path, needs: needs ?? 'admin' });
      },
      storage: {
        get: (key) => link.call('storageGet', { key }),
        set: (key, value) => ask('storageSet', { key, value }),
        delete: (key) => ask('storageDelete', { key }),
        keys: async () => (await link.call('storageKeys', {})) as readonly string[],
      },
      timers: { after: (ms, run) => this.#after(ms, run), every: (ms, run) => this.#every(ms, run) },
      secret: async (name) => (await link.call('secret', { name })) as string | undefined,
      log: { info: say('info'), warn: say('warn'), error: say('error') },
      health: (state, words = '') => void link.call('health', { state, words }).catch(() => undefined),
    };
  }

  async #listen(name: string, args: object, hear: Hear): Promise<PluginUndo> {
    const { link } = this.#ground;
    const id = ++this.#last;
    this.#heard.set(id, hear);
    try {
      await link.call(name, { id, ...args });
    } catch (error) {
      this.#heard.delete(id);
      throw error;
    }
    return async () => {
      if (this.#heard.delete(id)) await link.call('unlisten', { id });
    };
  }

  #after(ms: number, run: () => unknown): Undo {
    const undo = this.#ground.clock.after(ms, () => {
      this.#timers.delete(undo);
      void this.#run(run);
    });
    this.#timers.add(undo);
    return () => {
      this.#timers.delete(undo);
      undo();
    };
  }

  /** The next turn is counted from the end of the one before. */
  #every(ms: number, run: () => unknown): Undo {
    let undo: Undo;
    let isOver = false;
    const arm = (): void => {
      undo = this.#after(ms, async () => {
        await this.#run(run);
        if (!isOver && !this.#stop.signal.aborted) arm();
      });
    };
    arm();
    return () => {
      isOver = true;
      undo();
    };
  }

  async #run(run: () => unknown): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#ground.threw(error);
    }
  }

  /** What the house asks of the plugin. */
  #answer(name: string, args: unknown): unknown {
    const { key, value } = args as { readonly key: string | number; readonly value: never };
    switch (name) {
      case 'heard':
        return this.#heard.get(Number(key))?.(value);
      case 'act':
        return this.#offered(this.#actions, key).act(value);
      case 'send':
        return this.#offered(this.#channels, key).send(value);
      case 'request':
        return this.#offered(this.#routes, key).answer(value);
      default:
        throw fail('plugin-bad-call', `the house asked for "${name}", which this version does not know`);
    }
  }

  #offered<Offer>(offers: ReadonlyMap<string, Offer>, key: string | number): Offer {
    const offer = offers.get(String(key));
    if (offer === undefined) throw fail('plugin-bad-call', `the plugin does not offer "${key}"`);
    return offer;
  }
}
