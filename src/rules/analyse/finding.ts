// What an analysis finds: never an error, a rule may be saved with it.

export const findingCodes = [
  /** Rules that wake each other, or one that wakes itself, without anything that provably ends it. */
  'loop',
  /** Two rules that may run together write different values to one topic. */
  'conflicting-writers',
  /** It can never run by itself. */
  'dead-rule',
  /** Nothing was ever heard on what it hears or reads. */
  'unknown-topic',
  /** No message had that field. */
  'unknown-field',
  /** No message had that value. */
  'unknown-value',
  'missing-device',
  'missing-rule',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** One place on the way: of a loop every step, of anything else where it stands. */
export interface FindingStep {
  readonly rule: string;
  /** In the document. */
  readonly path: string;
  /** What leads on from there: a topic, `event NAME`, `rule ID`; empty where nothing does. */
  readonly to: string;
}

export interface AnalysisFinding {
  readonly code: FindingCode;
  /** `note`: likely meant, or harmless. */
  readonly severity: 'warning' | 'note';
  /** The first is the one that it is shown with. */
  readonly rules: readonly string[];
  readonly path: readonly FindingStep[];
  /** For people. */
  readonly words: string;
  /** What the words are made of, for who says them in another language; `why` tells sentences of one code apart. */
  readonly params: FindingParams;
  readonly suggestion?: string;
}

export type FindingParams = Readonly<Record<string, string>>;

/** A finding about one place of one rule. */
export interface Remark {
  readonly rule: string;
  readonly path: string;
  readonly words: string;
  readonly params: FindingParams;
  readonly suggestion?: string | undefined;
}

export function remarkFinding(
  code: FindingCode,
  severity: AnalysisFinding['severity'],
  { rule, path, words, params, suggestion }: Remark,
): AnalysisFinding {
  const place = { rule, path, to: '' };
  return { code, severity, rules: [rule], path: [place], words, params, ...(suggestion && { suggestion }) };
}
