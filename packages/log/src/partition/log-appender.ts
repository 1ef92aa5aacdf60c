import {
  batchBaseOffset,
  batchLastOffset,
  batchLastOffsetDelta,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchProducerId,
  batchSizeBytes,
  isBatchControl,
  isBatchCrcValid,
  isBatchLogAppendTime,
  KafkaError,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
  batchBaseSequence,
  wholeBatchSizeBytes,
} from '@millrace/protocol';
import type { PendingAppend } from '../append/append-queue.ts';
import type { AppendOptions, AppendResult } from '../append/append-result.ts';
import { validateBatch } from '../append/validate-batch.ts';
import { LogClosedError, UnexpectedOffsetError } from '../errors.ts';
import { dataBatch, transactionMarker } from '../producer/apply-batch.ts';
import type { ProducerEntry } from '../producer/producer-entry.ts';
import { recallBatches } from '../producer/recall-batches.ts';
import { InFlightProducers } from '../producer/in-flight-producers.ts';
import {
  checkProducerBatch,
  checkProducerEpoch,
  checkTransactionMarker,
} from '../producer/producer-check.ts';
import type { LogContext } from './log-context.ts';
import type { LogWriter } from './log-writer.ts';
import type { PartitionState } from './partition-state.ts';

const NO_RECORDS = Buffer.alloc(0);

/**
 * Accepts appends: checks them, gives them offsets and queues them for the writer. Everything here happens in the
 * turn of the call, so that the order of calls is the order of offsets.
 */
export class LogAppender {
  readonly #context: LogContext;
  readonly #state: PartitionState;
  readonly #writer: LogWriter;
  readonly #appendAgain: LogAppender['append'];
  readonly #inFlight: InFlightProducers;
  /** Offset for the next record, ahead of the log end by what is queued. */
  #nextOffset: number;

  /** @param appendAgain From the door of the log, where a truncation that has begun meanwhile is waited for. */
  constructor(
    context: LogContext,
    state: PartitionState,
    writer: LogWriter,
    appendAgain: LogAppender['append'],
  ) {
    this.#context = context;
    this.#state = state;
    this.#writer = writer;
    this.#appendAgain = appendAgain;
    this.#inFlight = new InFlightProducers(state.producers);
    this.#nextOffset = state.logEndOffset;
  }

