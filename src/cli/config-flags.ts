// The flags of `start` and `config` that stand for configuration keys.
import type { Command } from 'commander';
import { z } from 'zod';
import type { LoadOptions } from '../config/index.ts';

const flags = z.looseObject({
  data: z.string().optional(),
  config: z.string().optional(),
  host: z.string().optional(),
  mqttPort: z.string().optional(),
  httpPort: z.string().optional(),
  wsPort: z.string().optional(),
});

export function declareConfigFlags(command: Command): Command {
  return command
    .option('--data <dir>', 'folder of everything that is kept')
    .option('--config <file>', 'configuration file (default: homerule.yaml in the data folder)')
    .option('--host <address>', 'address of every listener')
    .option('--mqtt-port <number>', 'MQTT over TCP')
    .option('--ws-port <number>', 'MQTT over WebSocket')
    .option('--http-port <number>', 'web UI and HTTP API');
}

export function configFlags(options: unknown): LoadOptions {
  const { data, config, host, mqttPort, wsPort, httpPort } = flags.parse(options);
  return {
    file: config,
    flags: { data, host, 'mqtt.port': mqttPort, 'ws.port': wsPort, 'http.port': httpPort },
  };
}
