// Types of what the tests use of node-red-node-test-helper, which has none.
declare module 'node-red-node-test-helper' {
  import type { EventEmitter } from 'node:events';
  import type { Node, NodeAPI, NodeMessage } from 'node-red';

  interface LoadedNode extends EventEmitter {
    receive(msg: NodeMessage): void;
    on(event: 'input', listener: (msg: NodeMessage) => void): this;
    on(event: string, listener: (...args: never[]) => void): this;
  }

  interface Helper {
    init(path: string): void;
    settings(settings: object): object;
    load(
      load: ((RED: NodeAPI) => void) | readonly ((RED: NodeAPI) => void)[],
      flow: readonly object[],
      credentials?: object,
    ): Promise<void>;
    unload(): Promise<void>;
    setFlows(flow: readonly object[], type: 'full' | 'flows' | 'nodes'): Promise<void>;
    getNode(id: string): LoadedNode & Pick<Node, 'id' | 'type'>;
    startServer(): Promise<void>;
    stopServer(): Promise<void>;
    request(): unknown;
  }

  const helper: Helper;
  export default helper;
}
