// Use cases about the flows that come with Homerule.
import type { Actor, FlowSeedsApi } from './api.ts';
import type { FlowSeedAddedView, FlowSeedRequest, FlowSeedView } from './contract.ts';
import type { FlowSeedsPort } from './ports.ts';

export class FlowSeeds implements FlowSeedsApi {
  readonly #port: FlowSeedsPort;

  constructor(port: FlowSeedsPort) {
    this.#port = port;
  }

  list(): Promise<readonly FlowSeedView[]> {
    return this.#port.list();
  }

  add({ name: by }: Actor, name: string, request: FlowSeedRequest): Promise<FlowSeedAddedView> {
    return this.#port.add(name, { ...request, by });
  }
}
