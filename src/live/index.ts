export { LiveServer, type LiveServerOptions } from './live-server.ts';
