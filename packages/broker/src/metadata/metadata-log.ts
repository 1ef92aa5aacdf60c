import { join } from 'node:path';
import type { Host } from '@millrace/host';
import { logConfig, type LogConfig, type LogManager, type PartitionLog } from '@millrace/log';
import {
  buildBatch,
  controlBatch,
  decodeRecords,
  KafkaError,
  recordBatches,
  WireWriter,
} from '@millrace/protocol';
import { LeaderChangeMessage } from '@millrace/protocol/messages/control-records';
import { CorruptMetadataError, invariant, messageOf } from '../errors.ts';
import type { ImageBuilder } from './image-builder.ts';
import { METADATA_TOPIC, METADATA_TOPIC_ID } from './metadata-topic.ts';
import { decodeMetadataRecord, encodeMetadataRecord, type MetadataRecord } from './metadata-record.ts';

/** Kafka's limit for records in one atomic batch. */
export const MAX_RECORDS_PER_BATCH = 10000;

const MAX_BATCH_BYTES = 8 << 20;
const READ_BYTES = 1 << 20;

/** What `MetadataLog.open` needs. */
export interface MetadataLogOptions {
  readonly host: Host;
  readonly logs: LogManager;
  readonly segmentBytes: number;
}

/** Records ready to be appended. */
export interface MetadataBatch {
  readonly bytes: Buffer;
  readonly recordCount: number;
}

/**
 * The log whose replay is the cluster state: partition 0 of `__cluster_metadata`, in Kafka's record framing.
 *
 * A quorum of one commits a batch as soon as its own append is flushed, which is when `append` resolves. Batches are
 * appended in the order of the calls, by this object alone, so their offsets are known before they are written.
 */
export class MetadataLog {
  readonly #host: Host;
  readonly #log: PartitionLog;
  #nextOffset: number;
  #epoch: number;

  private constructor(host: Host, log: PartitionLog) {
    this.#host = host;
    this.#log = log;
    this.#nextOffset = log.logEndOffset;
    this.#epoch = log.latestEpoch;
  }

  static async open({ host, logs, segmentBytes }: MetadataLogOptions): Promise<MetadataLog> {
    const config = metadataLogConfig(segmentBytes);
    const existing = logs.get(METADATA_TOPIC, 0);
    existing?.updateConfig(config);
    const log =
      existing ??
      (await logs.create({ topic: METADATA_TOPIC, partition: 0, topicId: METADATA_TOPIC_ID, config }));
    log.updateHighWatermark(log.logEndOffset);
    return new MetadataLog(host, log);
  }

  /** Offset that the next record gets. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** Epoch of this node's leadership; -1 before `lead`. */
  get epoch(): number {
    return this.#epoch;
  }

  get logStartOffset(): number {
    return this.#log.logStartOffset;
  }

  /** Where its files, and snapshots beside them, are. */
  get directory(): string {
    return join(this.#log.logDir, `${METADATA_TOPIC}-0`);
  }

  /** Applies everything from `fromOffset` to the end. @throws CorruptMetadataError */
  async replay(fromOffset: number, builder: ImageBuilder): Promise<void> {
    let offset = fromOffset;
    while (offset < this.#log.logEndOffset) {
      const read = await this.#log.read({
        offset,
        maxBytes: READ_BYTES,
        minOneMessage: true,
        upTo: 'logEndOffset',
      });
      const next = applyBatches(Buffer.concat(read.records), offset, builder);
      if (next === offset) throw new CorruptMetadataError(`nothing can be read at offset ${offset}`);
      offset = next;
    }
  }

  /**
   * Begins an epoch after all known ones with this node as leader: its first batch is a LeaderChange control record.
   * @param quorumEpoch the newest epoch that is known from elsewhere
   */
  async lead(nodeId: number, quorumEpoch: number): Promise<void> {
    this.#epoch = Math.max(this.#epoch, quorumEpoch) + 1;
    const writer = new WireWriter();
    const self = { voterId: nodeId };
    LeaderChangeMessage.write(
      writer,
      { version: 0, leaderId: nodeId, voters: [self], grantingVoters: [self] },
      0,
    );
    const timestampMs = this.#host.clock.nowMs();
    await this.#append(controlBatch('LEADER_CHANGE', writer.toBuffer(), { timestampMs }), 1);
  }

  /**
   * One atomic batch of records. Apart from `append`, so that what cannot be written is found before anything rests
   * on it.
   * @throws KafkaError POLICY_VIOLATION over the limits; EncodeError for a value that no record can hold
   */
  encode(records: readonly MetadataRecord[]): MetadataBatch {
    const timestampMs = this.#host.clock.nowMs();
    const batch = buildBatch(
      records.map((record) => ({ timestampMs, key: null, value: encodeMetadataRecord(record) })),
    );
    if (records.length > MAX_RECORDS_PER_BATCH || batch.length > MAX_BATCH_BYTES) {
      throw new KafkaError(
        'POLICY_VIOLATION',
        `The change takes ${records.length} records and ${batch.length} bytes of metadata; at most ` +
          `${MAX_RECORDS_PER_BATCH} records and ${MAX_BATCH_BYTES} bytes are written at once`,
      );
    }
    return { bytes: batch, recordCount: records.length };
  }

  /** Appends one batch; resolves when it is committed. The first record gets the current `nextOffset`. */
  async append({ bytes, recordCount }: MetadataBatch): Promise<void> {
    await this.#append(bytes, recordCount);
  }

  /** Drops what a snapshot covers. */
  async deleteBefore(offset: number): Promise<void> {
    await this.#log.deleteRecords(offset);
  }

  async #append(batch: Buffer, recordCount: number): Promise<void> {
    const expectedOffset = this.#nextOffset;
    this.#nextOffset += recordCount;
    const result = await this.#log.append(batch, { origin: 'coordinator', leaderEpoch: this.#epoch });
    invariant(
      result.baseOffset === expectedOffset,
      `metadata batch got offset ${result.baseOffset}, expected ${expectedOffset}`,
    );
    this.#log.updateHighWatermark(result.lastOffset + 1);
  }
}

/** Applies whole batches, skipping what lies before `fromOffset`; returns the offset after the last. */
export function applyBatches(batches: Buffer, fromOffset: number, builder: ImageBuilder): number {
  let nextOffset = fromOffset;
  for (const batch of recordBatches(batches)) {
    if (batch.lastOffset < fromOffset) continue;
    nextOffset = batch.nextOffset;
    if (batch.isControl) {
      builder.advance(batch.lastOffset, batch.partitionLeaderEpoch);
      continue;
    }
    try {
      for (const { offset, value } of decodeRecords(batch)) {
        if (value === null) throw new CorruptMetadataError(`the record at offset ${offset} has no value`);
        builder.apply(decodeMetadataRecord(value, offset), offset, batch.partitionLeaderEpoch);
      }
    } catch (cause) {
      if (cause instanceof CorruptMetadataError) throw cause;
      throw new CorruptMetadataError(`the batch at offset ${batch.baseOffset}: ${messageOf(cause)}`, {
        cause,
      });
    }
  }
  return nextOffset;
}

/** Flushed before it counts as committed; kept until a snapshot covers it. */
function metadataLogConfig(segmentBytes: number): LogConfig {
  return logConfig({
    'flush.messages': 1,
    'segment.bytes': segmentBytes,
    'max.message.bytes': MAX_BATCH_BYTES,
    'retention.ms': -1,
    'retention.bytes': -1,
  });
}
