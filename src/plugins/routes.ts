// Which route of a plugin answers a request under `/plugins/ID`.
import type { PluginHttpRequest } from '../api/index.ts';
import type { RouteOffer } from './contract.ts';

export type OfferedRoute = Required<Pick<RouteOffer, 'method' | 'path' | 'needs'>>;

/** The one with exactly this path, else the longest `/*` above it. */
export function routeFor(
  routes: Iterable<OfferedRoute>,
  { method, path }: Pick<PluginHttpRequest, 'method' | 'path'>,
): OfferedRoute | undefined {
  let best: OfferedRoute | undefined;
  for (const route of routes) {
    if (route.method !== method) continue;
    if (route.path === path) return route;
    const isAbove = route.path.endsWith('/*') && path.startsWith(route.path.slice(0, -1));
    if (isAbove && route.path.length > (best?.path.length ?? 0)) best = route;
  }
  return best;
}
