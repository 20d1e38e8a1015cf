// What only the form asks of the server.
import type { ApiClient } from '../api/client.ts';
import type { PresentView, TopicDetail } from '../api/types.ts';

/** How the triggers and conditions of a text stand now. */
export function presentOf(api: ApiClient, yaml: string, signal: AbortSignal): Promise<PresentView> {
  return api.call('/expressions/present', { method: 'POST', yaml, signal });
}

/** With what the topic was seen to say. */
export function topicDetail(api: ApiClient, topic: string, signal: AbortSignal): Promise<TopicDetail> {
  return api.call(`/topics/${encodeURIComponent(topic)}`, { signal });
}
