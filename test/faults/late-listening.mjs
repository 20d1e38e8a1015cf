// Loaded before a house (`node --import`): its listeners open late, as on a machine that has too much to do.
import { Server } from 'node:net';

const lateMs = 2500;
const { listen } = Server.prototype;

Server.prototype.listen = function (...how) {
  setTimeout(() => listen.apply(this, how), lateMs);
  return this;
};
