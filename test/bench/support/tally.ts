// How many measurements ran and how many failed; what went wrong is printed where it happens.

export interface Tally {
  passed: number;
  failed: number;
}

/** Runs one measurement; a failed one is told and gives undefined. */
export async function attempt<Result>(
  tally: Tally,
  what: string,
  run: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    const result = await run();
    tally.passed++;
    return result;
  } catch (error) {
    tally.failed++;
    console.log(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
