// The engines of this Node-RED: one for each house and token, whatever the number of engine nodes and of nodes.
import { Engine, type EngineOptions } from './engine.ts';
import type { Home } from './home.ts';

export class Engines {
  readonly #options: Omit<EngineOptions, 'home'>;
  readonly #byHome = new Map<string, Engine>();

  constructor(options: Omit<EngineOptions, 'home'>) {
    this.#options = options;
  }

  of(home: Home): Engine {
    const key = JSON.stringify([home.url, home.token]);
    for (const [other, engine] of this.#byHome)
      if (other !== key && engine.isUnused) this.#byHome.delete(other);
    const engine = this.#byHome.get(key) ?? new Engine({ ...this.#options, home });
    this.#byHome.set(key, engine);
    return engine;
  }
}
