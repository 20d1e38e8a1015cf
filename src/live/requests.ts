// Reads what a live client sends.
import { type LiveRequest, liveRequest } from '../api/index.ts';
import { messageOf } from '../base/index.ts';
import { liveError } from './errors.ts';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw liveError('bad-request', `this is not JSON: ${messageOf(cause)}`, { cause });
  }
}

/** The id of a request that is otherwise wrong, so that the answer finds its question. */
function idOf(value: unknown): { id?: string } {
  if (typeof value !== 'object' || value === null || !('id' in value)) return {};
  return typeof value.id === 'string' && value.id.length <= 100 ? { id: value.id } : {};
}

/** Throws `bad-request` with `details.id` when there is one. */
export function parseRequest(text: string): LiveRequest {
  const value = parseJson(text);
  const parsed = liveRequest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw liveError('bad-request', `${where}${issue?.message ?? 'not a live request'}`, {
    details: idOf(value),
  });
}
