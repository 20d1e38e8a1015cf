/** What comes due by itself. */
export type DueItem =
  | { readonly kind: 'run'; readonly run: string; readonly rule: string }
  | { readonly kind: 'schedule'; readonly rule: string; readonly trigger: number };
