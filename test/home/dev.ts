// `npm run dev`: the server, started anew whenever a source changes, and the simulated home beside it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runHome } from './main.ts';

const launcher = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function mqttPort(argv: readonly string[]): string {
  const at = argv.indexOf('--mqtt-port');
  return argv[at < 0 ? argv.length : at + 1] ?? '1883';
}

/** Everything after `npm run dev --` goes to `homerule start`. */
function main(argv: readonly string[]): void {
  const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', launcher, 'start', ...argv], {
    stdio: 'inherit',
  });
  const home = runHome({ broker: `mqtt://127.0.0.1:${mqttPort(argv)}`, seed: 1, speed: 1, quiet: true });
  server.on('exit', (code) => {
    process.exitCode = code ?? 0;
    home.stop().catch((error: unknown) => console.error(error));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
}

main(process.argv.slice(2));
