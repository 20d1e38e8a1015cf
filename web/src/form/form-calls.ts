// What only the form asks of the server.
import type { ApiClient } from '../api/client.ts';
import type { PresentView } from '../api/types.ts';

/** How the triggers and conditions of a text stand now. */
export function presentOf(api: ApiClient, yaml: string, signal: AbortSignal): Promise<PresentView> {
  return api.call('/expressions/present', { method: 'POST', yaml, signal });
}
