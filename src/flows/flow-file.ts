// The file of the flows, as Node-RED keeps it. Read only: whoever changes flows asks Node-RED.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { FlowNode } from '../api/index.ts';

const flowNodes = z.array(z.looseObject({ id: z.string(), type: z.string() }));

/** Undefined when there is none; `unreadable` when it is no list of nodes, which Node-RED will tell. */
export async function readFlowFile(path: string): Promise<readonly FlowNode[] | 'unreadable' | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined; // nothing was deployed yet
  }
  return parseFlows(text) ?? 'unreadable';
}

function parseFlows(text: string): readonly FlowNode[] | undefined {
  try {
    return flowNodes.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // no JSON
  }
}

const still: ReadonlySet<string> = new Set(['tab', 'comment', 'group']);

/** Whether anything in it can do something: empty tabs do not. */
export function doSomething(flows: readonly FlowNode[]): boolean {
  return flows.some(({ type }) => !still.has(type));
}
