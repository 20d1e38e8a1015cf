// Commands that ask a running house: they share the options that say which one.
import type { Command } from 'commander';
import { z } from 'zod';
import { dataFolder } from '../config/index.ts';
import { ApiClient } from './client.ts';
import type { Call, CliCommand } from './command.ts';

export interface ApiCall extends Call {
  readonly client: ApiClient;
}

export interface ApiCommand extends Omit<CliCommand, 'run'> {
  readonly run: (call: ApiCall) => Promise<number>;
}

const connection = z.looseObject({
  data: z.string().optional(),
  url: z.string().optional(),
  token: z.string().optional(),
});

function declareConnection(command: Command): void {
  command
    .option('--data <dir>', 'data folder of the running Homerule (default: data)')
    .option('--url <url>', 'its address instead, such as http://localhost:18083')
    .option('--token <token>', 'token for --url');
}

export function apiCommand(spec: ApiCommand): CliCommand {
  return {
    ...spec,
    declare: (command) => {
      spec.declare?.(command);
      declareConnection(command);
    },
    run: (call) => {
      const { data, url, token } = connection.parse(call.options);
      return spec.run({ ...call, client: new ApiClient({ data: dataFolder(data), url, token }) });
    },
  };
}

/** A name in the path of a request. */
export const segment = encodeURIComponent;
