import { RecentSamples } from '@millrace/replication';

/** What went through the connections of one listener since the start. Plain numbers: they are added to per request. */
export class ListenerTraffic {
  connectionsOpened = 0;
  connectionsClosed = 0;
  bytesIn = 0;
  bytesOut = 0;
  requests = 0;
  responses = 0;
  successfulAuthentications = 0;
  failedAuthentications = 0;
  readonly #opened = new RecentSamples();
  readonly #closed = new RecentSamples();

  opened(nowMs: number): void {
    this.connectionsOpened++;
    this.#opened.record(1, nowMs);
  }

  closed(nowMs: number): void {
    this.connectionsClosed++;
    this.#closed.record(1, nowMs);
  }

  /** Over the last half to whole minute. */
  openedPerSec(nowMs: number): number {
    return this.#opened.perSec(nowMs);
  }

  /** Over the last half to whole minute. */
  closedPerSec(nowMs: number): number {
    return this.#closed.perSec(nowMs);
  }
}
