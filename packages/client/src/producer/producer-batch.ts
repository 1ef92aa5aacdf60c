import {
  RECORD_BATCH_OVERHEAD,
  RecordBatchBuilder,
  type BatchMemory,
  type CompressionType,
} from '@millrace/protocol';
import type { FollowedRecord } from '../observability/record-journey.ts';
import { BatchCompletion } from './batch-completion.ts';
import type { ProducerIdentity, SequencedBatch } from './partition-sequencer.ts';
import type { ProducerRecord } from './producer-record.ts';
import { setProducerState, withProducerState } from './producer-state.ts';

export interface ProducerBatchOptions {
  readonly topic: string;
  readonly partition: number;
  /** Most bytes before compression; a first record may be larger. */
  readonly maxBytes: number;
  /** Memory to begin with. */
  readonly initialBytes: number;
  readonly compression: CompressionType;
  readonly compressionLevel: number | undefined;
  /** Default false. */
  readonly isTransactional?: boolean;
  /** What the batch holds of `buffer.memory` until it is done. */
  readonly reservedBytes: number;
  /** Monotonic time of the first append. */
  readonly createdMs: number;
  /** Default: new memory, which is left to the garbage collector. */
  readonly memory?: BatchMemory;
}

const NO_ONE = { producerId: 0, producerEpoch: 0, baseSequence: 0 };

/** Records of one partition on their way into one record batch, from the first append to the answer. */
export class ProducerBatch implements SequencedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly completion: BatchCompletion;
  readonly createdMs: number;
  /** Of `buffer.memory`, until the batch is done. */
  reservedBytes: number;
  /** Place in the order of first sendings of its partition; `Infinity` before. */
  order = Infinity;
  /** How much of the order is its own: parts of a split batch share what their whole had. */
  orderSpan = 1;
  /** How often it was written to a connection. */
  attempts = 0;
  /** Not to be sent again before, unless the leader changes. Monotonic. */
  retryAtMs = 0;
  /** Of the leader it was last sent to. */
  leaderEpoch = -1;
  isOnWire = false;
  /** Before compression. */
  largestRecordBytes = 0;
  /** Why the last attempt failed; the cause of a delivery time-out. */
  lastFailure: Error | undefined;
  baseSequence = -1;
  /** Another thread could not compress it. */
  isUncompressible = false;
  /** Of records in it that somebody follows. */
  followed: FollowedRecord[] | undefined;
  #identity: ProducerIdentity | undefined;
  #builder: RecordBatchBuilder | undefined;
  /** Whose memory `#encoded` is. */
  #lender: RecordBatchBuilder | undefined;
  #recordCount = 0;
  #uncompressedBytes = 0;
  #encoded: Buffer | undefined;
  /** Somebody may be reading `#encoded`. */
  #isGivenOut = false;
  #isResequenced = false;
  #isCompressing = false;
  readonly #isTransactional: boolean;
  readonly #isCompressed: boolean;

  constructor(options: ProducerBatchOptions) {
    this.topic = options.topic;
    this.#isTransactional = options.isTransactional ?? false;
    this.#isCompressed = options.compression !== 'none';
    this.partition = options.partition;
    this.completion = new BatchCompletion(options.topic, options.partition);
    this.createdMs = options.createdMs;
    this.reservedBytes = options.reservedBytes;
    this.#builder = new RecordBatchBuilder({
      maxBytes: options.maxBytes,
      initialBytes: options.initialBytes,
      compression: options.compression,
      ...(options.compressionLevel === undefined ? {} : { compressionLevel: options.compressionLevel }),
      ...(options.memory === undefined ? {} : { memory: options.memory }),
    });
  }

  get recordCount(): number {
    return this.#recordCount;
  }

  /** Before compression. */
  get uncompressedBytes(): number {
    return this.#uncompressedBytes;
  }

  /** Encoded, or encoded as far as it is without compression. */
  get sizeBytes(): number {
    return this.#encoded?.length ?? this.#uncompressedBytes;
  }

  /** False leaves the batch as it is: the record does not fit, or the batch has been encoded. */
  tryAppend(record: ProducerRecord, timestampMs: number): boolean {
    const builder = this.#builder;
    if (builder === undefined || this.#isCompressing) return false;
    const { key = null, headers } = record;
    if (!builder.tryAppend(timestampMs, key, record.value, headers)) return false;
    const sizeBytes = builder.estimatedSizeBytes;
    const recordBytes =
      sizeBytes - (this.#recordCount === 0 ? RECORD_BATCH_OVERHEAD : this.#uncompressedBytes);
    if (recordBytes > this.largestRecordBytes) this.largestRecordBytes = recordBytes;
    this.#recordCount++;
    this.#uncompressedBytes = sizeBytes;
    return true;
  }

  /** What `SequencedBatch` asks for: new producer fields, in the bytes too if there are any. */
  setSequence(identity: ProducerIdentity, baseSequence: number): void {
    this.#identity = identity;
    this.baseSequence = baseSequence;
    this.#isResequenced = this.#encoded !== undefined;
  }

  /** Its bytes are there, or will be without much work. */
  get isEncoded(): boolean {
    return this.#encoded !== undefined;
  }

  get isCompressing(): boolean {
    return this.#isCompressing;
  }

  /**
   * Compresses off the event loop, before the batch has its sequence. Appending ends here; `encode()` is for afterwards.
   * @throws what the codec threw; the batch is as it was then, but takes no more records
   */
  async compressAhead(): Promise<void> {
    this.#isCompressing = true;
    try {
      // A transactional batch must have a producer from the start; `encode()` says which.
      const fields = this.#isTransactional ? { ...NO_ONE, isTransactional: true } : {};
      this.#built(await this.#builder!.buildAsync(fields));
      this.#isResequenced = this.#identity !== undefined;
    } finally {
      this.#isCompressing = false;
    }
  }

  /** The bytes to send; the same ones every time unless the sequence was changed. Appending ends here. */
  encode(): Buffer {
    if (this.#encoded === undefined) {
      const identity = this.#identity;
      const fields =
        identity === undefined
          ? {}
          : {
              producerId: identity.producerId,
              producerEpoch: identity.epoch,
              baseSequence: this.baseSequence,
              isTransactional: this.#isTransactional,
            };
      this.#built(this.#builder!.build(fields));
    } else if (this.#isResequenced) {
      const change = this.#isGivenOut ? withProducerState : setProducerState;
      this.#encoded = change(this.#encoded, this.#identity!, this.baseSequence);
    }
    this.#isGivenOut = true;
    this.#isResequenced = false;
    return this.#encoded!;
  }

  /**
   * Nothing reads its bytes any more: others may have the memory. Of a batch that was written once and answered, since a
   * broker that answers has read all of it; what was written to a connection that got lost may still be in its queue.
   */
  recycle(): void {
    this.#lender?.release();
    this.#lender = undefined;
  }

  #built(encoded: Buffer): void {
    this.#encoded = encoded;
    if (this.#isCompressed) this.#builder!.release();
    else this.#lender = this.#builder;
    this.#builder = undefined;
  }
}
