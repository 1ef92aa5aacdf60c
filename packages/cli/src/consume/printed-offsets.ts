import type { Consumer, ConsumerRecord } from '@millrace/client';
import type { Host } from '@millrace/host';

const COMMIT_INTERVAL_MS = 1000;

/** Commits, for a group, the offsets behind what was printed: about once a second, and at the end. */
export class PrintedOffsets {
  readonly #consumer: Consumer | undefined;
  readonly #host: Host;
  readonly #next = new Map<string, { topic: string; partition: number; offset: number }>();
  #committedAtMs: number;
  records = 0;

  /** @param consumer `undefined` reads without a group: nothing is committed. */
  constructor(consumer: Consumer | undefined, host: Host) {
    this.#consumer = consumer;
    this.#host = host;
    this.#committedAtMs = host.clock.monotonicMs();
  }

  async add(records: readonly ConsumerRecord[]): Promise<void> {
    this.records += records.length;
    for (const { topic, partition, offset } of records) {
      this.#next.set(`${topic}-${partition}`, { topic, partition, offset: offset + 1 });
    }
    if (this.#host.clock.monotonicMs() - this.#committedAtMs >= COMMIT_INTERVAL_MS) await this.commit();
  }

  async commit(): Promise<void> {
    this.#committedAtMs = this.#host.clock.monotonicMs();
    if (this.#consumer === undefined || this.#next.size === 0) return;
    const offsets = [...this.#next.values()];
    this.#next.clear();
    await this.#consumer.commit(offsets);
  }
}
