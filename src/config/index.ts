export { type Environment, processEnvironment } from './environment.ts';
export { type ConfigKey, configKeys } from './keys.ts';
export { dataFolder, type LoadedConfig, type LoadOptions, loadConfig } from './load.ts';
export { type TranslatedOption, type Translation, translateMosquitto } from './mosquitto/translate.ts';
export { packageVersion } from './package-version.ts';
export { configReference, defaultText } from './reference.ts';
export type { Config } from './schema.ts';
export type { Origin } from './setting.ts';
export { socketPath } from './socket-path.ts';
