// What a room may say. Levels: error = somebody must act; warn = something was refused or dropped;
// info = a person would want it in the journal of the day; debug = for the one who mends it.
export interface Logger {
  error(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  info(fields: object, text: string): void;
  debug(fields: object, text: string): void;
}

const nothing = (): void => undefined;

/** Says nothing; for tests and replays. */
export const silentLogger: Logger = { error: nothing, warn: nothing, info: nothing, debug: nothing };
