export { HttpServer, type HttpServerOptions } from './http-server.ts';
export type { Exchange, Mount, Upgrade, UpgradeHandler } from './mount.ts';
