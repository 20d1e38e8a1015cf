// `engine`, the configuration node: which house. Address and token are credentials; without them it is this home.
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { engine as kind } from '../kinds/house.ts';
import type { Engine } from '../shared/engine.ts';
import type { Engines } from '../shared/engines.ts';
import { messageOf, PaletteError } from '../shared/errors.ts';
import { homeOf } from '../shared/home.ts';

interface Credentials {
  readonly url: unknown;
  readonly token: unknown;
}

const credentials = { url: { type: 'text' }, token: { type: 'password' } } as const;

export class EngineNodes {
  readonly #RED: NodeAPI;
  readonly #engines: Engines;
  readonly #byId = new Map<string, Engine>();

  constructor(RED: NodeAPI, engines: Engines) {
    this.#RED = RED;
    this.#engines = engines;
  }

  register(): void {
    const add = (node: Node<Credentials>, definition: NodeDef): void => this.#add(node, definition);
    const construct = function (this: Node<Credentials>, definition: NodeDef): void {
      add(this, definition);
    };
    this.#RED.nodes.registerType(kind.type, construct, { credentials });
  }

  /** Of an engine node; without an id, this home. Throws what is wrong with the address. */
  engineOf(id: string): Engine {
    if (id === '') return this.#engines.of(homeOf(undefined, this.#settings()));
    const engine = this.#byId.get(id);
    if (engine === undefined)
      throw new PaletteError('no-house', 'the engine of this node is missing, switched off or wrong');
    return engine;
  }

  #settings(): { url?: unknown; token?: unknown } | undefined {
    const { settings } = this.#RED;
    const given: unknown = 'homerule' in settings ? settings.homerule : undefined;
    return typeof given === 'object' && given !== null ? given : undefined;
  }

  #add(node: Node<Credentials>, definition: NodeDef): void {
    this.#RED.nodes.createNode(node, definition);
    try {
      this.#byId.set(node.id, this.#engines.of(homeOf(node.credentials, this.#settings())));
    } catch (error) {
      node.error(messageOf(error));
    }
    node.on('close', () => void this.#byId.delete(node.id));
  }
}
