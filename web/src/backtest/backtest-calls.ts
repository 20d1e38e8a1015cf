// Asks what a rule would have done, and tells how far the answer is.
import { ApiError } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { BacktestEvent, BacktestRequest, BacktestView } from '../api/types.ts';

type Line = BacktestEvent | { readonly error: { readonly code: string; readonly detail: string } };

export interface BacktestAsked {
  readonly rule: string;
  readonly request: BacktestRequest;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export async function backtest(api: ApiClient, asked: BacktestAsked): Promise<BacktestView> {
  const { rule, request: json, signal, onProgress } = asked;
  const path = `/rules/${encodeURIComponent(rule)}/backtest`;
  for await (const line of api.lines<Line>(path, { method: 'POST', json, signal })) {
    if ('error' in line) throw new ApiError({ status: 500, ...line.error });
    if ('result' in line) return line.result;
    onProgress(line.progress);
  }
  throw new ApiError({ status: 200, code: 'bad-answer', detail: 'the backtest told no result' });
}
