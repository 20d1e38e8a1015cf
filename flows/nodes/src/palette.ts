// Makes the nodes known to Node-RED.
import type { NodeAPI } from 'node-red';
import { offerChoices } from './choices.ts';
import { EngineNodes } from './nodes/engine.ts';
import { nodeTypes } from './nodes/table.ts';
import type { BackoffOptions } from './shared/backoff.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import { Engines } from './shared/engines.ts';
import { register } from './shared/node-type.ts';

export interface PaletteOptions {
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
}

const usual: PaletteOptions = {
  clock: systemClock,
  backoff: { fromMs: 250, toMs: 15_000, random: Math.random },
};

export function palette(RED: NodeAPI, options: Partial<PaletteOptions> = {}): void {
  const { clock, backoff } = { ...usual, ...options };
  const warn = (text: string): void => RED.log.warn(`[homerule] ${text}`);
  const engines = new EngineNodes(RED, new Engines({ clock, backoff, warn }));
  const engineOf = engines.engineOf.bind(engines);
  engines.register();
  for (const type of nodeTypes) register(type, { RED, clock, engineOf });
  offerChoices(RED, engineOf);
}
