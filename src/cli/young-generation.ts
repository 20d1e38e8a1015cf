// How fast V8 lets the space of young objects grow. A start makes much garbage and is over soon, but a space that grew
// for it stays that large: some 25 MB for nothing. Under load it is to grow, or objects age before they die.
import { setFlagsFromString } from 'node:v8';

/** V8 reads the factor each time a space is to grow, in every thread. */
function growBy(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

export const keepYoungSpaceSmall = (): void => growBy(1);

/** As V8 does by itself. */
export const letYoungSpaceGrow = (): void => growBy(2);
