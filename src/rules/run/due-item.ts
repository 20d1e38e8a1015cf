/** What comes due by itself. */
export type DueItem =
  | { readonly kind: 'run'; readonly run: string; readonly thread: number; readonly rule: string }
  | { readonly kind: 'schedule'; readonly rule: string; readonly trigger: number }
  /** What a trigger holds has held long enough. */
  | { readonly kind: 'hold'; readonly rule: string; readonly mark: string }
  /** The clock alone may have changed something. */
  | { readonly kind: 'look' };
