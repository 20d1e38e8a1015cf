// Use cases about bridges to other brokers. Passwords come in, never out.
import type { Actor, BridgesApi } from './api.ts';
import type { BridgeView } from './contract.ts';
import type { BridgesPort } from './ports.ts';

export class Bridges implements BridgesApi {
  readonly #port: BridgesPort;

  constructor(port: BridgesPort) {
    this.#port = port;
  }

  list(): readonly BridgeView[] {
    return [...this.#port.list()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): BridgeView {
    return this.#port.get(name);
  }

  save(_actor: Actor, name: string, document: unknown): Promise<BridgeView> {
    return this.#port.save(name, document);
  }

  async delete(_actor: Actor, name: string): Promise<void> {
    await this.#port.remove(name);
  }
}
