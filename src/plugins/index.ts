export { CallLimit, callLimits } from './call-limit.ts';
export type * from './contract.ts';
export { fail as pluginError } from './errors.ts';
export { PluginFolders } from './folders.ts';
export { parseManifest } from './manifest.ts';
export { Plugins, type PluginsOptions } from './plugins.ts';
export type {
  DescribedSource,
  OfferedFunction,
  PluginBroker,
  PluginDirectory,
  PluginFunctions,
  PluginHouse,
  PluginRow,
  PluginSecrets,
  PluginStore,
  PluginValueRow,
} from './ports.ts';
export { valueKey } from './ports.ts';
