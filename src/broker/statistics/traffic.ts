// What one connection has carried, each way. Plain numbers, written where things happen.
export class Traffic {
  packetsReceived = 0;
  packetsSent = 0;
  publishesReceived = 0;
  publishesSent = 0;
  /** Bytes of MQTT, without what TLS and WebSocket add. */
  bytesReceived = 0;
  bytesSent = 0;
  /** Messages that it did not get: it fell too far behind, or they were too large or too old. */
  dropped = 0;
}
