// What people see of a plugin.
import type { PluginView } from '../api/index.ts';
import type { FoundPlugin } from './folders.ts';
import type { RunningPlugin } from './running-plugin.ts';

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
