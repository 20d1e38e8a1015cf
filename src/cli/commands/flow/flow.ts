// `homerule flow …`: Node-RED of the house, what was deployed in it, and the flows that come with Homerule.
import { seedCommands } from './seeds.ts';
import { stateCommands } from './state.ts';
import { versionCommands } from './versions.ts';

export const flowCommands = [...seedCommands, ...versionCommands, ...stateCommands];
