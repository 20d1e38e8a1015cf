// The command line in a process of its own; src/main.ts calls it once the Node is known to be new enough.
import { processContext } from './context.ts';
import { beginYoung, keepYoungSpaceSmall } from './young-generation.ts';

/** Ends the process with the exit code of the command. */
export async function main(argv: readonly string[]): Promise<void> {
  // The reader of a pipe may leave at any time, as in `homerule sub | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  beginYoung();
  keepYoungSpaceSmall();
  const { run } = await import('./program.ts');
  process.exit(await run(argv, processContext()));
}
