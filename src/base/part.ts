// A part of the running house. Constructors only store; `start` acquires, `stop` gives everything back.
export interface Part {
  start(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}
