// The looks back whose topic and window are written out: what the house must keep from the moment a rule is saved.
import { parseDuration } from '../../base/index.ts';
import { type CallNode, type Node, partsOf } from '../ast.ts';
import type { Watched } from '../contract.ts';
import { literalText } from './topics.ts';

const dayMs = 86_400_000;
/** Local days last up to 25 hours. */
const spans: ReadonlyMap<string, number> = new Map([
  ['today', (25 / 24) * dayMs],
  ['yesterday', (50 / 24) * dayMs],
]);

function keepMsOf(window: Node | undefined): number | undefined {
  if (window?.type !== 'literal') return undefined;
  const { value } = window;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const span = typeof value === 'string' ? spans.get(value) : undefined;
  if (span !== undefined) return span;
  try {
    return Math.abs(parseDuration(value, true));
  } catch {
    return undefined; // the function itself says what is wrong with it
  }
}

function watchedBy({ procedure, args }: CallNode): Watched | undefined {
  const name = procedure.type === 'variable' ? procedure.name : '';
  const isWindow = name === 'over' || name === 'at';
  if (!isWindow && name !== 'since') return undefined;
  const [first, second, third] = args;
  const topic = first && literalText(first);
  const last = isWindow ? third : second;
  const path = last && literalText(last);
  if (topic === undefined || (last !== undefined && path === undefined)) return undefined;
  const keepMs = isWindow ? keepMsOf(second) : 0;
  if (keepMs === undefined || (!isWindow && path === undefined)) return undefined;
  return { topic, ...(path !== undefined && { path }), ...(isWindow && { keepMs }) };
}

export function watchedIn(node: Node): Watched[] {
  const inner = partsOf(node).flatMap(watchedIn);
  const own = node.type === 'call' ? watchedBy(node) : undefined;
  return own === undefined ? inner : [own, ...inner];
}
