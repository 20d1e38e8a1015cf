// What the steps of a test come to, without judging it: what a recorded test may expect.
import type { Happened } from './expectation.ts';
import type { PlayOptions } from './play.ts';
import { stageFor } from './play.ts';
import type { RuleTest } from './rule-test.ts';
import { TestFault } from './test-fault.ts';

/** What happened since the last look of a step; undefined when it cannot be played. */
export async function rehearse(
  test: RuleTest,
  options: Pick<PlayOptions, 'rule' | 'home' | 'pace'>,
): Promise<Happened | undefined> {
  const stage = stageFor(test, options);
  try {
    for (const step of test.steps) {
      await step.act(stage);
      await stage.played();
      if (step.expect !== undefined) await stage.look();
    }
    return await stage.look();
  } catch (error) {
    if (error instanceof TestFault) return undefined;
    throw error;
  }
}
