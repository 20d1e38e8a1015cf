// What Node-RED loads: an ES module whose default export gets its API.
import type { NodeAPI } from 'node-red';
import { palette } from './palette.ts';

export default function load(RED: NodeAPI): void {
  palette(RED);
}
