export { HttpServer, type HttpServerOptions } from './http-server.ts';
export type { UpgradeHandler } from './listener.ts';
