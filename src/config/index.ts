export { brokerLimits } from './broker-limits.ts';
export { type CertificatePaths, certificatePaths } from './certificate-paths.ts';
export { type Environment, processEnvironment } from './environment.ts';
export { historyPolicy } from './history-keys.ts';
export {
  type TranslatedRule,
  translateHomeAssistant,
  translateHomeAssistantText,
} from './home-assistant/translate.ts';
export { type ConfigKey, configKeys } from './keys.ts';
export { dataFolder, type LoadedConfig, type LoadOptions, loadConfig } from './load.ts';
export type { TranslatedOption } from './mosquitto/outcome.ts';
export { type Translation, translateMosquitto } from './mosquitto/translate.ts';
export { packageRoot } from './package-root.ts';
export { packageVersion } from './package-version.ts';
export { configReference, defaultText } from './reference.ts';
export type { Config } from './schema.ts';
export type { Origin } from './setting.ts';
export { socketPath } from './socket-path.ts';
