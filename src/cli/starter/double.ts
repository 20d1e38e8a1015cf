// The double of a house that authors of plugins test against: what a plugin did is looked at, and what a house would do
// is done by hand. It checks no permissions.

export const starterDouble = `// A house for tests of a plugin: give \`context\` to its setup, then play the house.

function matches(filter, topic) {
  const [wanted, levels] = [filter.split('/'), topic.split('/')];
  for (const [i, level] of wanted.entries()) {
    if (level === '#') return true;
    if (level !== '+' && level !== levels[i]) return false;
    if (levels[i] === undefined) return false;
  }
  return wanted.length === levels.length;
}

export class TestHouse {
  /** Messages, events, described devices and log lines of the plugin, in order. */
  published = [];
  events = [];
  described = new Map();
  sets = [];
  logs = [];
  health = { state: 'ok', words: '' };
  /** As \`devices.list\` gives them. */
  devices = [];
  secrets = new Map();
  stored = new Map();
  actions = new Map();
  channels = new Map();
  routes = new Map();
  functions = new Map();
  timers = new Set();
  #listeners = new Set();
  #watchers = new Set();
  #stop = new AbortController();

  /** @param {Record<string, unknown>} config */
  constructor(config = {}, id = 'test') {
    this.context = this.#make(config, id);
  }

  /** A message of a client; resolves when the plugin has done with it. */
  async say(topic, payload, by = 'client') {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const message = { topic, text, bytes: new TextEncoder().encode(text), qos: 0, retain: false, origin: 'client', by };
    for (const { filter, hear } of [...this.#listeners]) if (matches(filter, topic)) await hear(message);
  }

  /** A device reported another value. */
  async change(device, property, value) {
    for (const hear of [...this.#watchers]) await hear({ device, property, value, origin: 'client', by: device });
  }

  /** As \`call: ID/NAME\` of a rule does. */
  act(name, input) {
    return this.actions.get(name).act(input);
  }

  /** As \`notify: NAME\` of a rule does. */
  notify(name, notification) {
    return this.channels.get(name).send(notification);
  }

  request(method, path, { query = {}, body = '', route = path } = {}) {
    return this.routes.get(\`\${method} \${route}\`).answer({ method, path, query, body });
  }

  /** Every timer that is armed runs once, now. */
  async tick() {
    for (const timer of [...this.timers]) {
      if (timer.isOnce) this.timers.delete(timer);
      await timer.run();
    }
  }

  /** The plugin is switched off. */
  stop() {
    this.#stop.abort();
    this.#listeners.clear();
    this.#watchers.clear();
    this.timers.clear();
  }

  #arm(run, isOnce) {
    const timer = { run, isOnce };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  #add(set, entry) {
    set.add(entry);
    return async () => void set.delete(entry);
  }

  /** @returns {import('./contract.d.ts').PluginContext} */
  #make(config, id) {
    const log = (level) => (words) => void this.logs.push({ level, words });
    return {
      id,
      config,
      signal: this.#stop.signal,
      mqtt: {
        publish: async (message) => void this.published.push(message),
        subscribe: async (filter, hear) => this.#add(this.#listeners, { filter, hear }),
      },
      devices: {
        list: async () => this.devices,
        get: async (device) => this.devices.find((each) => each.id === device),
        set: async (device, properties) => void this.sets.push({ id: device, properties }),
        onChange: async (hear) => this.#add(this.#watchers, hear),
        describe: async (source, devices) => void this.described.set(source, devices),
      },
      emit: async (name, data) => void this.events.push({ name, data }),
      offerAction: async (action) => void this.actions.set(action.name, action),
      offerChannel: async (channel) => void this.channels.set(channel.name, channel),
      offerFunction: async (offered) => void this.functions.set(offered.name, offered),
      offerRoute: async (route) => void this.routes.set(\`\${route.method} \${route.path}\`, route),
      storage: {
        get: async (key) => this.stored.get(key),
        set: async (key, value) => void this.stored.set(key, value),
        delete: async (key) => void this.stored.delete(key),
        keys: async () => [...this.stored.keys()].sort(),
      },
      timers: { after: (_ms, run) => this.#arm(run, true), every: (_ms, run) => this.#arm(run, false) },
      secret: async (name) => this.secrets.get(name),
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      health: (state, words = '') => void (this.health = { state, words }),
    };
  }
}
`;
