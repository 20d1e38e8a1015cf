// What adapters may ask about plugins.
import type { Actor } from '../access/actor.ts';
import type {
  NotificationRequest,
  PluginActionView,
  PluginHttpAnswer,
  PluginHttpRequest,
  PluginView,
} from '../contract/plugins.ts';

export interface PluginsApi {
  /** By id. */
  list(): readonly PluginView[];
  /** Throws `plugin-missing`. */
  get(id: string): PluginView;
  /** From a folder of this machine; it is not switched on. Throws `plugin-invalid`, `plugin-exists`. */
  install(actor: Actor, folder: string): Promise<PluginView>;
  /** Throws `plugin-missing`, `plugin-config-invalid`. */
  setEnabled(actor: Actor, id: string, isEnabled: boolean): Promise<PluginView>;
  /** Throws `plugin-missing`, `plugin-config-invalid`; then nothing has changed. */
  configure(actor: Actor, id: string, config: Readonly<Record<string, unknown>>): Promise<PluginView>;
  /** Throws `plugin-missing`, `plugin-fixed`. */
  remove(actor: Actor, id: string): Promise<void>;
  /** As `call: ID/ACTION` of rules. Throws `plugin-missing`, `plugin-unavailable`, `plugin-bad-call` and what the plugin does. */
  act(actor: Actor, path: string, input: Readonly<Record<string, unknown>>): Promise<PluginActionView>;
  /** Names of channels that can be sent through now. */
  channels(): readonly string[];
  /** As `notify` of rules; resolves when it was sent through all of them. Throws as `act`. */
  notify(actor: Actor, request: NotificationRequest): Promise<void>;
  /** A request under `/plugins/ID`. Throws what its route does, and `not-allowed` when the plugin asks for more. */
  answer(actor: Actor, id: string, request: PluginHttpRequest): Promise<PluginHttpAnswer>;
}
