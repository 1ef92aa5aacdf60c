import type { BufferMemory } from './buffer-memory.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { ProducerBatch } from './producer-batch.ts';

/**
 * Smaller batches are compressed where they are sent: the way to another thread and back costs more of the event loop
 * than it saves. From here on it saves two thirds (lz4, snappy) to nine tenths (gzip, zstd).
 */
const THREAD_FROM_BYTES = 32 * 1024;
/** zstd is fast enough that it takes twice that for a gain. */
const ZSTD_THREAD_FROM_BYTES = 64 * 1024;
/** As many as Node.js has threads for; more would only hold memory. */
const MAX_AT_ONCE = 4;
/** As many as may be on the wire: those behind have time. */
const LOOK_AHEAD_BATCHES = 5;

export interface BatchCompressorOptions {
  readonly compression: string;
  readonly mayUseThreads: boolean;
  readonly memory: BufferMemory;
  /** A batch can be sent now, or another one can be compressed. */
  readonly onDone: () => void;
}

/**
 * Compresses large batches off the event loop, while they wait in their queues: first come, first sent, since a batch
 * that is not ready holds up those behind it. What comes out counts as used memory until the records themselves are no
 * longer needed.
 */
export class BatchCompressor {
  readonly #options: BatchCompressorOptions;
  readonly #fromBytes: number;
  #running = 0;

  constructor(options: BatchCompressorOptions) {
    this.#options = options;
    const hasThreads = options.mayUseThreads && options.compression !== 'none';
    const fromBytes = options.compression === 'zstd' ? ZSTD_THREAD_FROM_BYTES : THREAD_FROM_BYTES;
    this.#fromBytes = hasThreads ? fromBytes : Infinity;
  }

  /**
   * Whether the first batch of the queue can be sent in this turn. Begins with it if not; it takes no more records then.
   * Asks to be called only when the batch has waited long enough.
   */
  isReady(queue: PartitionQueue): boolean {
    const batch = queue.batches[0]!;
    if (!this.#needsThread(batch)) return true;
    if (batch === queue.open) queue.closeOpen();
    this.#begin(batch);
    return false;
  }

  /** Begins with full batches that will go soon. */
  lookAhead(queue: PartitionQueue): void {
    if (this.#fromBytes === Infinity) return;
    const end = Math.min(queue.batches.length, LOOK_AHEAD_BATCHES);
    for (let index = 0; index < end && this.#running < MAX_AT_ONCE; index++) {
      const batch = queue.batches[index]!;
      if (batch !== queue.open && this.#needsThread(batch)) this.#begin(batch);
    }
  }

  #needsThread(batch: ProducerBatch): boolean {
    return batch.uncompressedBytes >= this.#fromBytes && !batch.isEncoded && !batch.isUncompressible;
  }

  #begin(batch: ProducerBatch): void {
    if (batch.isCompressing || this.#running >= MAX_AT_ONCE) return;
    this.#running++;
    const { memory, onDone } = this.#options;
    const bytes = batch.uncompressedBytes;
    memory.take(bytes);
    batch
      .compressAhead()
      // What is wrong shows again, to whoever sends it, when it is compressed in place.
      .catch(() => (batch.isUncompressible = true))
      .finally(() => {
        this.#running--;
        memory.release(bytes);
        onDone();
      });
  }
}
