// Use cases about Node-RED: its process, and the way back to an earlier deploy.
import type { Actor } from './access/actor.ts';
import type {
  FlowNodeChange,
  FlowsRestoreRequest,
  FlowsStartRequest,
  FlowsView,
  FlowVersionView,
} from './contract/flows.ts';
import { fail } from './errors.ts';
import type { FlowNode, FlowsPort, StoredFlows } from './ports.ts';
import type { FlowsApi } from './use-cases/flows.ts';
import { unifiedDiff } from './versions/line-diff.ts';

type NodesById = ReadonlyMap<string, FlowNode>;

function textOf(node: FlowNode | undefined): string {
  return node === undefined ? '' : JSON.stringify(node, null, 2);
}

function nameOf({ name, label }: FlowNode): string | undefined {
  return [name, label].find((words): words is string => typeof words === 'string' && words !== '');
}

function changeOf(before: FlowNode | undefined, after: FlowNode | undefined): FlowNodeChange[] {
  const node = after ?? before;
  const text = unifiedDiff(textOf(before), textOf(after));
  if (node === undefined || text === '') return [];
  const name = nameOf(node);
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [{ id: node.id, type: node.type, ...(name !== undefined && { name }), change, text }];
}

function byId({ flows }: StoredFlows): NodesById {
  return new Map(flows.map((node) => [node.id, node]));
}

function diffOf(before: StoredFlows, after: StoredFlows): FlowNodeChange[] {
  const [old, young] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((id) => changeOf(old.get(id), young.get(id)));
}

function viewOf(one: StoredFlows, before: StoredFlows | undefined): FlowVersionView {
  const { flows: _, ...stored } = one;
  return { ...stored, ...(before !== undefined && { diff: diffOf(before, one) }) };
}

export class Flows implements FlowsApi {
  readonly #port: FlowsPort;

  constructor(port: FlowsPort) {
    this.#port = port;
  }

  state(): FlowsView {
    return this.#port.view();
  }

  async start(_actor: Actor, { safe = false }: FlowsStartRequest): Promise<FlowsView> {
    await this.#port.run({ isSafe: safe });
    return this.#port.view();
  }

  async stop(): Promise<FlowsView> {
    await this.#port.halt();
    return this.#port.view();
  }

  async restart(actor: Actor, request: FlowsStartRequest): Promise<FlowsView> {
    await this.#port.halt();
    return this.start(actor, request);
  }

  async versions(): Promise<readonly FlowVersionView[]> {
    const all = await this.#port.versions();
    return all.map((one, index) => viewOf(one, all[index - 1])).reverse();
  }

  async version(version: number): Promise<FlowVersionView> {
    const { found, before } = await this.#find(version);
    return { ...viewOf(found, before), flows: found.flows };
  }

  async restore({ name }: Actor, version: string, request: FlowsRestoreRequest): Promise<FlowsView> {
    const { found } = await this.#find(Number(version));
    await this.#port.restore(found, { ...request, by: name });
    return this.#port.view();
  }

  async #find(version: number): Promise<{ readonly found: StoredFlows; readonly before?: StoredFlows }> {
    const all = await this.#port.versions();
    const index = all.findIndex((one) => one.version === version);
    const [before, found] = [all[index - 1], all[index]];
    if (found === undefined) throw fail('flow-version-missing', `no deploy ${version} of the flows is kept`);
    return { found, ...(before !== undefined && { before }) };
  }
}
