export { AddressPolicy } from './address-policy.ts';
export type { HttpResult } from './http-service.ts';
export { HttpService, type HttpServiceOptions } from './http-service.ts';
export { type Address, type Lookup, resolve } from './resolve.ts';
export { outsideServices } from './services.ts';
