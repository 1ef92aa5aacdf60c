/**
 * The request that a connection is serving, and when what happened to it. A connection serves one at a time, so it has
 * one of these and uses it again for each: a request costs no object. Times are monotonic milliseconds.
 */
export class ServedRequest {
  /** -1 while the header is not read. */
  apiKey = -1;
  version = 0;
  correlationId = 0;
  clientId: string | null = null;
  requestBytes = 0;
  responseBytes = 0;
  /** When the last byte of it was read. */
  arrivedMs = 0;
  startedMs = 0;
  /** When the handler began to wait for something that others must do; 0 if it did not. */
  waitingSinceMs = 0;
  /** When the answer was there. */
  answeredMs = 0;
  /** Whether the peer, or its operating system, had room for the whole answer. */
  isSent = true;
  /** Decoded, for a log that shows them; `undefined` otherwise. */
  request: object | undefined;
  response: object | undefined;

  begin(requestBytes: number, arrivedMs: number, startedMs: number): void {
    this.apiKey = -1;
    this.requestBytes = requestBytes;
    this.responseBytes = 0;
    this.arrivedMs = arrivedMs;
    this.startedMs = startedMs;
    this.waitingSinceMs = 0;
    this.isSent = true;
    this.request = undefined;
    this.response = undefined;
  }

  /** From the arrival of the request until its answer is handed to the operating system. */
  get totalMs(): number {
    return this.answeredMs - this.arrivedMs;
  }

  /** How long it stood behind others of its connection. */
  get queueMs(): number {
    return Math.max(0, this.startedMs - this.arrivedMs);
  }

  /** Work of this node, disk included. */
  get localMs(): number {
    return (this.waitingSinceMs === 0 ? this.answeredMs : this.waitingSinceMs) - this.startedMs;
  }

  /** Waiting for records, or for the other members of a group. */
  get remoteMs(): number {
    return this.waitingSinceMs === 0 ? 0 : this.answeredMs - this.waitingSinceMs;
  }
}
