// Commits of a house without a disk: what it asks for is kept at once.
import type { BatchNumber, Commits } from '../../base/index.ts';

export class PromptCommits implements Commits {
  open: BatchNumber = 1;

  whenCommitted(_batch: BatchNumber, done: () => void): void {
    this.open++;
    done();
  }
}
