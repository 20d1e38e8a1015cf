// What the entries of a rule do to the house, told by each kind while it is compiled. For the analysis: no
// run looks here.
import type { ValueNode } from './text.ts';

export type Touch =
  | {
      readonly does: 'publish';
      readonly path: string;
      readonly topic: ValueNode;
      readonly payload: ValueNode;
    }
  | { readonly does: 'var'; readonly path: string; readonly name: string; readonly payload: ValueNode }
  | { readonly does: 'emit'; readonly path: string; readonly event: ValueNode }
  | {
      readonly does: 'run' | 'enable' | 'disable';
      readonly path: string;
      readonly rule: ValueNode;
    }
  | {
      readonly does: 'set';
      readonly path: string;
      /** Ids, or labels. */
      readonly devices: ValueNode;
      readonly isLabel: boolean;
    }
  /** Work outside of the house; `to` is named for people. */
  | { readonly does: 'call'; readonly path: string; readonly service: string; readonly to: ValueNode }
  /** The report that a confirmation waits for. */
  | { readonly does: 'confirm'; readonly path: string; readonly topic: ValueNode }
  | { readonly does: 'delay'; readonly path: string; readonly for: ValueNode }
  /** Variables that are no longer what the head of the rule says. */
  | { readonly does: 'let'; readonly path: string; readonly names: readonly string[] };
