// The services of this room by name, as the engine calls them.
import type { Clock } from '../base/index.ts';
import { AddressPolicy } from './address-policy.ts';
import { HttpService } from './http-service.ts';

export type OutsideService = (request: unknown, call: { readonly signal: AbortSignal }) => Promise<unknown>;

/** `allow`: what may be called beside the public Internet. */
export function outsideServices(options: {
  readonly clock: Clock;
  readonly allow: readonly string[];
}): ReadonlyMap<string, OutsideService> {
  const { clock, allow } = options;
  const http = new HttpService({ clock, policy: new AddressPolicy(allow) });
  return new Map([['http', (request, call) => http.call(request, call)]]);
}
