// What a bridge counts; every bound has a number here that shows when it was hit.
export class BridgeCounters {
  /** Handed over to the remote, and acknowledged when QoS is above 0. */
  sent = 0;
  /** Taken over from the remote. */
  received = 0;
  /** Left the queue because it was full, oldest first. */
  dropped = 0;
  /** QoS 0 while there was no connection. */
  missed = 0;
  /** Ran out of their time while they waited. */
  expired = 0;
  /** Refused by the remote, or by the house. */
  refused = 0;
  /** Our own, heard again. */
  echoes = 0;
  /** Came home through other houses or bridges. */
  loops = 0;
  connects = 0;
  failures = 0;
}

export interface BridgeFigures extends Readonly<BridgeCounters> {
  readonly queued: number;
  readonly queuedBytes: number;
}
