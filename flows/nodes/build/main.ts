// Builds the palette into dist/flows/nodes: the nodes as one ES module, and beside it what the editor shows.
// `node flows/nodes/build/main.ts [FOLDER]`
import { fileURLToPath } from 'node:url';
import { buildPalette } from './palette.ts';

const [folder = fileURLToPath(new URL('../../../dist/flows/nodes', import.meta.url))] = process.argv.slice(2);
await buildPalette(folder);
