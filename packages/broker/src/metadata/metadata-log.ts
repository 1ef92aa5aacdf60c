import { join } from 'node:path';
import type { Host } from '@millrace/host';
import { logConfig, type LogConfig, type LogManager, type PartitionLog } from '@millrace/log';
import { controlBatch, WireWriter } from '@millrace/protocol';
import { LeaderChangeMessage } from '@millrace/protocol/messages/control-records';
import { CorruptMetadataError, invariant } from '../errors.ts';
import type { MetadataAppender } from './metadata-appender.ts';
import { MAX_BATCH_BYTES } from './metadata-batch.ts';
import type { MetadataLoader } from './metadata-loader.ts';
import { METADATA_TOPIC, METADATA_TOPIC_ID } from './metadata-topic.ts';

const READ_BYTES = 1 << 20;

/** What `MetadataLog.open` needs. */
export interface MetadataLogOptions {
  readonly host: Host;
  readonly logs: LogManager;
  readonly segmentBytes: number;
}

/**
 * The log whose replay is the cluster state: partition 0 of `__cluster_metadata`, in Kafka's record framing.
 *
 * A quorum of one commits a batch as soon as its own append is flushed, which is when `append` resolves. Batches are
 * appended in the order of the calls, by this object alone, so their offsets are known before they are written.
 */
export class MetadataLog implements MetadataAppender {
  readonly #host: Host;
  readonly #log: PartitionLog;
  #nextOffset: number;
  #epoch: number;
  #loader: MetadataLoader | undefined;
  #tail: Promise<void> = Promise.resolve();

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
  get logEndOffset(): number {
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

  /** Hands everything that is committed to `loader`: what is there, and what is appended from now on. */
  async deliverTo(loader: MetadataLoader): Promise<void> {
    while (loader.appliedOffset + 1 < this.#log.logEndOffset) {
      const offset = loader.appliedOffset + 1;
      const read = await this.#log.read({
        offset,
        maxBytes: READ_BYTES,
        minOneMessage: true,
        upTo: 'logEndOffset',
      });
      await loader.onCommitted(Buffer.concat(read.records));
      if (loader.appliedOffset + 1 === offset) {
        throw loader.fault ?? new CorruptMetadataError(`nothing can be read at offset ${offset}`);
      }
    }
    this.#loader = loader;
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

  append(
    epoch: number,
    batch: Buffer,
    recordCount: number,
  ): { readonly baseOffset: number; readonly committed: Promise<void> } {
    invariant(epoch === this.#epoch, `append in epoch ${epoch}, which is ${this.#epoch}`);
    const baseOffset = this.#nextOffset;
    return { baseOffset, committed: this.#append(batch, recordCount) };
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
    this.#tail = this.#tail.then(() => this.#loader?.onCommitted(batch));
  }
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
