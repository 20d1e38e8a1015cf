// The shapes about what is wrong with rules as a whole, and the graph of who wakes whom.
import type { AnalysisFinding, GraphEdge, GraphNode } from '../../rules/index.ts';

/** Never an error: a rule may be saved with it. */
export type FindingView = AnalysisFinding;
export type { FindingCode, FindingStep, GraphEdge, GraphNode, GraphNodeKind } from '../../rules/index.ts';

/** `GET /rules/analysis` */
export interface AnalysisView {
  /** How many were looked at. */
  readonly rules: number;
  readonly findings: readonly FindingView[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** There is more than is listed. */
  readonly isPartial: boolean;
}
