// Automations of Home Assistant that somebody pastes: what they look like, and what the server makes of them.
import type { ApiClient } from '../api/client.ts';
import type { TranslationView } from '../api/types.ts';

const parts = [/^\s*-?\s*triggers?:/m, /^\s*-?\s*(?:actions?|sequence):/m];
const words =
  /^\s*-?\s*(?:alias|platform|entity_id|service|initial_state):|^\s*-?\s*(?:trigger|action):\s*\w/m;

/** Rules of this house have triggers and actions, too; words of its own tell it apart. */
export function looksLikeHomeAssistant(text: string): boolean {
  return parts.every((part) => part.test(text)) && words.test(text);
}

export function translate(api: ApiClient, yaml: string): Promise<TranslationView> {
  return api.call('/rules/translate', { method: 'POST', yaml });
}
