// What people see of a plugin.
import type { PluginManifest } from './contract.ts';
import type { FoundPlugin } from './folders.ts';
import type { RunningPlugin } from './running-plugin.ts';

/** `GET /plugins` items. */
export interface PluginView extends Omit<PluginManifest, 'main' | 'config' | 'permissions'> {
  readonly origin: 'shipped' | 'installed';
  /** In a process of its own. */
  readonly isIsolated: boolean;
  readonly enabled: boolean;
  readonly state: 'off' | 'starting' | 'running' | 'waiting' | 'failed';
  /** Why it is off, failed or waits; empty when it runs or a person switched it off. */
  readonly reason: string;
  /** As the plugin itself says. */
  readonly health: 'ok' | 'degraded' | 'failing';
  readonly words: string;
  readonly permissions: NonNullable<PluginManifest['permissions']>;
  /** JSON Schema of the configuration. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Secrets stand in it as `{ "$secret": NAME }`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly actions: readonly string[];
  readonly channels: readonly string[];
  readonly functions: readonly string[];
  readonly routes: readonly string[];
  readonly figures: PluginFigures;
}

/** Since the plugin was switched on. */
export interface PluginFigures {
  /** Calls to the house, and those refused as too many. */
  readonly calls: number;
  readonly refused: number;
  /** Messages that it was too slow for. */
  readonly dropped: number;
  readonly errors: number;
  readonly crashes: number;
}

export interface KnownPlugin {
  readonly found: FoundPlugin;
  readonly isIsolated: boolean;
  readonly enabled: boolean;
  readonly reason: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly running: RunningPlugin | undefined;
}

export function viewOf({ found, isIsolated, enabled, reason, config, running }: KnownPlugin): PluginView {
  const { main: _, config: schema, permissions, ...head } = found.manifest;
  const desk = running?.desk;
  const { state: health, words } = desk?.health ?? { state: 'ok', words: '' };
  return {
    ...head,
    origin: found.origin,
    isIsolated,
    enabled,
    state: running?.state ?? (reason === '' ? 'off' : 'failed'),
    reason: running?.reason || reason,
    health,
    words,
    permissions: permissions ?? {},
    schema: schema ?? {},
    config,
    actions: [...(desk?.offers.actions.keys() ?? [])],
    channels: [...(desk?.offers.channels ?? [])],
    functions: [...(desk?.offers.functions ?? [])],
    routes: [...(desk?.offers.routes.keys() ?? [])],
    figures: {
      calls: 0,
      refused: 0,
      dropped: 0,
      errors: 0,
      crashes: 0,
      ...desk?.figures(),
      ...running?.figures(),
    },
  };
}
