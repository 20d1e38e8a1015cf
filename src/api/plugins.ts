// Use cases about plugins. What a plugin may is decided by its manifest; who may have it here is decided by who administers.
import type { Actor, PluginsApi } from './api.ts';
import type {
  NotificationRequest,
  PluginActionView,
  PluginHttpAnswer,
  PluginHttpRequest,
  PluginView,
} from './contract/plugins.ts';
import { fail } from './errors.ts';
import type { PluginsPort } from './ports.ts';

export class Plugins implements PluginsApi {
  readonly #port: PluginsPort;

  constructor(port: PluginsPort) {
    this.#port = port;
  }

  list(): readonly PluginView[] {
    return this.#port.list();
  }

  get(id: string): PluginView {
    return this.#port.get(id);
  }

  install(_actor: Actor, folder: string): Promise<PluginView> {
    return this.#port.install(folder);
  }

  setEnabled(_actor: Actor, id: string, isEnabled: boolean): Promise<PluginView> {
    return isEnabled ? this.#port.enable(id) : this.#port.disable(id);
  }

  configure(_actor: Actor, id: string, config: Readonly<Record<string, unknown>>): Promise<PluginView> {
    return this.#port.configure(id, config);
  }

  remove(_actor: Actor, id: string): Promise<void> {
    return this.#port.remove(id);
  }

  async act(
    _actor: Actor,
    path: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<PluginActionView> {
    const [id = '', ...action] = path.split('/');
    return { result: await this.#port.act(id, action.join('/'), input) };
  }

  channels(): readonly string[] {
    return this.#port.channels();
  }

  notify(_actor: Actor, { channels, ...notification }: NotificationRequest): Promise<void> {
    return this.#port.notify(channels, notification);
  }

  async answer({ may, name }: Actor, id: string, request: PluginHttpRequest): Promise<PluginHttpAnswer> {
    const route = this.#port.routeFor(id, request);
    if (!may.includes(route.needs))
      throw fail('not-allowed', `${name} may not do this: it needs the permission "${route.needs}"`, {
        params: { needs: route.needs },
      });
    return route.answer(request);
  }
}
