// How V8 treats young objects. How fast it lets their space grow: a start makes much garbage and is over soon, but a
// space that grew for it stays that large, some 25 MB for nothing; under load it is to grow, or objects age before they
// die. And that all objects begin in it.
import { setFlagsFromString } from 'node:v8';

/** V8 reads the factor each time a space is to grow, in every thread. */
function growBy(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

export const keepYoungSpaceSmall = (): void => growBy(1);

/** As V8 does by itself. */
export const letYoungSpaceGrow = (): void => growBy(2);

/**
 * V8 makes objects old at once where the first ones of a place in the code lived long, and never learns better. Here the
 * first state of each topic lives, while under load each message replaces one: old garbage, which keeps young garbage.
 */
export const beginYoung = (): void => setFlagsFromString('--no-allocation-site-pretenuring');
