export type { Credentials, PublishNotice } from './emulator/account.ts';
export { keyPattern, newCredentials } from './emulator/cloud.ts';
export { type Conduct, usualConduct } from './emulator/conduct.ts';
export { BemfaEmulator, type DoorName, doorNames, type EmulatorOptions } from './emulator/emulator.ts';
export type { SessionNotice } from './emulator/mqtt/sessions.ts';
export type { Spoken, VoiceCommand } from './emulator/voice.ts';
