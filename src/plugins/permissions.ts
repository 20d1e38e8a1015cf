// What a plugin may, of what its manifest asks for.
import { matchesFilter } from '../base/index.ts';
import type { PluginManifest } from './contract.ts';
import { fail } from './errors.ts';

/** Whether every topic of `wanted` is one of `granted`. */
function covers(granted: string, wanted: string): boolean {
  if (!matchesFilter(granted, wanted)) return false;
  if (!wanted.endsWith('#')) return true;
  const levels = granted.split('/');
  return levels.at(-1) === '#' && levels.length <= wanted.split('/').length;
}

/** Topics that are the house's own. */
function isReserved(topic: string): boolean {
  return topic.startsWith('$SYS/') || topic.startsWith('homerule/');
}

export class Permissions {
  readonly #manifest: PluginManifest;

  constructor(manifest: PluginManifest) {
    this.#manifest = manifest;
  }

  publish(topic: string): void {
    const granted = this.#manifest.permissions?.publish ?? [];
    if (isReserved(topic)) throw this.#refuse(`publish on "${topic}", which is the house's own`);
    if (!granted.some((filter) => matchesFilter(filter, topic))) throw this.#refuse(`publish on "${topic}"`);
  }

  subscribe(filter: string): void {
    const granted = this.#manifest.permissions?.subscribe ?? [];
    if (!granted.some((one) => covers(one, filter))) throw this.#refuse(`subscribe to "${filter}"`);
  }

  devices(deed: 'read' | 'set' | 'describe'): void {
    if (this.#manifest.permissions?.devices?.includes(deed) !== true) throw this.#refuse(`${deed} devices`);
  }

  secret(name: string): void {
    if (this.#manifest.permissions?.secrets?.includes(name) !== true)
      throw this.#refuse(`read the secret "${name}"`);
  }

  http(): void {
    if (this.#manifest.permissions?.http !== true) throw this.#refuse('answer HTTP requests');
  }

  #refuse(deed: string): Error {
    const { id } = this.#manifest;
    return fail('plugin-not-allowed', `${id} may not ${deed}: its plugin.json has no permission for it`);
  }
}