  async append(records: Buffer, options: AppendOptions): Promise<AppendResult> {
    if (this.#state.isClosed) throw new LogClosedError(this.#context.name);
    this.#state.directory.assertOnline();
    if (!this.#writer.isBusy) this.#inFlight.clear();
    let append: Omit<PendingAppend, 'resolve' | 'reject'>;
    try {
      append =
        options.origin === 'replication'
          ? this.#acceptReplicated(records, options.leaderEpoch)
          : this.#acceptLeader(records, options);
    } catch (error) {
      const entry = this.#forgetful(records, error);
      if (entry === undefined) throw error;
      await this.#recall(entry);
      return this.#appendAgain(records, options);
    }
    return new Promise((resolve, reject) => {
      this.#writer.write({ ...append, resolve, reject });
    });
  }

  /** What the next append of a producer is checked against, `undefined` if nothing is known. */
  producer(producerId: number): ProducerEntry | undefined {
    return this.#inFlight.get(producerId);
  }

  /** After a truncation or a failed write: what was accepted and not written is gone. */
  reset(): void {
    this.#nextOffset = this.#state.logEndOffset;
    this.#inFlight.clear();
  }

  /** The producer whose batch was refused only because its snapshot did not tell of it, perhaps. */
  #forgetful(records: Buffer, error: unknown): ProducerEntry | undefined {
    if (!(error instanceof KafkaError) || error.code !== 'OUT_OF_ORDER_SEQUENCE_NUMBER') return undefined;
    const { producerId, producerEpoch, lastSequence } = dataBatch(records, 0);
    const entry = this.#inFlight.get(producerId);
    return entry?.mayHaveForgotten(producerEpoch, lastSequence) === true ? entry : undefined;
  }

  /** Once for each producer of a snapshot, unless the log is cut meanwhile, which makes its entry anew. */
  async #recall(entry: ProducerEntry): Promise<void> {
    const { producers, segments, directory, truncations } = this.#state;
    const older = await directory.guard(() => recallBatches(segments, entry));
    if (this.#state.truncations !== truncations) return;
    entry.recall(older);
    // The one that is written and the one that is ahead of it may be two.
    producers.get(entry.producerId)?.recall(older);
  }

  #acceptLeader(records: Buffer, options: AppendOptions): Omit<PendingAppend, 'resolve' | 'reject'> {
    const { name, config, host } = this.#context;
    const isClient = options.origin === 'client';
    const isUnchecked = isClient && options.isValidated !== true;
    const batches = isUnchecked
      ? validateBatch(records, { name, config: config(), nowMs: host.clock.nowMs() })
      : isClient
        ? records
        : checkWhole(records, name);
    const duplicate = this.#checkProducers(batches, options);
    if (duplicate !== undefined) return duplicate;
    const baseOffset = this.#nextOffset;
    let nextOffset = baseOffset;
    let maxTimestampMs = -1;
    let batchCount = 0;
    for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
      setBatchBaseOffset(batches, at, nextOffset);
      setBatchLeaderEpoch(batches, at, options.leaderEpoch);
      this.#acceptProducer(batches, at);
      nextOffset += batchLastOffsetDelta(batches, at) + 1;
      maxTimestampMs = Math.max(maxTimestampMs, batchMaxTimestamp(batches, at));
      batchCount++;
    }
    this.#nextOffset = nextOffset;
    const lastOffset = nextOffset - 1;
    const logAppendTimeMs = isBatchLogAppendTime(batches, 0) ? batchMaxTimestamp(batches, 0) : -1;
    const result = this.#result(baseOffset, lastOffset, logAppendTimeMs, false);
    return { records: batches, batchCount, baseOffset, lastOffset, maxTimestampMs, result };
  }

  #acceptReplicated(records: Buffer, leaderEpoch: number): Omit<PendingAppend, 'resolve' | 'reject'> {
    const { name } = this.#context;
    checkWhole(records, name);
    let nextOffset = this.#nextOffset;
    let maxTimestampMs = -1;
    let batchCount = 0;
    let end = 0;
    while (end < records.length) {
      // From a newer leader than the one this replica follows: it must be fetched under that epoch.
      if (leaderEpoch >= 0 && batchLeaderEpoch(records, end) > leaderEpoch) break;
      if (batchBaseOffset(records, end) < nextOffset) {
        throw new UnexpectedOffsetError(name, nextOffset, batchBaseOffset(records, end));
      }
      nextOffset = batchLastOffset(records, end) + 1;
      maxTimestampMs = Math.max(maxTimestampMs, batchMaxTimestamp(records, end));
      this.#acceptProducer(records, end);
      batchCount++;
      end += batchSizeBytes(records, end);
    }
    const baseOffset = end === 0 ? nextOffset : batchBaseOffset(records, 0);
    this.#nextOffset = nextOffset;
    const result = this.#result(baseOffset, nextOffset - 1, -1, false);
    const kept = records.subarray(0, end);
    return { records: kept, batchCount, baseOffset, lastOffset: nextOffset - 1, maxTimestampMs, result };
  }

  /** @returns the answer if the batch is in the log, or on its way there, already. */
  #checkProducers(
    batches: Buffer,
    { origin, transactionVersion }: AppendOptions,
  ): Omit<PendingAppend, 'resolve' | 'reject'> | undefined {
    const { name } = this.#context;
    for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
      const producerId = batchProducerId(batches, at);
      if (producerId < 0) continue;
      const entry = this.#inFlight.get(producerId);
      if (isBatchControl(batches, at)) {
        const marker = transactionMarker(batches, at);
        if (marker !== undefined) checkTransactionMarker(entry, marker, name, transactionVersion);
      } else if (origin !== 'client') {
        if (entry !== undefined) checkProducerEpoch(entry, dataBatch(batches, at), name);
      } else {
        const header = { ...dataBatch(batches, at), baseSequence: batchBaseSequence(batches, at) };
        const known = checkProducerBatch(entry, header, name);
        if (known !== undefined) return this.#duplicate(known);
      }
    }
    return undefined;
  }

  #duplicate(known: {
    readonly lastOffset: number;
    readonly offsetDelta: number;
    readonly timestampMs: number;
  }) {
    const baseOffset = known.lastOffset - known.offsetDelta;
    // Whatever the timestamps of the topic are, as in Kafka: all that is known of the first copy is its largest one.
    const result = this.#result(baseOffset, known.lastOffset, known.timestampMs, true);
    // The first copy may still be on its way to the disk: the answer waits in the queue behind it.
    return {
      records: NO_RECORDS,
      batchCount: 0,
      baseOffset,
      lastOffset: this.#nextOffset - 1,
      maxTimestampMs: -1,
      result,
    };
  }

  #acceptProducer(buffer: Buffer, at: number): void {
    if (batchProducerId(buffer, at) < 0) return;
    if (isBatchControl(buffer, at)) {
      const marker = transactionMarker(buffer, at);
      if (marker !== undefined) this.#inFlight.acceptMarker(marker);
    } else {
      this.#inFlight.acceptData(dataBatch(buffer, at));
    }
  }

  #result(baseOffset: number, lastOffset: number, logAppendTimeMs: number, duplicate: boolean): AppendResult {
    return { baseOffset, lastOffset, logAppendTimeMs, logStartOffset: this.#state.logStartOffset, duplicate };
  }
}

/** @throws KafkaError CORRUPT_MESSAGE unless the buffer holds whole, undamaged batches and nothing else. */
function checkWhole(records: Buffer, name: string): Buffer {
  for (let at = 0; at < records.length;) {
    const size = wholeBatchSizeBytes(records, at);
    if (size === 0 || !isBatchCrcValid(records, at)) {
      throw new KafkaError(
        'CORRUPT_MESSAGE',
        `Records for ${name} are damaged at byte ${at} of ${records.length}`,
      );
    }
    at += size;
  }
  return records;
}
